export { liveSchemaRoutes } from './live-schemas.routes.ts'
export { readSchemasJob } from './read-schemas.job.ts'
export { lookAtInstance } from './request-reading.ts'
export { type Snapshot, instancesWith, latestSnapshot, requireSnapshot, tablesOf } from './snapshots.store.ts'
