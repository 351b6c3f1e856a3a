import { type Range, type SearchHit, type SearchIndex, rangesOf } from '@recomamp/amc-catalogue/search'
import type { DataSourceSummary } from '@recomamp/contracts'
import { rankOf } from './tree-rows.ts'

interface Marked {
  text: string
  ranges: readonly Range[]
}

export interface FoundSource {
  kind: 'source'
  key: string
  source: DataSourceSummary
  name: Marked
  title: Marked
  /** The fields that the search found in it. */
  fields: readonly Marked[]
  /** Where the search found it, if that is in no name and no title: in what describes the first of the fields, else the source. */
  excerpt: Marked | null
}

export type SourceRow = { kind: 'category'; key: string; title: string; count: number } | FoundSource

/** What a description says of a field; empty where nothing is known. */
type DescribeField = (source: string, field: string) => string

/** The rows of the list: by category, or with a text the best match first with the fields that matched. */
export function sourceRows(
  sources: readonly DataSourceSummary[],
  index: () => SearchIndex,
  text: string,
  describeField: DescribeField,
): SourceRow[] {
  if (text === '')
    return [...Map.groupBy(sources, ({ category }) => category)]
      .toSorted(([a], [b]) => rankOf(a) - rankOf(b))
      .flatMap(([title, members]) => [
        { kind: 'category' as const, key: `category ${title}`, title, count: members.length },
        ...members.map(plainRow),
      ])
  const found = new Map<string, FoundSource & { fields: Marked[] }>()
  const byName = new Map(sources.map((source) => [source.name, source]))
  for (const hit of index().search(text, { limit: 500, among: byName }))
    for (const source of likeliest(hit.kind === 'source' ? [hit.name] : hit.sources, byName)) {
      const { name } = source
      let row = found.get(name)
      if (row === undefined) found.set(name, (row = { ...plainRow(source), fields: [] }))
      if (hit.kind === 'field') row.fields.push(marked(hit))
      else {
        row.name = { text: name, ranges: hit.nameRanges }
        row.title = { text: source.title, ranges: hit.titleRanges }
      }
    }
  return [...found.values()].map((row) => withExcerpt(row, text, describeField))
}

/** What matched is computed where it is shown: a table with thousands of fields shows four. */
function marked(hit: Extract<SearchHit, { kind: 'field' }>): Marked {
  return {
    text: hit.name,
    get ranges() {
      return hit.nameRanges
    },
  }
}

/** Of the sources with a field, those that most queries start from come first and retired ones last. */
function likeliest(names: readonly string[], byName: ReadonlyMap<string, DataSourceSummary>): DataSourceSummary[] {
  const known = names.flatMap((name) => byName.get(name) ?? [])
  if (known.length < 2) return known
  return known.toSorted((a, b) => Number(a.retired) - Number(b.retired) || rankOf(a.category) - rankOf(b.category))
}

/** A match that only a description explains is shown there. */
function withExcerpt(row: FoundSource, text: string, describeField: DescribeField): FoundSource {
  const explained = [row.name, row.title, ...row.fields].some(({ ranges }) => ranges.length > 0)
  if (explained) return row
  const [field] = row.fields
  const described = field === undefined ? row.source.description : describeField(row.source.name, field.text)
  const ranges = rangesOf(described, text)
  return ranges.length === 0 ? row : { ...row, excerpt: around(described, ranges) }
}

const leadingText = 36

/** The text from a little before the first match on, since a row has no room for all of it. */
function around(text: string, ranges: readonly Range[]): Marked {
  const first = ranges[0]?.[0] ?? 0
  const from = first <= leadingText ? 0 : text.indexOf(' ', first - leadingText) + 1
  if (from === 0) return { text, ranges }
  const shift = from - 2
  return { text: `… ${text.slice(from)}`, ranges: ranges.map(([a, b]): Range => [a - shift, b - shift]) }
}

function plainRow(source: DataSourceSummary): FoundSource {
  return {
    kind: 'source',
    key: source.name,
    source,
    name: { text: source.name, ranges: [] },
    title: { text: source.title, ranges: [] },
    fields: [],
    excerpt: null,
  }
}
