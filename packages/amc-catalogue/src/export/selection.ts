import type { Catalogue } from '../model/catalogue.ts'

/** The part of a catalogue that belongs to some of its data sources: their examples, and what relates them to each other. */
export function selectSources(catalogue: Catalogue, names: ReadonlySet<string>): Catalogue {
  return {
    dataSources: catalogue.dataSources.filter(({ name }) => names.has(name)),
    examples: catalogue.examples.filter(({ source }) => names.has(source)),
    relationships: catalogue.relationships.filter(({ from, to }) => names.has(from) && names.has(to)),
    templates: catalogue.templates.filter(({ tables }) => tables.every((table) => names.has(table))),
  }
}
