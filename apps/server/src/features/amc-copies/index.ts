export { declarationOf, findingOf, privacyFields } from './compile-definition.ts'
export { copyRoutes } from './copies.routes.ts'
export { copyForRun, demandCopy, type RunByCopy } from './copy-for-run.ts'
export { syncCopiesJob } from './sync-copies.job.ts'
