import { readDataSources } from './files/bundled-sources.ts'
import type { DataSource, Field } from './model/data-source.ts'
import type { Column, Schema, Table } from './schema.ts'

export { columnTypes, type Column, type Schema, type Table } from './schema.ts'

/** Columns that an audience twin lacks though its analytics table has them (audience guide; all other twins mirror their table). */
const missingInTwin: Readonly<Record<string, readonly string[]>> = {
  dsp_impressions: ['user_behavior_segment_ids', 'matched_behavior_segment_ids'],
}

/** Columns whose examples are values that any advertiser meets, unlike names and ids, which are somebody's own. */
const examplesAreValues: ReadonlySet<string> = new Set([
  'browser_family',
  'conversion_event_marketplace_name',
  'device_make',
  'marketplace_name',
  'operating_system',
  'page_type',
  'pv_gti_content_type',
  'pv_material_type',
  'pv_stream_type',
  'supply_source',
  'traffic_event_marketplace_name',
])

let schema: Schema | undefined

/**
 * The tables that a query may name, with their `_for_audiences` twins; read once per process. Tables that Amazon switched off stand
 * here too, marked in their category, so that an old query can be read. A table whose columns are not public has a file but no
 * place here: a query on it could only fail.
 */
export function loadSchema(): Schema {
  schema ??= schemaOf(readDataSources())
  return schema
}

/** What a table of the schema is made of: a data source of the catalogue, or one of an instance, of which less is known. */
interface TableSource extends Pick<
  DataSource,
  'name' | 'title' | 'category' | 'description' | 'timeColumn' | 'audienceVariant' | 'legacyFields'
> {
  kind: Table['kind']
  fields: readonly TableField[]
}

interface TableField extends Pick<Field, 'name' | 'description' | 'typeDetail' | 'unit' | 'knownValues' | 'examples'> {
  dataType: Column['type']
  columnType: Column['role']
  aggregationThreshold: Column['threshold']
}

/** The tables of any catalogue, as `loadSchema` makes them of the one that ships. */
export function schemaOf(sources: readonly TableSource[]): Schema {
  return { tables: sources.filter((source) => source.fields.length > 0).flatMap(withTwin) }
}

function withTwin(source: TableSource): Table[] {
  const table = toTable(source)
  if (source.audienceVariant === null) return [table]
  const missing = missingInTwin[source.name] ?? []
  const columns = table.columns.filter((column) => !missing.includes(column.name))
  return [
    table,
    { ...table, name: source.audienceVariant, title: `${source.title} (audiences)`, audience: true, columns },
  ]
}

function toTable(source: TableSource): Table {
  return {
    name: source.name,
    title: source.title,
    category: source.category,
    description: source.description,
    kind: source.kind,
    timeColumn: source.timeColumn,
    audience: false,
    columns: source.fields.map(toColumn),
    legacyColumns: source.legacyFields.map((field) => field.name),
    replacements: replacementsIn(source),
  }
}

/** What older sources call a column that the present pages describe under another name; from the notes beside the old names. */
const presentName: Readonly<Record<string, string>> = {
  winning_bid_cost: 'bid_price',
  advertiser_country: 'campaign_country',
  publisher_id: 'publisher_name',
  purchase_price: 'purchase_unit_price',
  event_source: 'conversion_event_source_name',
  conversion_event_source: 'conversion_event_source_name',
}

function replacementsIn({ fields, legacyFields }: TableSource): Record<string, string> {
  const present = new Set(fields.map(({ name }) => name))
  const found: Record<string, string> = {}
  for (const { name } of legacyFields) {
    const now = presentName[name]
    if (now !== undefined && present.has(now)) found[name] = now
  }
  return found
}

function toColumn(field: TableField): Column {
  const values = field.knownValues ?? (examplesAreValues.has(field.name) ? field.examples?.map(String) : undefined)
  return {
    name: field.name,
    type: field.dataType,
    ...(field.typeDetail !== undefined && { typeDetail: field.typeDetail }),
    role: field.columnType,
    threshold: field.aggregationThreshold,
    ...(field.unit !== undefined && { unit: field.unit }),
    ...(values !== undefined && { values }),
    description: field.description,
  }
}
