import {
  type ChartData,
  type ChartDescription,
  type ChartKey,
  type ChartPoint,
  isIdentifier,
} from '@recomamp/contracts'
import { type ChartPlan, type KeyPlan, type MeasurePlan, planOf } from './chart-plan.ts'
import { type Scale, scaleOf, stepsOf } from './chart-scale.ts'
import { type DuckDbSession, identifier } from './duckdb-session.ts'
import { type LayoutColumn, resultColumnOf, type ResultLayout, rowNumberField } from './result-layout.ts'
import type { BoundSql } from './result-query.ts'

/** The rows that a chart is made of. */
interface Rows {
  duck: DuckDbSession
  /** For a FROM. */
  from: string
  condition: BoundSql
  /** Whether Amazon hid something in a row. */
  isFiltered: string
  tellsFiltered: boolean
}

/** What stored rows alone tell of a chart. */
export type DrawnPoints = Omit<ChartData, 'measures'> & { measures: Omit<ChartData['measures'][number], 'money'>[] }

/** The points of a chart, put together from all rows that a condition leaves; a Problem where the result cannot be drawn so. */
export async function chartData(
  duck: DuckDbSession,
  from: string,
  layout: ResultLayout,
  condition: BoundSql,
  chart: ChartDescription,
): Promise<DrawnPoints> {
  const plan = planOf(layout, chart)
  const filtered = layout.find(({ purpose }) => purpose === 'filtered')
  const rows: Rows = {
    duck,
    from,
    condition,
    isFiltered:
      filtered === undefined ? 'false' : `coalesce(try_cast(${identifier(filtered.field)} as boolean), false)`,
    tellsFiltered: filtered !== undefined,
  }
  const [found] = await duck.rows(
    `select cast(count(*) as varchar) from ${from} where ${condition.text}`,
    condition.values,
  )
  const matchingCount = Number(found?.[0])
  const read =
    plan.read === 'groups' ? groups(rows, plan) : plan.read === 'rows' ? single(rows, plan) : steps(rows, plan)
  const { points, ...rest } = await read
  return {
    keys: keysOf(plan).map(({ column }) => resultColumnOf(column)),
    measures: measuresOf(plan).map(({ column, aggregate }) => ({
      column: column === null ? null : resultColumnOf(column),
      aggregate,
    })),
    points,
    ...rest,
    matchingCount,
    drawnCount: points.reduce((sum, point) => sum + point.rows, 0),
    isAggregated: points.some((point) => point.rows > 1 && point.keys.every(({ is }) => is !== 'other')),
  }
}

type Read = Pick<ChartData, 'points' | 'grain' | 'step' | 'folded'>

function keysOf(plan: ChartPlan): Pick<KeyPlan, 'column'>[] {
  return plan.read === 'steps' ? [plan] : plan.keys
}

function measuresOf(plan: ChartPlan): MeasurePlan[] {
  return plan.read === 'steps' ? [plan.measure] : plan.measures
}

/** A key as one text, which also says what is no value of its own. */
const mark = { value: 'v', null: 'n', filtered: 'f', other: 'o' } as const

function readKey(cell: unknown): ChartKey {
  const text = String(cell)
  if (text.startsWith(mark.value)) return { is: 'value', text: text.slice(1) }
  if (text === mark.filtered) return { is: 'filtered' }
  return text === mark.other ? { is: 'other' } : { is: 'null' }
}

function keySql(column: LayoutColumn, shown: string, { isFiltered }: Rows): string {
  const hidden = `if(${isFiltered}, '${mark.filtered}', '${mark.null}')`
  return `case when ${identifier(column.field)} is null then ${hidden} else '${mark.value}' || ${shown} end`
}

/** A key with the values that have a point of their own. */
interface ReadKey extends Scale {
  sql: string
  /** The texts of the values in their order; null where all have one. */
  kept: string[] | null
  folded: number
}

