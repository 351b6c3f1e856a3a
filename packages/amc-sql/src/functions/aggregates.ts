import { decimal, isInteger, types, type AmcType } from '../resolve/types.ts'
import { aggregate, alias, arg, type FunctionEntry, type LoweredCall } from './entry.ts'

const first = (given: readonly AmcType[]): AmcType => given[0] ?? types.unknown
const toDouble = (): AmcType => types.double

function sumType(given: readonly AmcType[]): AmcType {
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

const over = (duckName: string) => (call: LoweredCall) =>
  `${duckName}(${call.distinct}${call.args.join(', ')})${call.tail}`

/** A user id as text, so that it compares like the text that it is in AMC. */
function asText(call: LoweredCall): string {
  const type = call.types[0]
  return type?.kind === 'STRING' && type.userId === true ? `CAST(${arg(call, 0)} AS VARCHAR)` : arg(call, 0)
}

function moment(name: string, duckName: string, description: string): FunctionEntry {
  return aggregate(name, {
    signature: `${name}(number)`,
    description,
    accepts: ['number'],
    result: toDouble,
    lower: over(duckName),
  })
}

const stddev = moment('STDDEV_SAMP', 'stddev_samp', 'Standard deviation of a sample.')
const variance = moment('VAR_SAMP', 'var_samp', 'Variance of a sample.')

export const aggregates: readonly FunctionEntry[] = [
  aggregate('SUM', {
    signature: 'SUM(number)',
    description: 'The sum; NULL where all values are NULL.',
    accepts: ['number'],
    result: sumType,
    // DuckDB widens to HUGEINT, which no AMC type holds.
    lower(call) {
      const sum = `sum(${call.distinct}${arg(call, 0)})${call.tail}`
      const type = sumType(call.types)
      if (type.kind === 'LONG') return `CAST(${sum} AS BIGINT)`
      return type.kind === 'DECIMAL' ? `CAST(${sum} AS DECIMAL(38, ${type.scale}))` : sum
    },
  }),
  aggregate('AVG', {
    signature: 'AVG(number)',
    description: 'The mean.',
    accepts: ['number'],
    result: toDouble,
    lower: over('avg'),
  }),
  aggregate('MIN', {
    signature: 'MIN(value)',
    description: 'The least value.',
    accepts: ['any'],
    result: extremeType,
    lower: (call) => `min(${asText(call)})${call.tail}`,
  }),
  aggregate('MAX', {
    signature: 'MAX(value)',
    description: 'The greatest value.',
    accepts: ['any'],
    result: extremeType,
    lower: (call) => `max(${asText(call)})${call.tail}`,
  }),
  aggregate('COUNT', {
    signature: 'COUNT([DISTINCT] value), COUNT(*)',
    description: 'How many values are not NULL, or how many rows there are.',
    accepts: ['any'],
    least: 1,
    most: 20,
    result: () => types.long,
    lower(call) {
      if (call.star) return `count(*)${call.tail}`
      if (call.args.length === 1) return `count(${call.distinct}${arg(call, 0)})${call.tail}`
      // Several columns count where none of them is NULL.
      const present = call.args.map((value) => `${value} IS NOT NULL`).join(' AND ')
      return `count(${call.distinct}CASE WHEN ${present} THEN row(${call.args.join(', ')}) END)${call.tail}`
    },
  }),
  aggregate('APPROX_COUNT_DISTINCT', {
    signature: 'APPROX_COUNT_DISTINCT(value)',
    description: 'About how many different values there are.',
    accepts: ['any'],
    result: () => types.long,
    lower: (call) => `approx_count_distinct(${arg(call, 0)})${call.tail}`,
  }),
  aggregate('COLLECT', {
    signature: 'COLLECT([DISTINCT] value)',
    description: 'All values as an array, NULL included.',
    accepts: ['any'],
    result: (given) => ({ kind: 'ARRAY', element: first(given) }),
    lower: over('list'),
  }),
  aggregate('MEDIAN', {
    signature: 'MEDIAN(number)',
    description: 'The middle value.',
    accepts: ['number'],
    result: toDouble,
    lower: (call) => `CAST(median(${arg(call, 0)})${call.tail} AS DOUBLE)`,
  }),
  aggregate('PERCENTILE', {
    signature: 'PERCENTILE(number, share)',
    description: 'The value below which a share of 0 to 1 of the values lies, interpolated.',
    accepts: ['number', 'number'],
    result: toDouble,
    lower: (call) => `CAST(quantile_cont(${call.args.join(', ')})${call.tail} AS DOUBLE)`,
  }),
  aggregate('APPROX_PERCENTILE', {
    signature: 'APPROX_PERCENTILE(number, share)',
    description: 'About the value below which a share of 0 to 1 of the values lies.',
    accepts: ['number', 'number'],
    result: toDouble,
    lower: (call) => `CAST(approx_quantile(${call.args.join(', ')})${call.tail} AS DOUBLE)`,
  }),
  stddev,
  alias('STDDEV', stddev),
  moment('STDDEV_POP', 'stddev_pop', 'Standard deviation of a whole population.'),
  variance,
  alias('VARIANCE', variance),
  moment('VAR_POP', 'var_pop', 'Variance of a whole population.'),
  moment('SKEWNESS', 'skewness', 'How lopsided the values are.'),
]

function ranking(name: string, description: string): FunctionEntry {
  return {
    name,
    kind: 'ranking',
    signature: `${name}() OVER (PARTITION BY … ORDER BY …)`,
    description,
    least: 0,
    most: 0,
    accepts: [],
    result: () => types.long,
    lower: (call) => `${name.toLowerCase()}()${call.tail}`,
    orderRequired: true,
  }
}

export const rankings: readonly FunctionEntry[] = [
  ranking('ROW_NUMBER', 'The position of the row in its partition.'),
  ranking('RANK', 'The rank of the row; equal rows share one, and the ranks after them are skipped.'),
  ranking('DENSE_RANK', 'The rank of the row; equal rows share one, and no rank is skipped.'),
]
