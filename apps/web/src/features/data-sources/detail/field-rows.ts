import { subjects } from '@recomamp/amc-catalogue/fields'
import type { DataSourceField } from '@recomamp/contracts'
import type { FieldGrouping, FieldSearch } from './field-search.ts'
import { thresholdOrder } from './field-search.ts'

export type FieldRow =
  | { kind: 'group'; key: string; title: string; count: number }
  | { kind: 'field'; key: string; field: DataSourceField }

/** The names that a search found; null without a search. */
export type FoundFields = ReadonlySet<string> | null

/** The fields that pass the filters and the search, under the heads of their groups. */
export function fieldRows(
  fields: readonly DataSourceField[],
  { role, class: threshold, type, unit, group = 'subject' }: FieldSearch,
  found: FoundFields,
): FieldRow[] {
  const shown = fields.filter(
    (field) =>
      (found === null || found.has(field.name)) &&
      (role === undefined || field.columnType === role) &&
      (threshold === undefined || field.aggregationThreshold === threshold) &&
      (type === undefined || field.dataType === type) &&
      (unit === undefined || field.unit === unit),
  )
  const rowOf = (field: DataSourceField): FieldRow => ({
    kind: 'field',
    key: field.name,
    field,
  })
  if (group === 'none') return shown.map(rowOf)
  const titleOf = titles(fields, group)
  return [...Map.groupBy(shown, titleOf)]
    .toSorted(([a], [b]) => compareTitles(group, a, b))
    .flatMap(([title, members]) => [
      { kind: 'group' as const, key: `fields-${title}`, title, count: members.length },
      ...members.map(rowOf),
    ])
}

/** Fields whose names begin alike, where there are two or more, stand together; a name on its own is under `more`. */
function titles(fields: readonly DataSourceField[], group: FieldGrouping): (field: DataSourceField) => string {
  if (group === 'role') return (field) => field.columnType ?? unknown
  if (group === 'type') return (field) => field.dataType ?? field.typeDetail ?? unknown
  if (group === 'class') return (field) => field.aggregationThreshold ?? unknown
  if (group === 'subject') return (field) => field.subject
  const alike = Map.groupBy(fields, ({ name }) => prefixOf(name))
  return ({ name }) => ((alike.get(prefixOf(name))?.length ?? 0) > 1 ? prefixOf(name) : noPrefix)
}

/** No identifier begins so, so that it is no prefix. */
export const noPrefix = '…'

/** The group of what nobody says, as of the columns of an upload. */
export const unknown = '?'

function prefixOf(name: string): string {
  return name.split('_', 1)[0] ?? name
}

const orders: Partial<Record<FieldGrouping, readonly string[]>> = {
  subject: subjects,
  role: ['metric', 'dimension', unknown],
  class: [...thresholdOrder, unknown],
}

function compareTitles(group: FieldGrouping, a: string, b: string): number {
  const order = orders[group]
  if (order !== undefined) return order.indexOf(a) - order.indexOf(b)
  if (a === noPrefix || b === noPrefix) return a === noPrefix ? 1 : -1
  return a < b ? -1 : 1
}

/** The shown fields as the list between SELECT and FROM; those that Amazon never shows would make the query fail and stay out. */
export function selectList(rows: readonly FieldRow[]): { text: string; count: number; left: number } {
  const fields = rows.flatMap((row) => (row.kind === 'field' ? [row.field] : []))
  const usable = fields.filter(({ aggregationThreshold: threshold }) => !neverShown.has(threshold ?? ''))
  return {
    text: usable.map(({ name }) => `  ${name}`).join(',\n'),
    count: usable.length,
    left: fields.length - usable.length,
  }
}

const neverShown: ReadonlySet<string> = new Set(['VERY_HIGH', 'INTERNAL'])
