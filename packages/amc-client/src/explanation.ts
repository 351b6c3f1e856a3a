/** What an answer of Amazon means and what to do about it, in plain words. */
export interface Explanation {
  /** Stable name of the entry, for documentation and tests. */
  readonly id: string
  /** What is wrong in a few words, for heads and lists. */
  readonly title: string
  readonly cause: string
  readonly nextStep: string
}
