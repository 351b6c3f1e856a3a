import type { Schema } from '../schema.ts'
import { spelled } from './names.ts'
import { readingOf } from './reading.ts'

/** A WITH part as a query of its own. */
export interface PartQuery {
  name: string
  text: string
}

/**
 * The WITH part that holds a place, as a query that shows its rows: the text up to its end, unchanged and so with every place where it
 * was, then its columns. Null outside of WITH parts, and where the columns of the part are not known.
 */
export function partQueryAt(text: string, offset: number, schema: Schema): PartQuery | null {
  const { query } = readingOf(text, schema).resolution
  const part = query?.ctes.find(({ node }) => node.from <= offset && offset <= node.to)
  if (part === undefined || part.relation.open || part.relation.columns.length === 0) return null
  const columns = part.relation.columns.map(({ name }) => spelled(name))
  const name = text.slice(part.node.name.from, part.node.name.to)
  return { name: part.name, text: `${text.slice(0, part.node.to)}\nSELECT ${columns.join(', ')}\nFROM ${name}` }
}
