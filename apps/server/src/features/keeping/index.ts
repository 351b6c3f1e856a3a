export { dropResultCopiesJob, sweepResultsJob } from './sweep-results.job.ts'
export { keepingRoutes } from './keeping.routes.ts'
export { removeOldJob } from './remove-old.job.ts'
