import type { TimeWindow } from '@recomamp/contracts'
import { addDays, dayState } from '@recomamp/contracts'

/** How final the data of a window was at an instant: as its youngest day. */
export function windowState(window: TimeWindow, at: Date): 'settled' | 'settling' | 'incomplete' {
  const end = window.end.slice(0, 10)
  const last = window.end.endsWith('T00:00:00') ? addDays(end, -1) : end
  return dayState(last, window.timeZone, at)
}
