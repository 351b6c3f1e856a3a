/** The name by which a request wakes the job. */
export const removeOldJobName = 'remove-old'
