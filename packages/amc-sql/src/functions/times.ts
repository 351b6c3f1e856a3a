import { types, type AmcType } from '../resolve/types.ts'
import { arg, scalar, type FunctionEntry } from './entry.ts'

const toTimestamp = (): AmcType => types.timestamp
const toInteger = (): AmcType => types.integer

/** Units of DATE_TRUNC and EXTRACT, upper case. */
export const timeUnits = ['SECOND', 'MINUTE', 'HOUR', 'DAY', 'DOW', 'WEEK', 'MONTH', 'QUARTER', 'YEAR'] as const

/** Units of EXTRACT that Calcite has besides; Amazon documents none of them. */
const undocumentedUnits = 'DOY ISODOW ISOYEAR EPOCH MICROSECOND MILLISECOND DECADE CENTURY MILLENNIUM'.split(' ')

/** What EXTRACT and DATE_TRUNC make of a unit, in upper case. */
export function unitState(name: 'EXTRACT' | 'DATE_TRUNC', unit: string): 'documented' | 'undocumented' | 'unknown' {
  if (timeUnits.some((known) => known === unit) && (name === 'EXTRACT' || unit !== 'DOW')) return 'documented'
  return name === 'EXTRACT' && undocumentedUnits.includes(unit) ? 'undocumented' : 'unknown'
}

/** The SQL of a part of a time; AMC counts weekdays from 1 = Sunday, DuckDB from 0. */
export function lowerExtract(unit: string, value: string): string {
  const part = `extract(${unit.toLowerCase()} FROM ${value})`
  if (unit === 'EPOCH') return `CAST(${part} AS BIGINT)`
  return unit === 'DOW' ? `CAST(${part} + 1 AS INTEGER)` : `CAST(${part} AS INTEGER)`
}

function part(name: string, unit: string, description: string): FunctionEntry {
  return scalar(name, {
    signature: `${name}(time)`,
    description,
    accepts: ['time'],
    result: toInteger,
    lower: (call) => lowerExtract(unit, arg(call, 0)),
  })
}

export const nowSql = `CAST(current_timestamp AT TIME ZONE 'UTC' AS TIMESTAMP)`

export const timeFunctions: readonly FunctionEntry[] = [
  scalar('SECONDS_BETWEEN', {
    signature: 'SECONDS_BETWEEN(from, to)',
    description: 'The seconds from the first time to the second.',
    accepts: ['time', 'time'],
    result: () => types.long,
    lower: (call) => `date_diff('second', CAST(${arg(call, 0)} AS TIMESTAMP), CAST(${arg(call, 1)} AS TIMESTAMP))`,
  }),
  scalar('DATE_TRUNC', {
    signature: "DATE_TRUNC('unit', time)",
    description: 'The start of the second, minute, hour, day, week, month, quarter or year that holds the time.',
    accepts: ['text', 'time'],
    result: toTimestamp,
    lower(call) {
      return `CAST(date_trunc(${arg(call, 0)}, ${arg(call, 1)}) AS TIMESTAMP)`
    },
  }),
  part('DAYOFWEEK', 'DOW', 'The weekday, 1 = Sunday to 7.'),
  part('DAYOFMONTH', 'DAY', 'The day of the month.'),
  part('HOUR', 'HOUR', 'The hour, 0 to 23.'),
  part('MINUTE', 'MINUTE', 'The minute, 0 to 59.'),
  part('SECOND', 'SECOND', 'The second, 0 to 59.'),
  part('MONTH', 'MONTH', 'The month, 1 to 12.'),
  part('YEAR', 'YEAR', 'The year.'),
  part('WEEK', 'WEEK', 'The week of the year, 1 to 53.'),
  scalar('CURRENT_DATE', {
    signature: 'CURRENT_DATE',
    description: 'Today in UTC.',
    result: () => types.date,
    lower: () => `CAST(${nowSql} AS DATE)`,
  }),
  scalar('CURRENT_TIMESTAMP', {
    signature: 'CURRENT_TIMESTAMP',
    description: 'Now in UTC.',
    result: toTimestamp,
    lower: () => nowSql,
  }),
  scalar('CONVERT_TIME_ZONE_FROM_UTC', {
    signature: "CONVERT_TIME_ZONE_FROM_UTC(time, 'zone')",
    description: 'The local time in a zone, of a time in UTC.',
    accepts: ['time', 'text'],
    result: (given) => (given[0]?.kind === 'DATE' ? types.date : types.timestamp),
    lower(call) {
      const local = `timezone(${arg(call, 1)}, timezone('UTC', CAST(${arg(call, 0)} AS TIMESTAMP)))`
      return `CAST(${local} AS ${call.types[0]?.kind === 'DATE' ? 'DATE' : 'TIMESTAMP'})`
    },
  }),
  scalar('EPOCH_TO_UTC_TIMESTAMP', {
    signature: 'EPOCH_TO_UTC_TIMESTAMP(value)',
    description: 'The time in UTC of seconds or milliseconds since 1970.',
    accepts: ['text'],
    result: toTimestamp,
    lower(call) {
      const count = `TRY_CAST(${arg(call, 0)} AS BIGINT)`
      // Amazon tells seconds from milliseconds by size; where the border lies is not documented.
      return `CASE WHEN abs(${count}) >= 100000000000 THEN epoch_ms(${count}) ELSE make_timestamp(${count} * 1000000) END`
    },
  }),
]
