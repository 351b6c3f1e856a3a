import { sumType } from '../../functions/aggregates.ts'
import { arg, type FunctionLowering, type LoweredCall } from './lowering.ts'

const over =
  (duckName: string) =>
  (call: LoweredCall): string =>
    `${duckName}(${call.distinct}${call.args.join(', ')})${call.tail}`

const asDouble =
  (duckName: string) =>
  (call: LoweredCall): string =>
    `CAST(${duckName}(${call.args.join(', ')})${call.tail} AS DOUBLE)`

/** A user id as text, so that it compares like the text that it is in AMC. */
function asText(call: LoweredCall): string {
  const type = call.types[0]
  return type?.kind === 'STRING' && type.userId === true ? `CAST(${arg(call, 0)} AS VARCHAR)` : arg(call, 0)
}

export const aggregateLowerings: Readonly<Record<string, FunctionLowering>> = {
  // DuckDB widens to HUGEINT, which no AMC type holds.
  SUM(call) {
    const sum = over('sum')(call)
    const type = sumType(call.types)
    if (type.kind === 'LONG') return `TRY_CAST(${sum} AS BIGINT)`
    return type.kind === 'DECIMAL' ? `CAST(${sum} AS DECIMAL(38, ${type.scale}))` : sum
  },
  AVG: over('avg'),
  MIN: (call) => `min(${asText(call)})${call.tail}`,
  MAX: (call) => `max(${asText(call)})${call.tail}`,
  COUNT(call) {
    if (call.star) return `count(*)${call.tail}`
    if (call.args.length === 1) return `count(${call.distinct}${arg(call, 0)})${call.tail}`
    // Several columns count where none of them is NULL.
    const present = call.args.map((value) => `${value} IS NOT NULL`).join(' AND ')
    return `count(${call.distinct}CASE WHEN ${present} THEN row(${call.args.join(', ')}) END)${call.tail}`
  },
  APPROX_COUNT_DISTINCT: (call) => `approx_count_distinct(${arg(call, 0)})${call.tail}`,
  COLLECT: over('list'),
  MEDIAN: asDouble('median'),
  PERCENTILE: asDouble('quantile_cont'),
  APPROX_PERCENTILE: asDouble('approx_quantile'),
  STDDEV_SAMP: over('stddev_samp'),
  STDDEV: over('stddev_samp'),
  STDDEV_POP: over('stddev_pop'),
  VAR_SAMP: over('var_samp'),
  VARIANCE: over('var_samp'),
  VAR_POP: over('var_pop'),
  SKEWNESS: over('skewness'),
}

const inWindow =
  (duckName: string) =>
  (call: LoweredCall): string =>
    `${duckName}(${call.args.join(', ')})${call.tail}`

export const windowLowerings: Readonly<Record<string, FunctionLowering>> = {
  ROW_NUMBER: inWindow('row_number'),
  RANK: inWindow('rank'),
  DENSE_RANK: inWindow('dense_rank'),
  NTILE: inWindow('ntile'),
  PERCENT_RANK: inWindow('percent_rank'),
  CUME_DIST: inWindow('cume_dist'),
  LAG: inWindow('lag'),
  LEAD: inWindow('lead'),
  FIRST_VALUE: inWindow('first_value'),
  LAST_VALUE: inWindow('last_value'),
}
