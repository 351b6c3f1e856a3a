import { schemaOf as tablesOf } from '@recomamp/amc-catalogue/schema'
import type { Schema } from '@recomamp/amc-sql'
import type { Sources } from './sources.ts'

const known = new WeakMap<Sources, Schema>()

/** The tables that a query may name, as the language takes them; made once for each state of the sources. */
export function schemaOf(sources: Sources): Schema {
  const schema = known.get(sources) ?? tablesOf(sources.all)
  known.set(sources, schema)
  return schema
}
