import { hours, later, minutes, seconds } from '#platform/time.ts'

/** Pauses after the first, second … failed try: soon at first, since most faults are short, and about a day in all. */
const pauses = [seconds(5), minutes(1), minutes(5), minutes(30), hours(2), hours(5), hours(8), hours(8)]
/** No receiver may put a message off for longer than the longest pause. */
const longestWish = hours(8)

/** A webhook that nothing has got through to for so long is paused. */
export const pauseAfter = hours(5 * 24)

/** When a message is sent again after so many tries have failed; null when it is given up. A receiver's Retry-After may only put it off. */
export function nextTry(tries: number, now: Date, wishMs: number | null): Date | null {
  const pause = pauses[tries - 1]
  if (pause === undefined) return null
  return later(now, Math.max(pause, Math.min(wishMs ?? 0, longestWish)))
}
