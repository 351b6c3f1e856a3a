import { subjectOf } from '../fields/subjects.ts'
import type { Catalogue } from '../model/catalogue.ts'
import type { DataSource, Field } from '../model/data-source.ts'
import { csvOf } from './csv.ts'

type Column = readonly [head: string, cell: (source: DataSource, field: Field | null) => string]

const list = (values: readonly string[]) => values.join('; ')
const text = (value: string | boolean | null | undefined) => String(value ?? '')

/** What stands in a row; the columns of a source repeat for each of its fields. */
const columns: readonly Column[] = [
  ['source', ({ name }) => name],
  ['title', ({ title }) => title],
  ['category', ({ category }) => category],
  ['kind', ({ kind }) => kind],
  ['description', ({ description }) => description],
  ['row_is', ({ rowIs }) => rowIs],
  ['use_for', ({ useFor }) => list(useFor)],
  ['not_for', ({ notFor }) => list(notFor)],
  ['time_column', ({ timeColumn }) => text(timeColumn)],
  ['audience_variant', ({ audienceVariant }) => text(audienceVariant)],
  ['retired', ({ deprecated }) => String(deprecated === true)],
  ['availability', ({ availability }) => availability],
  ['history', ({ lookbackNote }) => text(lookbackNote)],
  ['key_fields', ({ keyFields }) => list(keyFields)],
  ['siblings', ({ siblings }) => list(siblings.map(({ name, difference }) => `${name}: ${difference}`))],
  ['join_keys', ({ joinKeys }) => list(joinKeys)],
  ['tags', ({ tags }) => list(tags)],
  ['notes', ({ notes }) => text(notes)],
  ['sources', ({ sources }) => list(sources.map(({ page, asOf }) => `${page} (${asOf})`))],
  ['field', (_, field) => text(field?.name)],
  ['subject', (_, field) => (field === null ? '' : subjectOf(field.name))],
  ['data_type', (_, field) => text(field?.typeDetail ?? field?.dataType)],
  ['role', (_, field) => text(field?.columnType)],
  ['threshold', (_, field) => text(field?.aggregationThreshold)],
  ['unit', (_, field) => text(field?.unit)],
  ['nullable', (_, field) => text(field?.nullable)],
  ['known_values', (_, field) => list(field?.knownValues ?? [])],
  ['examples', (_, field) => list((field?.examples ?? []).map((example) => JSON.stringify(example)))],
  ['since', (_, field) => text(field?.since)],
  ['populated_for', (_, field) => text(field?.populatedFor)],
  ['field_description', (_, field) => text(field?.description)],
]

/** The table that the CSV holds: a head, then a row for each field; a source without known fields has one row. */
export function exportTable({ dataSources }: Pick<Catalogue, 'dataSources'>): string[][] {
  const rows = dataSources.flatMap((source) =>
    (source.fields.length > 0 ? source.fields : [null]).map((field) => columns.map(([, cell]) => cell(source, field))),
  )
  return [columns.map(([head]) => head), ...rows]
}

/** The table as CSV, as `csvOf` writes it. */
export function toCsvExport(catalogue: Pick<Catalogue, 'dataSources'>): string {
  return csvOf(exportTable(catalogue))
}
