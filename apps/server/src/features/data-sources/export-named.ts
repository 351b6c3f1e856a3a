import { jsonExport } from '@recomamp/amc-catalogue'
import { Problem, type QueryOf, type ReplyOf, type exportDataSources } from '@recomamp/contracts'
import type { Sources } from './sources.ts'

/** The catalogue, or what belongs to the named sources; a Problem data-source-not-found for a name that it does not have. */
export function exportNamed(
  { catalogue }: Sources,
  { names }: QueryOf<typeof exportDataSources>,
): ReplyOf<typeof exportDataSources> {
  if (names === undefined) return jsonExport(catalogue)
  const wanted = new Set(names.split(','))
  const known = new Set(catalogue.dataSources.map(({ name }) => name))
  const missing = [...wanted].find((name) => !known.has(name))
  if (missing !== undefined)
    throw new Problem('data-source-not-found', `The catalogue has no data source ${missing}`, {
      extensions: { nearest: [] },
    })
  return jsonExport(catalogue, wanted)
}
