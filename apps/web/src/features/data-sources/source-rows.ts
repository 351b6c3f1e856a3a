import type { Range, SearchIndex } from '@recomamp/amc-catalogue/search'
import type { DataSourceSummary } from '@recomamp/contracts'
import { rankOf } from './tree-rows.ts'

interface Marked {
  text: string
  ranges: readonly Range[]
}

export type SourceRow =
  | { kind: 'category'; key: string; title: string; count: number }
  | { kind: 'source'; key: string; source: DataSourceSummary; name: Marked; title: Marked; fields: readonly Marked[] }

/** The rows of the list: by category, or with a text the best match first with the fields that matched. */
export function sourceRows(sources: readonly DataSourceSummary[], index: SearchIndex, text: string): SourceRow[] {
  if (text === '')
    return [...Map.groupBy(sources, ({ category }) => category)]
      .toSorted(([a], [b]) => rankOf(a) - rankOf(b))
      .flatMap(([title, members]) => [
        { kind: 'category' as const, key: `category ${title}`, title, count: members.length },
        ...members.map(plainRow),
      ])
  const found = new Map<string, Extract<SourceRow, { kind: 'source' }>>()
  const byName = new Map(sources.map((source) => [source.name, source]))
  for (const hit of index.search(text, { limit: 500 }))
    for (const name of hit.kind === 'source' ? [hit.name] : hit.sources) {
      const source = byName.get(name)
      if (source === undefined) continue
      const row = found.get(name) ?? plainRow(source)
      found.set(
        name,
        hit.kind === 'source'
          ? {
              ...row,
              name: { text: name, ranges: hit.nameRanges },
              title: { text: source.title, ranges: hit.titleRanges },
            }
          : { ...row, fields: [...row.fields, { text: hit.name, ranges: hit.nameRanges }] },
      )
    }
  return [...found.values()]
}

function plainRow(source: DataSourceSummary): Extract<SourceRow, { kind: 'source' }> {
  return {
    kind: 'source',
    key: source.name,
    source,
    name: { text: source.name, ranges: [] },
    title: { text: source.title, ranges: [] },
    fields: [],
  }
}
