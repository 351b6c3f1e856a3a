/** A time window as a person gives it: wall-clock times `YYYY-MM-DDTHH:MM:SS` in a zone such as `Europe/Berlin`, the end exclusive. */
export interface RunWindow {
  start: string
  end: string
  timeZone: string
}

/**
 * The same window as UTC wall-clock times `YYYY-MM-DDTHH:MM:SS`. A time that daylight saving skips becomes the moment after the
 * jump; of one that comes twice the first is meant. Throws a RangeError for a zone or a time that does not exist.
 */
export function utcWindow(window: RunWindow): { start: string; end: string } {
  return { start: toUtc(window.start, window.timeZone), end: toUtc(window.end, window.timeZone) }
}

/** True for `YYYY-MM-DDTHH:MM:SS` that names a day of the calendar and carries no zone. */
export function isWallClock(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text)) return false
  const time = Date.parse(`${text}Z`)
  return !Number.isNaN(time) && print(time) === text
}

/** True for a zone that the JavaScript engine knows. */
export function isTimeZone(name: string): boolean {
  try {
    return formatter(name).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

function toUtc(wallClock: string, timeZone: string): string {
  if (!isWallClock(wallClock)) throw new RangeError(`${wallClock} is not a time YYYY-MM-DDTHH:MM:SS`)
  const format = formatter(timeZone)
  const wall = Date.parse(`${wallClock}Z`)
  // A change of offset lies at most between the offsets of the day before and the day after.
  const offsets = [offsetAt(format, wall - dayInMs), offsetAt(format, wall + dayInMs)] as const
  const fitting = offsets
    .map((offset) => wall - offset)
    .filter((instant) => instant + offsetAt(format, instant) === wall)
  // Nothing fits in the skipped hour: the offset before the jump leads to the moment as far behind it.
  return print(fitting.length > 0 ? Math.min(...fitting) : wall - offsets[0])
}

const dayInMs = 86_400_000

function print(time: number): string {
  return new Date(time).toISOString().slice(0, 19)
}

function formatter(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
}

function offsetAt(format: Intl.DateTimeFormat, instant: number): number {
  const read: Record<string, number> = {}
  for (const { type, value } of format.formatToParts(instant)) read[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = read
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000
}
