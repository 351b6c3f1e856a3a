/** Woken by whoever changes what AMC is to have. */
export const syncJobName = 'sync-copies'
