import type { ColumnStatistics } from '@recomamp/contracts'
import { type DuckDbSession, identifier } from './duckdb-session.ts'
import { cellText } from './duckdb-types.ts'
import type { LayoutColumn } from './result-layout.ts'
import { type BoundSql, kindOf } from './result-query.ts'

const topValues = 20
const longestText = 200
const steps = 20

/** What the values of a column are, in the rows that a condition leaves. */
export async function columnStatistics(
  duck: DuckDbSession,
  from: string,
  column: LayoutColumn,
  condition: BoundSql,
): Promise<Omit<ColumnStatistics, 'column'>> {
  const field = identifier(column.field)
  const isNumber = kindOf(column.stored) === 'number'
  const rest = `from ${from} where ${condition.text}`
  const sums = isNumber ? [`sum(${field})`, `avg(${field})`] : ['null', 'null']
  const [found = []] = await duck.rows(
    `select ${['count(*)', `count(${field})`, `count(distinct ${field})`].map((count) => `cast(${count} as varchar)`).join(', ')},
       ${cellText(`min(${field})`, column.stored)}, ${cellText(`max(${field})`, column.stored)},
       ${sums.map((sum) => `cast(${sum} as varchar)`).join(', ')} ${rest}`,
    condition.values,
  )
  const [count, present, distinct, min, max, sum, mean] = found.map((cell) => (typeof cell === 'string' ? cell : null))
  const shown = cellText('value', column.stored)
  const top = await duck.rows(
    `select left(${shown}, ${longestText}), cast(length(${shown}) > ${longestText} as varchar), cast(n as varchar)
     from (select ${field} as value, count(*) as n ${rest} and ${field} is not null group by 1 order by n desc, value limit ${topValues})
     order by n desc, value`,
    condition.values,
  )
  return {
    count: Number(count),
    nulls: Number(count) - Number(present),
    distinct: Number(distinct),
    min: min ?? null,
    max: max ?? null,
    sum: sum ?? null,
    mean: mean ?? null,
    top: top.map(([value, isCut, n]) => ({ value: String(value), isCut: isCut === 'true', count: Number(n) })),
    histogram: isNumber ? await histogram(duck, field, rest, condition, Number(min), Number(max)) : [],
  }
}

async function histogram(
  duck: DuckDbSession,
  field: string,
  rest: string,
  { values }: BoundSql,
  min: number,
  max: number,
): Promise<ColumnStatistics['histogram']> {
  const width = (max - min) / steps
  // Values without a number between them, NaN and infinities have no steps.
  if (!(width > 0) || !Number.isFinite(width)) return []
  const found = await duck.rows(
    `select cast(step as varchar), cast(count(*) as varchar) from
       (select least(${steps - 1}, cast(floor((cast(${field} as double) - ${min}) / ${width}) as integer)) as step
        ${rest} and ${field} is not null) group by step`,
    values,
  )
  const counts = new Map(found.map(([step, count]) => [Number(step), Number(count)]))
  return Array.from({ length: steps }, (_, step) => ({
    from: min + step * width,
    to: step === steps - 1 ? max : min + (step + 1) * width,
    count: counts.get(step) ?? 0,
  }))
}
