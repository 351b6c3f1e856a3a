export { emptyTrashJob } from './empty-trash.job.ts'
export { trashRoutes } from './trash.routes.ts'
