import { Refusal } from './refusal.ts'

/** The query of a request with empty values taken as absent, as recorded requests have `nextToken=&limit=`. */
export function queryOf(url: string): Readonly<Record<string, string>> {
  const query = new URL(url, 'http://localhost').searchParams
  return Object.fromEntries([...query].filter(([, value]) => value !== ''))
}

/** A yes or no of a query, in any case as Python and JavaScript write it; no when absent. */
export function flagOf(query: Readonly<Record<string, string>>, name: string): boolean {
  return query[name]?.toLowerCase() === 'true'
}

/** Items per page, 1 to 100 and 100 by default. */
export function limitOf(query: Readonly<Record<string, string>>): number {
  const limit = Number(query['limit'] ?? 100)
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) throw new Refusal(400, 'limit must be between 1 and 100')
  return limit
}

/** An opaque token that carries where the next page begins. */
export function tokenOf(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url')
}

/** The position in a token; null for the first page, 400 for a token that was not made here. */
export function positionOf<T>(query: Readonly<Record<string, string>>, read: (position: unknown) => T): T | null {
  const token = query['nextToken']
  if (token === undefined) return null
  try {
    return read(JSON.parse(Buffer.from(token, 'base64url').toString()))
  } catch {
    throw new Refusal(400, 'nextToken is invalid')
  }
}

/** A page of a list that stands in memory. */
export function pageOf<T>(items: readonly T[], url: string): { items: readonly T[]; nextToken: string | null } {
  const query = queryOf(url)
  const limit = limitOf(query)
  const from = positionOf(query, offset) ?? 0
  const to = from + limit
  return { items: items.slice(from, to), nextToken: to < items.length ? tokenOf(to) : null }
}

function offset(position: unknown): number {
  if (typeof position !== 'number' || !Number.isInteger(position) || position < 0) throw new RangeError('position')
  return position
}
