import type { DataSource } from '@recomamp/amc-catalogue'
import { matchesFilter, parseFilterText, type SourceFilter } from '@recomamp/amc-catalogue/filter'
import type { SearchHit } from '@recomamp/amc-catalogue/search'
import {
  type DataSourceSummary,
  Problem,
  type QueryOf,
  type ReplyOf,
  type listDataSourceCategories,
  type listDataSources,
} from '@recomamp/contracts'
import { pageOf } from './page-of.ts'
import type { Sources } from './sources.ts'

/** The sources that pass the filter: by name, or with a text the best match first, be it by a field. */
export function pageOfSources(
  sources: Sources,
  { q, filter, ...paging }: QueryOf<typeof listDataSources>,
): ReplyOf<typeof listDataSources> {
  const wanted = filter === undefined ? null : readFilter(filter)
  const found = (q === undefined ? sources.catalogue.dataSources : matching(sources, q)).filter(
    // Which tables an instance has is not read yet, so conditions on that restrict nothing.
    (source) => wanted === null || matchesFilter(wanted, source, { available: null }),
  )
  const page = pageOf(found, paging)
  return { ...page, items: page.items.map((source) => summaryOf(sources, source)) }
}

function matching({ index, byName }: Sources, q: string): DataSource[] {
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
export function summaryOf({ catalogue }: Sources, source: DataSource): DataSourceSummary {
  const dimensions = source.fields.filter(({ columnType }) => columnType === 'dimension').length
  const thresholds = { NONE: 0, LOW: 0, MEDIUM: 0, HIGH: 0, VERY_HIGH: 0, INTERNAL: 0 }
  for (const { aggregationThreshold } of source.fields) thresholds[aggregationThreshold] += 1
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
    retired: source.deprecated === true,
    counts: {
      fields: source.fields.length,
      dimensions,
      metrics: source.fields.length - dimensions,
      examples: catalogue.examples.filter((example) => example.source === source.name).length,
      thresholds,
    },
  }
}

/** The categories by name with the number of their sources. */
export function categoriesOf({ catalogue }: Sources): ReplyOf<typeof listDataSourceCategories> {
  const groups = Map.groupBy(catalogue.dataSources, ({ category }) => category)
  return {
    items: [...groups]
      .map(([name, sources]) => ({ name, sources: sources.length }))
      .toSorted((a, b) => a.name.localeCompare(b.name)),
  }
}
