import { type ChartData, chartBounds, chartGrains } from '@recomamp/contracts'
import type { KeyPlan } from './chart-plan.ts'
import { type DuckDbSession, identifier } from './duckdb-session.ts'
import { cellText } from './duckdb-types.ts'
import type { LayoutColumn } from './result-layout.ts'
import { type BoundSql, kindOf } from './result-query.ts'

interface Rows {
  duck: DuckDbSession
  from: string
  condition: BoundSql
}

/** How the values of a key are written and where they stand along an axis. */
export interface Scale {
  /** SQL of the text that names the point of a value. */
  shown: string
  placeOf: (text: string) => number
  grain: ChartData['grain']
  step: number | null
}

type Grain = NonNullable<ChartData['grain']>

/** The scale of a key: as fine as its bound allows. A grain that was asked for is kept, unless there would be too many points. */
export async function scaleOf(rows: Rows, { column, order, most }: KeyPlan, asked: ChartData['grain']): Promise<Scale> {
  const own: Scale = {
    shown: cellText(identifier(column.field), column.stored),
    placeOf: Number,
    grain: null,
    step: null,
  }
  if (order !== 'value') return own
  const kind = kindOf(column.stored)
  if (kind === 'number') {
    const [count = 0] = await distinct(rows, [identifier(column.field)])
    if (count <= most) return own
    const steps = await stepsOf(rows, column, Math.min(most, chartBounds.bars))
    if (steps === null) return own
    return { ...own, shown: `cast(${steps.start} as varchar)`, step: steps.width }
  }
  const grains = chartGrains.filter((grain) => kind === 'time' || grain !== 'hour')
  const wanted = asked === null ? grains : grains.slice(Math.max(0, grains.indexOf(asked)))
  const candidates: (Grain | null)[] = asked === null ? [null, ...wanted] : wanted
  const counts = await distinct(
    rows,
    candidates.map((grain) => truncated(column, grain)),
  )
  const at = counts.findIndex((count) => count <= most)
  const grain = candidates.at(at) ?? null
  return {
    shown:
      grain === null || grain === 'hour'
        ? cellText(truncated(column, grain), column.stored)
        : `cast(cast(${truncated(column, grain)} as date) as varchar)`,
    placeOf: (text) => Date.parse(text),
    // Days that were whole from the start are drawn as they are.
    grain: grain === 'day' && kind === 'date' ? null : grain,
    step: null,
  }
}

function truncated(column: LayoutColumn, grain: Grain | null): string {
  const field = identifier(column.field)
  return grain === null ? field : `date_trunc('${grain}', ${field})`
}

async function distinct({ duck, from, condition }: Rows, expressions: readonly string[]): Promise<number[]> {
  const counts = expressions.map((expression) => `cast(count(distinct ${expression}) as varchar)`)
  const [found = []] = await duck.rows(
    `select ${counts.join(', ')} from ${from} where ${condition.text}`,
    condition.values,
  )
  return found.map(Number)
}

/** Even steps of numbers with round edges. */
export interface Steps {
  width: number
  count: number
  /** SQL of the step into which a value falls, counted from 0. */
  place: string
  /** SQL of where that step begins. */
  start: string
  textOf: (place: number) => string
}

/** Steps for the values of a column, at most so many; null where there is no finite number. */
export async function stepsOf(
  rows: Rows,
  column: LayoutColumn,
  most: number = chartBounds.steps,
): Promise<Steps | null> {
  const value = `cast(${identifier(column.field)} as double)`
  const [found = []] = await rows.duck.rows(
    `select cast(min(v) as varchar), cast(max(v) as varchar) from (select ${value} as v from ${rows.from} where ${rows.condition.text})
     where v is not null and isfinite(v)`,
    rows.condition.values,
  )
  if (found[0] === null || found[0] === undefined) return null
  const [min, max] = [Number(found[0]), Number(found[1])]
  const isWhole = column.stored === 'BIGINT'
  const width = roundWidth(min, max, most, isWhole)
  const first = Math.floor(min / width)
  const count = Math.floor(max / width) - first + 1
  const place = `greatest(0, least(${count - 1}, cast(floor(${value} / ${width}) as bigint) - ${first}))`
  // Without the noise of floating point: 0.30000000000000004 is no edge.
  const textOf = (at: number) => String(Number(((first + at) * width).toPrecision(12)))
  return { width, count, place, start: `round((${place} + ${first}) * ${width}, 10)`, textOf }
}

/** The smallest of 1, 2, 5, 10, 20 … and their fractions with which the values need no more than `most` steps. */
export function roundWidth(min: number, max: number, most: number, isWhole: boolean): number {
  if (min === max) return isWhole ? 1 : Math.max(Number.MIN_VALUE, 10 ** Math.floor(Math.log10(Math.abs(min) || 1)))
  const fits = (width: number) => Math.floor(max / width) - Math.floor(min / width) + 1 <= most
  let power = 10 ** Math.floor(Math.log10((max - min) / most))
  if (isWhole) power = Math.max(1, power)
  for (;;) {
    for (const factor of [1, 2, 5]) if (fits(factor * power)) return Number((factor * power).toPrecision(3))
    power *= 10
  }
}
