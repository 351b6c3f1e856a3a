import { matchesFilter, parseFilterText, type SourceFilter } from '@recomamp/amc-catalogue/filter'
import type { SearchHit } from '@recomamp/amc-catalogue/search'
import {
  type DataSourceSummary,
  Problem,
  type QueryOf,
  type ReplyOf,
  type SchemaReading,
  type listDataSourceCategories,
  type listDataSources,
} from '@recomamp/contracts'
import type { KnownSource } from './known-source.ts'
import { pageOf } from './page-of.ts'
import type { Sources } from './sources.ts'

/** The sources that pass the filter: by name, or with a text the best match first, be it by a field. */
export function pageOfSources(
  sources: Sources,
  reading: SchemaReading | null,
  { q, filter, ...paging }: QueryOf<typeof listDataSources>,
): ReplyOf<typeof listDataSources> {
  const wanted = filter === undefined ? null : readFilter(filter)
  const found = (q === undefined ? sources.all : matching(sources, q)).filter(
    (source) => wanted === null || matchesFilter(wanted, source, { available: sources.available }),
  )
  const page = pageOf(found, paging)
  return { ...page, items: page.items.map((source) => summaryOf(sources, source)), reading }
}

function matching({ index, byName }: Sources, q: string): KnownSource[] {
  const hits: SearchHit[] = index.search(q, { limit: Infinity })
  const names = new Set(hits.flatMap((hit) => (hit.kind === 'source' ? [hit.name] : hit.sources)))
  return [...names].flatMap((name) => byName.get(name) ?? [])
}

function readFilter(text: string): SourceFilter {
  const parsed = parseFilterText(text)
  if (parsed.ok) return parsed.filter
  const errors = parsed.errors.map(({ path, message }) => ({
    path: path === '' ? 'querystring.filter' : `querystring.filter.${path}`,
    message,
  }))
  throw new Problem('input-invalid', 'The filter cannot be read', { errors })
}

/** What a list shows of a source. */
export function summaryOf({ catalogue }: Sources, source: KnownSource): DataSourceSummary {
  const ofRole = (role: string) => source.fields.filter(({ columnType }) => columnType === role).length
  const thresholds = { NONE: 0, LOW: 0, MEDIUM: 0, HIGH: 0, VERY_HIGH: 0, INTERNAL: 0 }
  for (const { aggregationThreshold } of source.fields)
    if (aggregationThreshold !== null) thresholds[aggregationThreshold] += 1
  return {
    name: source.name,
    title: source.title,
    category: source.category,
    description: source.description,
    rowIs: source.rowIs,
    kind: source.kind,
    timeColumn: source.timeColumn,
    audienceVariant: source.audienceVariant,
    availability: source.availability,
    lookbackNote: source.lookbackNote,
    joinKeys: source.joinKeys,
    keyFields: source.keyFields,
    tags: source.tags,
    documented: source.documented,
    onInstance: source.onInstance,
    retired: source.deprecated === true,
    counts: {
      fields: source.fields.length,
      dimensions: ofRole('dimension'),
      metrics: ofRole('metric'),
      examples: catalogue.examples.filter((example) => example.source === source.name).length,
      thresholds,
    },
  }
}

/** The categories by name with the number of their sources. */
export function categoriesOf({ all }: Sources): ReplyOf<typeof listDataSourceCategories> {
  const groups = Map.groupBy(all, ({ category }) => category)
  return {
    items: [...groups]
      .map(([name, sources]) => ({ name, sources: sources.length }))
      .toSorted((a, b) => a.name.localeCompare(b.name)),
  }
}
