import { arg, type FunctionLowering } from './lowering.ts'

export const nowSql = `CAST(current_timestamp AT TIME ZONE 'UTC' AS TIMESTAMP)`

/** The SQL of a part of a time; AMC counts weekdays from 1 = Sunday, DuckDB from 0. */
export function lowerExtract(unit: string, value: string): string {
  const part = `extract(${unit.toLowerCase()} FROM ${value})`
  if (unit === 'EPOCH') return `CAST(${part} AS BIGINT)`
  return unit === 'DOW' ? `CAST(${part} + 1 AS INTEGER)` : `CAST(${part} AS INTEGER)`
}

const part =
  (unit: string): FunctionLowering =>
  (call) =>
    lowerExtract(unit, arg(call, 0))

export const timeLowerings: Readonly<Record<string, FunctionLowering>> = {
  SECONDS_BETWEEN: (call) =>
    `date_diff('second', CAST(${arg(call, 0)} AS TIMESTAMP), CAST(${arg(call, 1)} AS TIMESTAMP))`,
  DATE_TRUNC: (call) => `CAST(date_trunc(${arg(call, 0)}, ${arg(call, 1)}) AS TIMESTAMP)`,
  DAYOFWEEK: part('DOW'),
  DAYOFMONTH: part('DAY'),
  HOUR: part('HOUR'),
  MINUTE: part('MINUTE'),
  SECOND: part('SECOND'),
  MONTH: part('MONTH'),
  YEAR: part('YEAR'),
  WEEK: part('WEEK'),
  CURRENT_DATE: () => `CAST(${nowSql} AS DATE)`,
  CURRENT_TIMESTAMP: () => nowSql,
  CONVERT_TIME_ZONE_FROM_UTC(call) {
    const local = `timezone(${arg(call, 1)}, timezone('UTC', CAST(${arg(call, 0)} AS TIMESTAMP)))`
    return `CAST(${local} AS ${call.types[0]?.kind === 'DATE' ? 'DATE' : 'TIMESTAMP'})`
  },
  EPOCH_TO_UTC_TIMESTAMP(call) {
    const count = `TRY_CAST(${arg(call, 0)} AS BIGINT)`
    // Amazon tells seconds from milliseconds by size; where the border lies is not documented.
    return `CASE WHEN abs(${count}) >= 100000000000 THEN epoch_ms(${count}) ELSE make_timestamp(${count} * 1000000) END`
  },
}
