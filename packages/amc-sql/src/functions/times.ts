import { types, type AmcType } from '../resolve/types.ts'
import { scalar, type FunctionEntry } from './entry.ts'

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

function part(name: string, description: string): FunctionEntry {
  return scalar(name, {
    signature: `${name}(time)`,
    description,
    accepts: ['time'],
    result: toInteger,
  })
}

export const timeFunctions: readonly FunctionEntry[] = [
  scalar('SECONDS_BETWEEN', {
    signature: 'SECONDS_BETWEEN(from, to)',
    description: 'The seconds from the first time to the second.',
    accepts: ['time', 'time'],
    result: () => types.long,
  }),
  scalar('DATE_TRUNC', {
    signature: "DATE_TRUNC('unit', time)",
    description: 'The start of the second, minute, hour, day, week, month, quarter or year that holds the time.',
    accepts: ['text', 'time'],
    result: toTimestamp,
  }),
  part('DAYOFWEEK', 'The weekday, 1 = Sunday to 7.'),
  part('DAYOFMONTH', 'The day of the month.'),
  part('HOUR', 'The hour, 0 to 23.'),
  part('MINUTE', 'The minute, 0 to 59.'),
  part('SECOND', 'The second, 0 to 59.'),
  part('MONTH', 'The month, 1 to 12.'),
  part('YEAR', 'The year.'),
  part('WEEK', 'The week of the year, 1 to 53.'),
  scalar('CURRENT_DATE', {
    signature: 'CURRENT_DATE',
    description: 'Today in UTC.',
    result: () => types.date,
  }),
  scalar('CURRENT_TIMESTAMP', {
    signature: 'CURRENT_TIMESTAMP',
    description: 'Now in UTC.',
    result: toTimestamp,
  }),
  scalar('CONVERT_TIME_ZONE_FROM_UTC', {
    signature: "CONVERT_TIME_ZONE_FROM_UTC(time, 'zone')",
    description: 'The local time in a zone, of a time in UTC.',
    accepts: ['time', 'text'],
    result: (given) => (given[0]?.kind === 'DATE' ? types.date : types.timestamp),
  }),
  scalar('EPOCH_TO_UTC_TIMESTAMP', {
    signature: 'EPOCH_TO_UTC_TIMESTAMP(value)',
    description: 'The time in UTC of seconds or milliseconds since 1970.',
    accepts: ['text'],
    result: toTimestamp,
  }),
]
