import { JsonExport } from '../export/json-export.ts'
import type { CatalogueError } from './catalogue-error.ts'
import { crossFaults } from './cross-checks.ts'
import { readJson } from './json-file.ts'
import type { ParsedCatalogue } from './parse-catalogue.ts'

/** `partial`: it is a selection, which can be read but stands for no whole catalogue. */
export type ReadExport =
  | Exclude<ParsedCatalogue, { ok: true }>
  | (Extract<ParsedCatalogue, { ok: true }> & { partial: boolean })

/** Reads what `toJsonExport` wrote, checked as a catalogue folder is. */
export function readJsonExport(file: string, text: string): ReadExport {
  const errors: CatalogueError[] = []
  const json = readJson(file, text, JsonExport, errors)
  if (json === null) return { ok: false, errors }
  const { dataSources, examples, relationships, templates, partial } = json.value
  errors.push(
    ...crossFaults({
      sources: dataSources.map((value, at) => ({
        value,
        file,
        fault: (path, message) => json.fault(['dataSources', at, ...path], message),
      })),
      examples: examples.map((example) => ({ file, example })),
      relationships: {
        value: relationships,
        fault: (path, message) => json.fault(['relationships', ...path], message),
      },
      partial,
    }),
  )
  return errors.length > 0
    ? { ok: false, errors }
    : { ok: true, partial, catalogue: { dataSources, examples, relationships, templates } }
}
