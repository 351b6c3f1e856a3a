/** AMC's words for an execution that will not change any more. REJECTED is not in the published list but is answered in practice. */
const finalWords: readonly string[] = ['SUCCEEDED', 'FAILED', 'CANCELLED', 'REJECTED']

/** AMC's words that were published or met; the set is open, a reader keeps any other word as it came. */
export const amcExecutionStatuses = ['PENDING', 'RUNNING', 'PUBLISHING', ...finalWords] as const

/** True when AMC's word ends an execution; an unknown word counts as still going. */
export function isFinalAmcStatus(status: string): boolean {
  return finalWords.includes(status)
}
