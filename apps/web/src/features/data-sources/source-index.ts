import { createSearchIndex, type SearchIndex } from '@recomamp/amc-catalogue/search'
import type { Schema } from '@recomamp/amc-sql'
import type { DataSourceSummary } from '@recomamp/contracts'

const built = new WeakMap<Schema, WeakMap<readonly DataSourceSummary[], SearchIndex>>()

/** The index over sources and their fields: built once for two answers of the server, and kept for as long as these are. */
export function searchIndexOf(sources: readonly DataSourceSummary[], schema: Schema): SearchIndex {
  let indexes = built.get(schema)
  if (indexes === undefined) built.set(schema, (indexes = new WeakMap()))
  let index = indexes.get(sources)
  if (index === undefined) {
    const columns = new Map(schema.tables.map((table) => [table.name, table.columns]))
    index = createSearchIndex(sources.map((source) => ({ ...source, fields: columns.get(source.name) ?? [] })))
    indexes.set(sources, index)
  }
  return index
}
