import { addDays, type TimeWindow } from '@recomamp/contracts'

const numbers = new Intl.NumberFormat('en-US')
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `84,312`. */
export function figure(value: number): string {
  return numbers.format(value)
}

/** `1 row`, `84,312 rows`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${figure(value)} ${value === 1 ? one : many}`
}

/** `8 Nov` of `2026-11-08`; with the year where it is not the given one. */
export function dayInWords(date: string, thisYear = String(new Date().getFullYear())): string {
  const [year = '', month = '', day = ''] = date.split('-')
  const words = `${Number(day)} ${months[Number(month) - 1] ?? month}`
  return year === thisYear ? words : `${words} ${year}`
}

/** Inclusive words for an exclusive window: `2 to 8 Nov`; with the times where it does not begin and end at midnight. */
export function windowInWords(window: Pick<TimeWindow, 'start' | 'end'>, thisYear?: string): string {
  const { start, end } = window
  if (!start.endsWith('T00:00:00') || !end.endsWith('T00:00:00')) return `${readable(start)} to ${readable(end)}`
  const first = start.slice(0, 10)
  const last = addDays(end.slice(0, 10), -1)
  if (first === last) return dayInWords(first, thisYear)
  if (first.slice(0, 7) === last.slice(0, 7)) return `${Number(first.slice(8))} to ${dayInWords(last, thisYear)}`
  if (first.slice(0, 4) === last.slice(0, 4))
    return `${dayInWords(first, first.slice(0, 4))} to ${dayInWords(last, thisYear)}`
  return `${dayInWords(first, '')} to ${dayInWords(last, '')}`
}

function readable(wallClock: string): string {
  return wallClock.replace('T', ' ')
}

/** A span of time: `9 s`, `2 m 48 s`, `6 h 00 m`. */
export function spanInWords(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m ${String(seconds % 60).padStart(2, '0')} s`
  return `${Math.floor(seconds / 3600)} h ${String(Math.floor((seconds % 3600) / 60)).padStart(2, '0')} m`
}

/** A running clock: `0:42`, `12:05`, `1:02:05`. */
export function elapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const tail = `${String(Math.floor(seconds / 60) % 60).padStart(seconds < 3600 ? 1 : 2, '0')}:${String(seconds % 60).padStart(2, '0')}`
  return seconds < 3600 ? tail : `${Math.floor(seconds / 3600)}:${tail}`
}

/** The time of day of an instant, `14:32:07`, in the zone of the browser. */
export function timeOfDay(instant: Date): string {
  return instant.toLocaleTimeString('en-GB')
}

/** When something happened: the time within a day, then the weekday, then the date; `exactly` belongs into a tooltip. */
export function when(instant: string, now: Date): string {
  const at = new Date(instant)
  const time = at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
  const age = now.getTime() - at.getTime()
  if (age < 86_400_000 && at.getDate() === now.getDate()) return time
  if (age < 6 * 86_400_000) return `${at.toLocaleDateString('en-GB', { weekday: 'short' })} ${time}`
  return `${dayInWords(localDate(at), String(now.getFullYear()))} ${time}`
}

/** `Monday 23 November`, the day of an instant in the zone of the browser. */
export function dateInWords(instant: Date): string {
  return instant.toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long' }).replace(',', '')
}

/** The date `YYYY-MM-DD` of an instant in the zone of the browser, in words. */
export function instantDay(instant: string): string {
  return dayInWords(localDate(new Date(instant)))
}

/** An instant to the second with the zone of the browser, for tooltips. */
export function exactly(instant: string): string {
  return new Date(instant).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'long' })
}

function localDate(at: Date): string {
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`
}

/** `48 kB`, `1.2 MB`. */
export function bytesInWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
