import { minutes, seconds } from '#platform/time.ts'

/** The first question after AMC took a run; small queries of a sandbox end within a second. */
export const fastPollMs = seconds(0.5)

/** How often a run is asked for once AMC's own time for it is over: out of touch, never dropped (F-26). */
export const outOfTouchMs = minutes(10)

/** Milliseconds until a run is asked for again: 0.5, 1, 2, 4 s … after its submission, then the interval, then, past AMC's
 *  expiry, ten minutes. Follows from the row alone, so that a restart changes nothing. */
export function pollDelayMs(row: { submittedAt: Date; expiresAt: Date | null }, intervalMs: number, now: Date): number {
  if (row.expiresAt !== null && row.expiresAt < now) return Math.max(outOfTouchMs, intervalMs)
  const age = now.getTime() - row.submittedAt.getTime()
  return Math.min(intervalMs, Math.max(fastPollMs, age))
}
