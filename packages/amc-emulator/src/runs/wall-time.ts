const day = 86_400_000

/** True for `yyyy-MM-ddTHH:mm:ss` of a day that exists. */
export function isLocalTime(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text)) return false
  const instant = Date.parse(`${text}Z`)
  return !Number.isNaN(instant) && localText(instant) === text
}

export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) instanceof Intl.DateTimeFormat
  } catch {
    return false
  }
}

/** The instant (ms) at which the clocks of a zone show a local time; the later side of a gap, the earlier of a repeated hour. */
export function instantOf(local: string, zone: string): number {
  const shown = Date.parse(`${local}Z`)
  const first = shown - offsetAt(shown - offsetAt(shown, zone), zone)
  return shown - offsetAt(Math.min(first, shown - offsetAt(first, zone)), zone)
}

/** `yyyy-MM-ddTHH:mm:ss` of an instant in UTC. */
export function localText(instant: number): string {
  return new Date(instant).toISOString().slice(0, 19)
}

/** The calendar day `yyyy-MM-dd` of an instant in a zone. */
export function dayIn(zone: string, instant: number): string {
  return localText(instant + offsetAt(instant, zone)).slice(0, 10)
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

function offsetAt(instant: number, zone: string): number {
  const parts = formatOf(zone).formatToParts(instant)
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value)
  const shown = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'))
  return shown - Math.floor(instant / 1000) * 1000
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known !== undefined) return known
  const format = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formats.set(zone, format)
  return format
}
