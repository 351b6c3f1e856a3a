import type { DatabaseSync } from 'node:sqlite'

/** Adds one to what happened, such as `execution` by workflow id or `call` by operation. */
export function addCount(db: DatabaseSync, event: string, key: string): void {
  db.prepare(
    'insert into counts (event, key, n) values (?, ?, 1) on conflict (event, key) do update set n = n + 1',
  ).run(event, key)
}

/** How often an event happened, for one key or for all. */
export function countOf(db: DatabaseSync, event: string, key?: string): number {
  const row =
    key === undefined
      ? db.prepare('select coalesce(sum(n), 0) as n from counts where event = ?').get(event)
      : db.prepare('select coalesce(sum(n), 0) as n from counts where event = ? and key = ?').get(event, key)
  return Number(row?.['n'])
}

/** All counts as event → key → number. */
export function allCounts(db: DatabaseSync): Record<string, Record<string, number>> {
  const counts: Record<string, Record<string, number>> = {}
  for (const row of db.prepare('select event, key, n from counts order by event, key').all())
    (counts[String(row['event'])] ??= {})[String(row['key'])] = Number(row['n'])
  return counts
}
