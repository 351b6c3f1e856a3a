export { deleteExportsJob, dropExportCopiesJob } from './delete-exports.job.ts'
export { exportFiles } from './export-files.ts'
export { exportRoutes } from './exports.routes.ts'
export { makeExportsJob } from './make-exports.job.ts'
