/** Known to those that wake the job without importing it. */
export const checkRepositoryJobName = 'check-repository'
