/** The longest pause after failures in a row: ten minutes. */
const longestPauseMs = 600_000

/** Milliseconds to wait after the nth failure in a row: doubling, at least what Amazon asked for; `random` from 0 to 1 spreads
 *  callers over the last fifth. */
export function backoffMs(failures: number, firstMs: number, retryAfterMs: number | null, random: number): number {
  const growing = Math.min(longestPauseMs, firstMs * 2 ** Math.min(failures, 16))
  return Math.max(growing * (0.8 + 0.2 * random), retryAfterMs ?? 0)
}
