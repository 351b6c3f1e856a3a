export { liveSchemaRoutes } from './live-schemas.routes.ts'
export { readSchemasJob } from './read-schemas.job.ts'
