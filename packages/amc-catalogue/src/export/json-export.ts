import { z } from 'zod'
import type { Catalogue } from '../model/catalogue.ts'
import { DataSource } from '../model/data-source.ts'
import { ExampleQuery } from '../model/example.ts'
import { Relationship } from '../model/relationship.ts'
import { QueryTemplateFile } from '../model/template.ts'
import { selectSources } from './selection.ts'

/** The form of an exported file; `partial` says that data sources were selected, so that some that it names are not in it. */
export const JsonExport = z.strictObject({
  format: z.literal('recomamp-catalogue'),
  version: z.literal(1),
  partial: z.boolean(),
  dataSources: z.array(DataSource),
  examples: z.array(ExampleQuery),
  relationships: z.array(Relationship),
  templates: z.array(QueryTemplateFile),
})
export type JsonExport = z.infer<typeof JsonExport>

/** The catalogue, or what belongs to some of its data sources, in the form of an exported file. */
export function jsonExport(catalogue: Catalogue, names?: ReadonlySet<string>): JsonExport {
  const { dataSources, examples, relationships, templates } =
    names === undefined ? catalogue : selectSources(catalogue, names)
  return {
    format: 'recomamp-catalogue',
    version: 1,
    partial: names !== undefined,
    dataSources: [...dataSources],
    examples: [...examples],
    relationships: [...relationships],
    templates: [...templates],
  }
}

/** The same as one JSON file that `readJsonExport` reads back as it was. */
export function toJsonExport(catalogue: Catalogue, names?: ReadonlySet<string>): string {
  return jsonText(jsonExport(catalogue, names))
}

/** An export as the text of its file. */
export function jsonText(content: JsonExport): string {
  return `${JSON.stringify(content, null, 2)}\n`
}
