import type { ExecutionSummary } from '@recomamp/contracts'
import { addDays, dayState } from '@recomamp/contracts'

/** How final the data of its window was when an execution was asked for: as its youngest day. */
export function windowState({
  window,
  instance,
  requestedAt,
}: ExecutionSummary): 'settled' | 'settling' | 'incomplete' {
  const end = window.end.slice(0, 10)
  const last = window.end.endsWith('T00:00:00') ? addDays(end, -1) : end
  return dayState(last, window.timeZone, new Date(requestedAt), instance.settledAfterDays)
}
