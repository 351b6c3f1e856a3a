/** The jobs by name: some are woken by others. */
export const submitJobName = 'submit-executions'
export const recoverJobName = 'recover-submissions'
export const pollJobName = 'poll-executions'
export const cancelJobName = 'cancel-executions'
export const ingestJobName = 'ingest-results'
