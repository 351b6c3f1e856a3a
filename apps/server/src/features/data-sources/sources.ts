import { linkFields, type Catalogue, type FieldLinks } from '@recomamp/amc-catalogue'
import { createSearchIndex, type SearchIndex } from '@recomamp/amc-catalogue/search'
import { type LiveTable, Problem, bareName } from '@recomamp/contracts'
import { currentCatalogue, type NamedCatalogue } from '#features/catalogue/index.ts'
import type { Db } from '#platform/db/tables.ts'
import { fromCatalogue, fromInstance, type KnownSource, onInstance } from './known-source.ts'

/** The catalogue, or what it and an instance have together, with what is computed from it once. */
export interface Sources {
  catalogue: Catalogue
  /** Of the catalogue alone: the same only for equal contents. */
  hash: string
  /** By name. */
  all: readonly KnownSource[]
  byName: ReadonlyMap<string, KnownSource>
  /** Built when somebody searches: a list or a page needs none. */
  index: SearchIndex
  links: FieldLinks
  /** The sources that the instance has; null without one. */
  available: ReadonlySet<string> | null
}

let known: Sources | undefined

/** The catalogue that the installation goes by; prepared when it is first asked for, which is quicker than at every start. */
export async function readSources(db: Db): Promise<Sources> {
  const current = await currentCatalogue(db)
  if (known?.hash !== current.hash) known = prepare(current)
  return known
}

function prepare({ catalogue, hash }: NamedCatalogue): Sources {
  return {
    ...computed(catalogue.dataSources.map(fromCatalogue)),
    catalogue,
    hash,
    links: linkFields(catalogue),
    available: null,
  }
}

function computed(all: readonly KnownSource[]): Pick<Sources, 'all' | 'byName' | 'index'> {
  let index: SearchIndex | undefined
  return {
    all,
    byName: new Map(all.map((source) => [source.name, source])),
    index: { search: (...asked) => (index ??= createSearchIndex(all)).search(...asked) },
  }
}

/** The catalogue as an instance with these tables has it, and what only the instance has. */
export function onTables(sources: Sources, tables: readonly LiveTable[]): Sources {
  // An upload wins over a table of Amazon's that has its name, and a bare name over one with a schema before it.
  const live = new Map(
    tables
      .toSorted((a, b) => Number(a.uploaded) - Number(b.uploaded) || b.name.length - a.name.length)
      .map((table) => [bareName(table.name), table]),
  )
  const twins = new Set(sources.all.flatMap(({ audienceVariant }) => audienceVariant ?? []))
  const documented = sources.all.map((source) => {
    const table = live.get(source.name) ?? null
    if (table?.uploaded === true) return fromInstance(source.name, table)
    const { audienceVariant } = source
    return onInstance(source, table, audienceVariant === null ? null : live.has(audienceVariant))
  })
  const others = [...live]
    .filter(([name]) => !sources.byName.has(name) && !twins.has(name))
    .map(([name, table]) => fromInstance(name, table))
  const all = [...documented, ...others].toSorted((a, b) => (a.name < b.name ? -1 : 1))
  return { ...sources, ...computed(all), available: new Set(live.keys()) }
}

/** A source by its name; a Problem data-source-not-found that names the nearest ones. */
export function requireSource({ byName, index }: Sources, name: string): KnownSource {
  const source = byName.get(name)
  if (source !== undefined) return source
  const nearest = index
    .search(name)
    .filter((hit) => hit.kind === 'source')
    .slice(0, 3)
    .map((hit) => hit.name)
  throw new Problem('data-source-not-found', `No data source is called ${name}`, { extensions: { nearest } })
}
