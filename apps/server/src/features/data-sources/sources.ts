import { linkFields, loadCatalogue, type Catalogue, type DataSource, type FieldLinks } from '@recomamp/amc-catalogue'
import { createSearchIndex, type SearchIndex } from '@recomamp/amc-catalogue/search'
import { Problem } from '@recomamp/contracts'

/** The catalogue with what is computed from it once. */
export interface Sources {
  catalogue: Catalogue
  byName: ReadonlyMap<string, DataSource>
  index: SearchIndex
  links: FieldLinks
}

let known: Sources | undefined

/** Read when it is first asked for, which is quicker than at every start. */
export function readSources(): Sources {
  known ??= prepare(loadCatalogue())
  return known
}

function prepare(catalogue: Catalogue): Sources {
  return {
    catalogue,
    byName: new Map(catalogue.dataSources.map((source) => [source.name, source])),
    index: createSearchIndex(catalogue.dataSources),
    links: linkFields(catalogue),
  }
}

/** A source by its name; a Problem data-source-not-found that names the nearest ones. */
export function requireSource({ byName, index }: Sources, name: string): DataSource {
  const source = byName.get(name)
  if (source !== undefined) return source
  const nearest = index
    .search(name)
    .filter((hit) => hit.kind === 'source')
    .slice(0, 3)
    .map((hit) => hit.name)
  throw new Problem('data-source-not-found', `No data source is called ${name}`, { extensions: { nearest } })
}
