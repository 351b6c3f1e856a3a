import { decimal, isInteger, types, type AmcType } from '../resolve/types.ts'
import { aggregate, alias, type FunctionEntry, ranking } from './entry.ts'

const first = (given: readonly AmcType[]): AmcType => given[0] ?? types.unknown
const toDouble = (): AmcType => types.double

export function sumType(given: readonly AmcType[]): AmcType {
  const type = first(given)
  if (isInteger(type) || type.kind === 'NULL') return types.long
  if (type.kind === 'DECIMAL') return decimal(38, type.scale)
  return type.kind === 'UNKNOWN' ? type : types.double
}

/** MIN and MAX of a user id compare text, as AMC does. */
function extremeType(given: readonly AmcType[]): AmcType {
  const type = first(given)
  return type.kind === 'STRING' ? types.string : type
}

function moment(name: string, description: string): FunctionEntry {
  return aggregate(name, {
    signature: `${name}(number)`,
    description,
    accepts: ['number'],
    result: toDouble,
  })
}

const stddev = moment('STDDEV_SAMP', 'Standard deviation of a sample.')
const variance = moment('VAR_SAMP', 'Variance of a sample.')

export const aggregates: readonly FunctionEntry[] = [
  aggregate('SUM', {
    signature: 'SUM(number)',
    description: 'The sum; NULL where all values are NULL.',
    accepts: ['number'],
    result: sumType,
  }),
  aggregate('AVG', {
    signature: 'AVG(number)',
    description: 'The mean.',
    accepts: ['number'],
    result: toDouble,
  }),
  aggregate('MIN', {
    signature: 'MIN(value)',
    description: 'The least value.',
    accepts: ['any'],
    result: extremeType,
  }),
  aggregate('MAX', {
    signature: 'MAX(value)',
    description: 'The greatest value.',
    accepts: ['any'],
    result: extremeType,
  }),
  aggregate('COUNT', {
    signature: 'COUNT([DISTINCT] value), COUNT(*)',
    description: 'How many values are not NULL, or how many rows there are.',
    accepts: ['any'],
    least: 1,
    most: 20,
    result: () => types.long,
  }),
  aggregate('APPROX_COUNT_DISTINCT', {
    signature: 'APPROX_COUNT_DISTINCT(value)',
    description: 'About how many different values there are.',
    accepts: ['any'],
    result: () => types.long,
  }),
  aggregate('COLLECT', {
    signature: 'COLLECT([DISTINCT] value)',
    description: 'All values as an array, NULL included.',
    accepts: ['any'],
    result: (given) => ({ kind: 'ARRAY', element: first(given) }),
  }),
  aggregate('MEDIAN', {
    signature: 'MEDIAN(number)',
    description: 'The middle value.',
    accepts: ['number'],
    result: toDouble,
  }),
  aggregate('PERCENTILE', {
    signature: 'PERCENTILE(number, share)',
    description: 'The value below which a share of 0 to 1 of the values lies, interpolated.',
    accepts: ['number', 'number'],
    result: toDouble,
  }),
  aggregate('APPROX_PERCENTILE', {
    signature: 'APPROX_PERCENTILE(number, share)',
    description: 'About the value below which a share of 0 to 1 of the values lies.',
    accepts: ['number', 'number'],
    result: toDouble,
  }),
  stddev,
  alias('STDDEV', stddev),
  moment('STDDEV_POP', 'Standard deviation of a whole population.'),
  variance,
  alias('VARIANCE', variance),
  moment('VAR_POP', 'Variance of a whole population.'),
  moment('SKEWNESS', 'How lopsided the values are.'),
]

export const rankings: readonly FunctionEntry[] = [
  ranking('ROW_NUMBER', 'The position of the row in its partition.'),
  ranking('RANK', 'The rank of the row; equal rows share one, and the ranks after them are skipped.'),
  ranking('DENSE_RANK', 'The rank of the row; equal rows share one, and no rank is skipped.'),
]
