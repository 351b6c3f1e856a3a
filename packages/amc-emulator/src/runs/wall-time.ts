import { utcWindow } from '@recomamp/amc-sql'

const day = 86_400_000

/** True for `yyyy-MM-ddTHH:mm:ss` of a day that exists. */
export function isLocalTime(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text)) return false
  const instant = Date.parse(`${text}Z`)
  return !Number.isNaN(instant) && localText(instant) === text
}

export function isTimeZone(name: string): boolean {
  try {
    return dayFormat(name).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** The instant (ms) at which the clocks of a zone show a local time. */
export function instantOf(local: string, zone: string): number {
  return Date.parse(`${utcWindow({ start: local, end: local, timeZone: zone }).start}Z`)
}

/** `yyyy-MM-ddTHH:mm:ss` of an instant in UTC. */
export function localText(instant: number): string {
  return new Date(instant).toISOString().slice(0, 19)
}

/** The calendar day `yyyy-MM-dd` of an instant in a zone. */
export function dayIn(zone: string, instant: number): string {
  return dayFormat(zone).format(instant)
}

/** A calendar day some days later. */
export function addDays(date: string, days: number): string {
  return localText(Date.parse(`${date}T00:00:00Z`) + days * day).slice(0, 10)
}

/** The first day of a month some months after that of a calendar day. */
export function firstOfMonth(date: string, months: number): string {
  const [year = 0, month = 1] = date.split('-').map(Number)
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10)
}

/** Sweden writes dates as ISO 8601 does. */
function dayFormat(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
}
