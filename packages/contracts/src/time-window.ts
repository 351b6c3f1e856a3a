import { AmcDateTime } from '@recomamp/amc-wire'
import { z } from 'zod'

/** A zone name that the JavaScript engine knows, such as `UTC` or `America/New_York`. */
export const TimeZone = z.string().max(60).refine(isTimeZone, 'is not a time zone name such as UTC or America/New_York')

function isTimeZone(name: string): boolean {
  try {
    return clockOf(name).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** The window of an execution: wall-clock times in the zone beside them, the end exclusive. */
export const TimeWindow = z
  .strictObject({ start: AmcDateTime, end: AmcDateTime, timeZone: TimeZone.default('UTC') })
  .refine((window) => window.start < window.end, { path: ['end'], message: 'must be later than the start' })
export type TimeWindow = z.infer<typeof TimeWindow>

const day = 86_400_000

/** What a run takes that says nothing else, and from when a day counts as settled: a setting of each instance. */
export const RunDefaults = z.strictObject({
  /** Never below the two days within which Amazon does not promise complete data. */
  settledAfterDays: z.number().int().min(2).max(90),
  windowDays: z.number().int().min(1).max(365),
  timeZone: TimeZone,
})
export type RunDefaults = z.infer<typeof RunDefaults>

/** Of an instance for which nobody has set anything: Amazon's attribution adds conversions to a day of traffic for 14 days. */
export const standardDefaults: RunDefaults = { settledAfterDays: 14, windowDays: 7, timeZone: 'UTC' }

/** Hours within which Amazon promises complete data. */
export const completeAfterHours = 48

/** How final the data of a calendar day is: `settled` once its end in the zone is so many days ago, `incomplete` while it is less than 48 h ago. */
export function dayState(
  date: string,
  timeZone: string,
  now: Date,
  settledAfterDays = standardDefaults.settledAfterDays,
): 'settled' | 'settling' | 'incomplete' {
  const age = now.getTime() - instantOf(`${addDays(date, 1)}T00:00:00`, timeZone).getTime()
  if (age >= settledAfterDays * day) return 'settled'
  return age < completeAfterHours * 3_600_000 ? 'incomplete' : 'settling'
}

/** The window of a run that names none: seven days that end 14 days ago (S-081), or what the instance is set to (S-080). */
export function defaultWindow(now: Date, defaults: Partial<RunDefaults> = {}): TimeWindow {
  const { settledAfterDays, windowDays, timeZone } = { ...standardDefaults, ...defaults }
  const today = dateIn(timeZone, now)
  return TimeWindow.parse({
    start: `${addDays(today, -settledAfterDays - windowDays)}T00:00:00`,
    end: `${addDays(today, -settledAfterDays)}T00:00:00`,
    timeZone,
  })
}

/** The calendar date `YYYY-MM-DD` of an instant in a zone. */
export function dateIn(timeZone: string, instant: Date): string {
  return new Date(instant.getTime() + offsetAt(instant, timeZone)).toISOString().slice(0, 10)
}

/** The date a number of days after a date `YYYY-MM-DD`. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * day).toISOString().slice(0, 10)
}

/** The instant of a wall-clock time in a zone; in the hour that daylight saving skips, the instant after the jump. */
export function instantOf(wallClock: string, timeZone: string): Date {
  const asUtc = Date.parse(`${wallClock}Z`)
  // The offset is looked up twice because the first guess may lie on the other side of a change of offset.
  const first = asUtc - offsetAt(new Date(asUtc), timeZone)
  return new Date(asUtc - offsetAt(new Date(first), timeZone))
}

function offsetAt(instant: Date, timeZone: string): number {
  const parts = clockOf(timeZone).formatToParts(instant)
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  const local = Date.UTC(read('year'), read('month') - 1, read('day'), read('hour'), read('minute'), read('second'))
  return local - Math.floor(instant.getTime() / 1000) * 1000
}

/** A formatter costs more than a thousand of its answers. */
const clocks = new Map<string, Intl.DateTimeFormat>()

function clockOf(timeZone: string): Intl.DateTimeFormat {
  // Names differ in case only; a map by their exact spelling would have no end.
  const key = timeZone.toLowerCase()
  const known = clocks.get(key)
  if (known !== undefined) return known
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  clocks.set(key, clock)
  return clock
}
