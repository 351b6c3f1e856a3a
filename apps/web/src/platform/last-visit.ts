import { readStored, writeStored } from './stored.ts'

const seen = 'recomamp.last-seen'
const sinceKey = 'recomamp.seen-before'

/** When somebody was here before this visit, in this browser; null on the first. A visit is what one tab's session is. */
export function lastVisit(): string | null {
  const known = readStored('session', sinceKey)
  if (known !== null) return known === '' ? null : known
  const before = readStored('local', seen)
  writeStored('session', sinceKey, before ?? '')
  return before
}

const newsMs = 7 * 86_400_000

/** Whether something happened so lately that it asks for attention by itself. */
export function isNews(instant: string, now: Date): boolean {
  return now.getTime() - Date.parse(instant) < newsMs
}

/** Notes that somebody is here now. */
export function noteVisit(now: Date): void {
  writeStored('local', seen, now.toISOString())
}
