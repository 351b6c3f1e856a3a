export { deleteExportsJob } from './delete-exports.job.ts'
export { exportRoutes } from './exports.routes.ts'
export { makeExportsJob } from './make-exports.job.ts'
