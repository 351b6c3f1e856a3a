import { addDays, dayIn, firstOfMonth, instantOf, localText } from './wall-time.ts'

export const windowTypes = [
  'EXPLICIT',
  'MOST_RECENT_DAY',
  'MOST_RECENT_WEEK',
  'CURRENT_MONTH',
  'PREVIOUS_MONTH',
  'ALL',
] as const

/** A window as it was asked for: local times only with EXPLICIT. */
export interface WindowAsked {
  type: (typeof windowTypes)[number]
  start: string | null
  end: string | null
  zone: string
}

/** A window in UTC, `yyyy-MM-ddTHH:mm:ss`, the end exclusive. */
export interface UtcWindow {
  start: string
  end: string
}

/** The UTC window of an execution; relative ones are whole days of the zone, counted from the moment the run begins. */
export function utcWindow(asked: WindowAsked, now: Date): UtcWindow {
  const [start, end] = localBounds(asked, dayIn(asked.zone, now.getTime()))
  return { start: localText(instantOf(start, asked.zone)), end: localText(instantOf(end, asked.zone)) }
}

function localBounds({ type, start, end }: WindowAsked, today: string): [string, string] {
  const midnight = (from: string, to: string): [string, string] => [`${from}T00:00:00`, `${to}T00:00:00`]
  switch (type) {
    case 'EXPLICIT':
      return [start ?? '', end ?? '']
    case 'MOST_RECENT_DAY':
      return midnight(addDays(today, -1), today)
    case 'MOST_RECENT_WEEK':
      return midnight(addDays(today, -7), today)
    case 'CURRENT_MONTH':
      return midnight(firstOfMonth(today, 0), addDays(today, 1))
    case 'PREVIOUS_MONTH':
      return midnight(firstOfMonth(today, -1), firstOfMonth(today, 0))
    case 'ALL':
      // AMC keeps 13 months.
      return midnight(firstOfMonth(today, -13), addDays(today, 1))
  }
}
