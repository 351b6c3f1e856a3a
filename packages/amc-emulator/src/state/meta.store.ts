import type { DatabaseSync } from 'node:sqlite'

/** A value of this folder: made at the first asking, and again when it no longer serves. */
export function lastingValue(
  db: DatabaseSync,
  key: string,
  make: () => string,
  serves: (value: string) => boolean = () => true,
): string {
  const row = db.prepare('select value from meta where key = ?').get(key)
  if (row !== undefined && serves(String(row['value']))) return String(row['value'])
  const value = make()
  keepValue(db, key, value)
  return value
}

/** Writes a value of this folder over the one before. */
export function keepValue(db: DatabaseSync, key: string, value: string): void {
  db.prepare('insert or replace into meta (key, value) values (?, ?)').run(key, value)
}
