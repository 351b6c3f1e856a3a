import { trashDays } from '@recomamp/contracts'
import { hours, later, seconds } from '#platform/time.ts'

const trashLife = hours(trashDays * 24)

/** How long a removal at AMC waits for somebody who takes it back. */
export const undoTime = seconds(10)

/** What was thrown away until then goes for good. */
export function overSince(now: Date): Date {
  return later(now, -trashLife)
}
