import { analyze } from '../analyze.ts'
import { applyEdits, removeItem } from '../edits.ts'
import type { Edit } from '../diagnostic.ts'
import { outputColumns } from '../output.ts'
import type { Resolution, ResolvedSelect } from '../resolve/resolution.ts'
import { usersNeeded, type Schema, type Table } from '../schema.ts'
import type { Expression } from '../tree.ts'
import { readingOf } from './reading.ts'

/** The same query with rows of more people each. */
export interface CoarserGrouping {
  /** The output column that is left out, or that another one stands for. */
  column: string
  /** The coarser column in its place; null where it is left out. */
  instead: string | null
  /** The changed text, its placeholders as they were. */
  text: string
}

/**
 * What the final SELECT of a text could group by instead, so that fewer rows fall below their thresholds: each column that has one left
 * out, and each that has a coarser one in its table exchanged for it. Only texts without errors are offered; none for a union.
 */
export function coarserGroupings(text: string, schema: Schema): CoarserGrouping[] {
  const { resolution } = readingOf(text, schema)
  const { query } = resolution
  if (query === null || query.body.kind !== 'select' || query.orderBy.length > 0) return []
  const select = query.body
  if (!select.aggregate || select.groupBy.length === 0 || select.items.length !== select.node.items.length) return []
  const columns = outputColumns(query.relation)
  const found: CoarserGrouping[] = []
  for (const [at, column] of columns.entries()) {
    if (column.role !== 'DIMENSION' || usersNeeded[column.threshold] <= 1) continue
    const keys = keysOf(resolution, select, at)
    if (keys.length === 0) continue
    if (select.groupBy.length > keys.length)
      found.push({ column: column.name, instead: null, text: withoutColumn(text, select, at, keys) })
    for (const name of coarserOf(resolution, select.items[at]?.expression))
      found.push({ column: column.name, instead: name, text: withOther(text, select, at, keys, name) })
  }
  const isSound = ({ text: changed }: CoarserGrouping) =>
    !analyze(changed, schema).diagnostics.some(({ severity }) => severity === 'error')
  return found.filter(isSound)
}

/** Which members of GROUP BY an item is; positions and aliases are resolved already. */
function keysOf(resolution: Resolution, select: ResolvedSelect, at: number): number[] {
  const item = select.items[at]
  const id = item === undefined ? undefined : resolution.expressions.get(item.expression)?.id
  if (id === undefined) return []
  return select.groupBy.flatMap((key, index) => (resolution.expressions.get(key)?.id === id ? [index] : []))
}

function withoutColumn(text: string, select: ResolvedSelect, at: number, keys: readonly number[]): string {
  const rest = select.groupBy.filter((_, index) => !keys.includes(index)).map((key) => written(text, key))
  return applyEdits(text, [removeItem(select.node.items, at), ...groupEdit(select, rest)])
}

function withOther(text: string, select: ResolvedSelect, at: number, keys: readonly number[], name: string): string {
  const item = select.items[at]
  if (item === undefined) return text
  const whole = written(text, item.expression)
  const qualified = whole.includes('.') ? `${whole.slice(0, whole.lastIndexOf('.') + 1)}${name}` : name
  const next = select.groupBy.map((key, index) => (keys.includes(index) ? qualified : written(text, key)))
  return applyEdits(text, [{ from: item.from, to: item.to, text: qualified }, ...groupEdit(select, next)])
}

/** The list of GROUP BY written anew, by expressions: positions would mean other columns. */
function groupEdit({ node }: ResolvedSelect, keys: readonly string[]): Edit[] {
  const [first, last] = [node.groupBy[0], node.groupBy.at(-1)]
  return first === undefined || last === undefined ? [] : [{ from: first.from, to: last.to, text: keys.join(', ') }]
}

function written(text: string, { from, to }: Expression): string {
  return text.slice(from, to)
}

/** Places and parts of campaigns from fine to coarse: each name may stand for those before it. */
const ladders: readonly (readonly string[])[] = [
  ['postal_code', 'city_name', 'dma_code', 'iso_state_province_code', 'iso_country_code'],
  ['creative', 'line_item', 'campaign', 'advertiser'],
  ['creative_id', 'line_item_id', 'campaign_id_string', 'advertiser_id'],
  ['ad_group', 'campaign'],
]

/** Columns of the same table that say the same in larger pieces. */
function coarserOf(resolution: Resolution, expression: Expression | undefined): string[] {
  if (expression?.kind !== 'column') return []
  const binding = resolution.bindings.get(expression)
  if (binding?.kind !== 'column' || binding.source.from.kind !== 'table') return []
  const { table } = binding.source.from
  const name = table.columns[binding.index]?.name
  if (name === undefined) return []
  const steps = ladders.flatMap((ladder) => {
    const step = ladder.indexOf(name)
    return step === -1 ? [] : ladder.slice(step + 1)
  })
  return [...steps, ...coarserTimes(name)].filter((each) => has(table, each)).slice(0, 2)
}

/** A day for an hour, an hour for an exact time; a trailing `_utc` stays. */
function coarserTimes(name: string): string[] {
  const [, event = '', part = '', zone = ''] = /^(.*?)_(dt_hour|hour|dt)(_utc)?$/.exec(name) ?? []
  if (part === '') return []
  const days = [`${event}_date${zone}`, `${event}_day${zone}`]
  return part === 'dt' ? [`${event}_dt_hour${zone}`, ...days] : days
}

function has(table: Table, name: string): boolean {
  return table.columns.some((column) => column.name === name)
}
