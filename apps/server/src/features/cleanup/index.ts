export { cleanupJob } from './cleanup.job.ts'