async function groups(rows: Rows, plan: Extract<ChartPlan, { read: 'groups' }>): Promise<Read> {
  const weight = aggregateSql(plan.measures[0], 'm0')
  const keys: ReadKey[] = []
  // One after another: each look takes all threads of the session.
  for (const key of plan.keys) keys.push(await readKeyOf(rows, key, plan.measures, plan.grain))
  const names = keys.map((_, at) => `k${at}`)
  const asked = [
    ...names,
    ...plan.measures.map((measure, at) => asText(aggregateSql(measure, `m${at}`))),
    ...plan.measures.map((measure, at) => hiddenPart(rows, measure, `m${at}`)),
    asText('count(*)'),
  ]
  const largest = plan.most === null ? '' : `order by ${weight} desc nulls last, min(r) limit ${plan.most}`
  const found = await rows.duck.rows(
    `select ${asked.join(', ')} from (${namedSql(rows, keys, plan.measures)})
     ${names.length === 0 ? '' : `group by ${names.join(', ')}`} ${largest}`,
    valuesOf(rows, keys),
  )
  const points = found.map((cells) => pointOf(cells, keys.length, plan.measures.length))
  return {
    points: plan.most === null ? points.toSorted(inOrderOf(keys)) : points,
    grain: keys.find(({ grain }) => grain !== null)?.grain ?? null,
    step: keys[0]?.step ?? null,
    folded: keys.map(({ folded }) => folded),
  }
}

/** The rows with their number, what was hidden in them, their keys and their measures under names that no column of theirs can have. */
function namedSql(
  rows: Rows,
  keys: readonly Pick<ReadKey, 'sql' | 'kept'>[],
  measures: readonly MeasurePlan[],
): string {
  const named = [
    `${identifier(rowNumberField)} as r`,
    `${rows.isFiltered} as hidden`,
    ...keys.map(({ sql, kept }, at) => `${foldedSql(sql, kept)} as k${at}`),
    ...measures.flatMap(({ column }, at) => (column === null ? [] : [`${identifier(column.field)} as m${at}`])),
  ]
  return `select ${named.join(', ')} from ${rows.from} where ${rows.condition.text}`
}

/** What fills the `?` of `namedSql`. */
function valuesOf(rows: Rows, keys: readonly Pick<ReadKey, 'kept'>[]): string[] {
  return [...keys.flatMap(({ kept }) => kept?.map((own) => `${mark.value}${own}`) ?? []), ...rows.condition.values]
}

async function readKeyOf(
  rows: Rows,
  key: KeyPlan,
  measures: readonly MeasurePlan[],
  grain: ChartData['grain'],
): Promise<ReadKey> {
  const scale = await scaleOf(rows, key, grain)
  const sql = keySql(key.column, scale.shown, rows)
  if (key.order === 'value' || !Number.isFinite(key.most)) return { ...scale, sql, kept: null, folded: 0 }
  const found = await rows.duck.rows(
    `select k0, ${asText('count(*) over ()')} from (
       select k0, ${aggregateSql(measures[0], 'm0')} as weight, min(r) as first
       from (${namedSql(rows, [{ sql, kept: null }], measures)}) where starts_with(k0, '${mark.value}') group by k0)
     order by weight desc nulls last, first limit ${key.most}`,
    rows.condition.values,
  )
  const kept = found.map(([own]) => String(own).slice(1))
  // AMC gives rows in no order. Labels that begin with a number, such as `2 | 1 to 6 hours`, have one of their own.
  const hasOwnOrder = key.order === 'label' || (kept.length > 1 && kept.every((own) => /^\d/.test(own)))
  return {
    ...scale,
    sql,
    kept: hasOwnOrder && !isIdentifier(key.column) ? kept.toSorted(byLabel) : kept,
    folded: Number(found[0]?.[1] ?? 0) - found.length,
  }
}

const byLabel = new Intl.Collator('en', { numeric: true }).compare

function foldedSql(sql: string, kept: readonly string[] | null): string {
  if (kept === null) return sql
  const own = [`'${mark.null}'`, `'${mark.filtered}'`, ...kept.map(() => '?')].join(', ')
  return `if(${sql} in (${own}), ${sql}, '${mark.other}')`
}

