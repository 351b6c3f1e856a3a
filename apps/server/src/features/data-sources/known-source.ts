import type { DataSource, Field } from '@recomamp/amc-catalogue'
import { columnTypes } from '@recomamp/amc-catalogue/schema'
import type { LiveTable, SourceOnInstance } from '@recomamp/contracts'

/** A field of the catalogue, one as an instance has it, or both in one; null is what nobody says. */
export interface KnownField extends Omit<Field, 'dataType' | 'typeDetail' | 'columnType' | 'aggregationThreshold'> {
  dataType: Field['dataType'] | null
  typeDetail?: string
  columnType: Field['columnType'] | null
  aggregationThreshold: Field['aggregationThreshold'] | null
  documented: boolean
  onInstance: boolean | null
  /** The type in the instance where it is another one. */
  typeOnInstance: string | null
}

/** A data source of the catalogue, one that only an instance has, or both in one. */
export interface KnownSource extends Omit<DataSource, 'rowIs' | 'kind' | 'availability' | 'fields'> {
  rowIs: string | null
  kind: DataSource['kind'] | null
  availability: string | null
  fields: KnownField[]
  documented: boolean
  onInstance: SourceOnInstance | null
}

export function fromCatalogue(source: DataSource): KnownSource {
  const fields = source.fields.map((field) => ({ ...field, documented: true, onInstance: null, typeOnInstance: null }))
  return { ...source, fields, documented: true, onInstance: null }
}

export const uploadsCategory = 'Your uploads'
const unknownCategory = 'Not in the catalogue'

/** A table that only the instance has. An upload wins over a table of Amazon's that has its name (guide advertiser-data-upload). */
export function fromInstance(name: string, table: LiveTable): KnownSource {
  return {
    name,
    title: name,
    category: table.uploaded ? uploadsCategory : unknownCategory,
    description: table.description ?? '',
    rowIs: null,
    useFor: [],
    notFor: [],
    siblings: [],
    keyFields: [],
    kind: null,
    timeColumn: null,
    audienceVariant: null,
    availability: null,
    lookbackNote: null,
    joinKeys: table.columns.some((column) => column.name === 'user_id') ? ['user_id'] : [],
    tags: [],
    fields: table.columns.map(toField),
    legacyFields: [],
    sources: [],
    documented: false,
    onInstance: {
      state: 'here',
      uploaded: table.uploaded,
      audienceVariant: null,
      tags: table.tags,
      fields: { lacking: 0, onlyHere: table.columns.length, differing: 0 },
    },
  }
}

type LiveColumn = LiveTable['columns'][number]

function toField({ name, description, role, type }: LiveColumn): KnownField {
  const { dataType, typeDetail } = readType(type)
  return {
    name,
    dataType,
    ...(typeDetail === null ? {} : { typeDetail }),
    columnType: role,
    // Amazon adds this column to uploads and shows it of none of its own tables (guide advertiser-data-upload).
    aggregationThreshold: name === 'user_id' ? 'VERY_HIGH' : null,
    description: description ?? '',
    nullable: null,
    isArray: dataType === 'ARRAY',
    documented: false,
    onInstance: true,
    typeOnInstance: null,
  }
}

function readType(type: string | null): { dataType: Field['dataType'] | null; typeDetail: string | null } {
  if (type === null) return { dataType: null, typeDetail: null }
  const base = type.replace(/[<(].*$/, '').toUpperCase()
  const dataType = columnTypes.find((known) => known === base) ?? null
  return { dataType, typeDetail: dataType === null || base !== type.toUpperCase() ? type : null }
}

/** A source of the catalogue with how the instance has it: not at all where `table` is null. */
export function onInstance(source: KnownSource, table: LiveTable | null, hasTwin: boolean | null): KnownSource {
  if (table === null) {
    const fields = { lacking: 0, onlyHere: 0, differing: 0 }
    return {
      ...source,
      fields: source.fields.map((field) => ({ ...field, onInstance: false })),
      onInstance: { state: 'lacking', uploaded: false, audienceVariant: hasTwin, tags: [], fields },
    }
  }
  const live = new Map(table.columns.map((column) => [column.name, column]))
  // Amazon may answer tables without their columns, which says nothing about these.
  const fields =
    live.size === 0 ? source.fields : source.fields.map((field) => fieldOnInstance(field, live.get(field.name)))
  const documented = new Set(source.fields.map(({ name }) => name))
  const onlyHere = table.columns.filter(({ name }) => !documented.has(name)).map(toField)
  return {
    ...source,
    fields: [...fields, ...onlyHere],
    onInstance: {
      state: 'here',
      uploaded: false,
      audienceVariant: hasTwin,
      tags: table.tags,
      fields: {
        lacking: fields.filter((field) => field.onInstance === false).length,
        onlyHere: onlyHere.length,
        differing: fields.filter(({ typeOnInstance }) => typeOnInstance !== null).length,
      },
    },
  }
}

function fieldOnInstance(field: KnownField, column: LiveColumn | undefined): KnownField {
  if (column === undefined) return { ...field, onInstance: false }
  const { dataType } = readType(column.type)
  const differs = column.type !== null && dataType !== field.dataType
  return { ...field, onInstance: true, typeOnInstance: differs ? column.type : null }
}

/** The table as the instance has it, which is what a comparison of places looks at: its own columns with its own types. */
export function asThere(source: KnownSource): KnownSource {
  return {
    ...source,
    fields: source.fields
      .filter((field) => field.onInstance !== false)
      .map(({ typeDetail, ...field }) => {
        if (field.typeOnInstance === null) return typeDetail === undefined ? field : { ...field, typeDetail }
        const there = readType(field.typeOnInstance)
        const detail = there.typeDetail === null ? {} : { typeDetail: there.typeDetail }
        return { ...field, dataType: there.dataType, ...detail }
      }),
  }
}
