/** The jobs that others wake by name. */
export const submitJobName = 'submit-executions'
export const pollJobName = 'poll-executions'
export const ingestJobName = 'ingest-results'
