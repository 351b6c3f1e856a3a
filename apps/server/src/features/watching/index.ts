export { refreshMetrics } from './refresh-metrics.ts'
export { reportProcessJob } from './report-process.job.ts'
export { statusRoutes } from './status.routes.ts'