/** Along the first key, then the second; what is no value of its own comes last. */
function inOrderOf(keys: readonly ReadKey[]): (a: ChartPoint, b: ChartPoint) => number {
  const placesOf = keys.map(({ kept }) => new Map(kept?.map((text, at) => [text, at])))
  const placeOf = (key: ChartKey | undefined, at: number): number => {
    if (key?.is !== 'value') return key?.is === 'other' ? Infinity : Number.MAX_VALUE
    return keys[at]?.kept == null ? (keys[at]?.placeOf(key.text) ?? 0) : (placesOf[at]?.get(key.text) ?? 0)
  }
  return (a, b) => {
    for (const at of keys.keys()) {
      const [left, right] = [placeOf(a.keys[at], at), placeOf(b.keys[at], at)]
      if (left !== right) return left < right ? -1 : 1
    }
    return 0
  }
}

async function single(
  rows: Rows,
  { keys: planned, measures, most }: Extract<ChartPlan, { read: 'rows' }>,
): Promise<Read> {
  const keys: ReadKey[] = []
  for (const key of planned) keys.push(await readKeyOf(rows, key, [], null))
  const fields = measures.map((_, at) => `m${at}`)
  const asked = [...keys.map((_, at) => `k${at}`), ...fields.map(asText), ...fields.map(() => 'null'), `'1'`]
  const found = await rows.duck.rows(
    `select ${asked.join(', ')} from (${namedSql(rows, keys, measures)})
     where ${fields.map((field) => `${field} is not null`).join(' and ')} order by hash(r) limit ${most}`,
    valuesOf(rows, keys),
  )
  return {
    points: found.map((cells) => pointOf(cells, keys.length, fields.length)),
    grain: null,
    step: null,
    folded: keys.map(({ folded }) => folded),
  }
}

async function steps(rows: Rows, { column, measure }: Extract<ChartPlan, { read: 'steps' }>): Promise<Read> {
  const scale = await stepsOf(rows, column)
  if (scale === null) return { points: [], grain: null, step: null, folded: [0] }
  const found = await rows.duck.rows(
    `select k0, ${asText(aggregateSql(measure, 'm0'))}, ${hiddenPart(rows, measure, 'm0')}, ${asText('count(*)')}
     from (${namedSql(rows, [{ sql: asText(scale.place), kept: null }], [measure])}) where k0 is not null group by k0`,
    rows.condition.values,
  )
  const byPlace = new Map(found.map(([place, ...rest]) => [Number(place), rest]))
  const points = Array.from({ length: scale.count }, (_, place): ChartPoint => {
    const [value, hidden, count] = byPlace.get(place) ?? ['0', null, '0']
    return {
      keys: [{ is: 'value', text: scale.textOf(place) }],
      values: [text(value)],
      filtered: hidden === null ? [] : [text(hidden)],
      rows: Number(count),
    }
  })
  return { points, grain: null, step: scale.width, folded: [0] }
}

function asText(sql: string): string {
  return `cast(${sql} as varchar)`
}

function aggregateSql(measure: MeasurePlan | undefined, name: string, filter = ''): string {
  if (measure?.column == null) return `count(*)${filter}`
  const aggregate = { sum: 'sum', mean: 'avg', median: 'median', min: 'min', max: 'max' }[measure.aggregate ?? 'sum']
  return `${aggregate}(${name})${filter}`
}

/** What of a value comes from rows in which Amazon hid something; only sums have parts. */
function hiddenPart({ tellsFiltered }: Rows, measure: MeasurePlan, name: string): string {
  if (!tellsFiltered || measure.aggregate !== 'sum') return 'null'
  return asText(`coalesce(${aggregateSql(measure, name, ' filter (where hidden)')}, 0)`)
}

function pointOf(cells: readonly unknown[], keys: number, measures: number): ChartPoint {
  const filtered = cells.slice(keys + measures, keys + 2 * measures).map(text)
  return {
    keys: cells.slice(0, keys).map(readKey),
    values: cells.slice(keys, keys + measures).map(text),
    filtered: filtered.every((cell) => cell === null) ? [] : filtered,
    rows: Number(cells.at(-1)),
  }
}

function text(cell: unknown): string | null {
  // Every column is asked for as text.
  return typeof cell === 'string' ? cell : null
}
