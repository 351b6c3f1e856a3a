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
  const [from, to] = dayBounds[type](today)
  return [start ?? `${from}T00:00:00`, end ?? `${to}T00:00:00`]
}

/** The days of a relative window, the second exclusive; EXPLICIT brings its own times. */
const dayBounds: Record<WindowAsked['type'], (today: string) => [string, string]> = {
  EXPLICIT: (today) => [today, today],
  MOST_RECENT_DAY: (today) => [addDays(today, -1), today],
  MOST_RECENT_WEEK: (today) => [addDays(today, -7), today],
  CURRENT_MONTH: (today) => [firstOfMonth(today, 0), addDays(today, 1)],
  PREVIOUS_MONTH: (today) => [firstOfMonth(today, -1), firstOfMonth(today, 0)],
  // AMC keeps 13 months.
  ALL: (today) => [firstOfMonth(today, -13), addDays(today, 1)],
}
