import { ChartDescription, chartAggregates, chartGrains } from '@recomamp/amc-catalogue/model'
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { oneExecution, ResultColumn } from './executions.ts'
import { Cell, filterQuery, jsonQuery, MoneyColumn } from './results.ts'

export {
  ChartDescription,
  chartAggregates,
  chartColumns,
  chartGrains,
  type ChartKind,
} from '@recomamp/amc-catalogue/model'

/** Rows are drawn together where a chart has no room for more. */
export const chartBounds = {
  /** Points of a line along times or numbers; times become coarser, numbers fall into steps. */
  along: 400,
  /** Bars along times or numbers. */
  bars: 120,
  /** Categories of bars; the further ones are one bar, "other". */
  categories: 30,
  /** Series with a colour of their own; the further ones are one, "other". */
  series: 6,
  /** Stages, flows, combinations of sets. */
  groups: 200,
  heatmap: { x: 60, y: 40 },
  /** Rows of a scatter plot; of more an even choice is shown. */
  scatter: 2000,
  steps: 24,
} as const

/** A value of a key column: itself, no value, hidden by Amazon, or all that had no room of their own. */
export const ChartKey = z.discriminatedUnion('is', [
  z.object({ is: z.literal('value'), text: z.string() }),
  z.object({ is: z.literal('null') }),
  z.object({ is: z.literal('filtered') }),
  z.object({ is: z.literal('other') }),
])
export type ChartKey = z.infer<typeof ChartKey>

export const ChartPoint = z.object({
  keys: z.array(ChartKey),
  /** In the order of the chart's measures; null where there is nothing to put together. */
  values: z.array(Cell),
  /** What of each value comes from rows in which Amazon hid something; empty where values are not added or nothing was hidden. */
  filtered: z.array(Cell),
  rows: z.number().int().nonnegative(),
})
export type ChartPoint = z.infer<typeof ChartPoint>

/** What a chart draws: one point for each combination of its keys, put together from all rows of the stored result. */
export const ChartData = z.object({
  keys: z.array(ResultColumn),
  measures: z.array(
    z.object({
      /** Null: rows are counted. */
      column: ResultColumn.nullable(),
      /** Null: each point is one row. */
      aggregate: z.enum(chartAggregates).nullable(),
      /** The unit of the currency that its values are in, where they surely are amounts of money. */
      money: MoneyColumn.shape.unit.nullable(),
    }),
  ),
  points: z.array(ChartPoint),
  /** Into which times were put together; null where they are drawn as they are. */
  grain: z.enum(chartGrains).nullable(),
  /** How wide the steps are into which numbers of the first key fell, each named by where it begins; null where they are drawn as they are. */
  step: z.number().positive().nullable(),
  /** For each key: how many of its values have no point of their own and are in "other", or beyond the bounds. */
  folded: z.array(z.number().int().nonnegative()),
  /** Rows that the filter leaves, and how many of them the points are made of. */
  matchingCount: z.number().int().nonnegative(),
  drawnCount: z.number().int().nonnegative(),
  /** Whether a point is made of more than one row somewhere. */
  isAggregated: z.boolean(),
})
export type ChartData = z.infer<typeof ChartData>

export const getChartData = endpoint({
  method: 'GET',
  path: '/api/executions/:executionId/results/chart',
  summary: 'The points of a chart of a stored result',
  tag: 'executions',
  role: 'viewer',
  params: oneExecution,
  query: z.strictObject({
    chart: jsonQuery(
      ChartDescription,
      'JSON: the kind and the columns, such as {"kind":"bar","x":"campaign","values":["reach"]}',
    ),
    filter: filterQuery,
  }),
  ok: { status: 200, body: ChartData },
  problems: [
    'execution-not-found',
    'results-not-ready',
    'results-lost',
    'results-past-retention',
    'results-query-refused',
  ],
})

/** What names a thing: it is counted, never added or averaged, whatever its type (F-24). */
export function isIdentifier({ name }: Pick<ResultColumn, 'name'>): boolean {
  return /(^|_)(u?ids?|asins?|sku|code|uuid|key|hash)(_string)?$/i.test(name)
}

/** Numbers of which a sum says nothing: a share, a price, an average of each row. */
export function isRate({ name }: Pick<ResultColumn, 'name'>): boolean {
  return /(^|_)(rate|ratio|share|pct|percent(age)?|ctr|vtr|vcr|cvr|dpvr|cpc|cpm|cpa|cpp|roas|acos|tacos|avg|average|mean|median|frequency|index|lift|per|price)(_|$)/i.test(
    name,
  )
}

/** How the values of a column become one where a chart does not say: rates are averaged, all else is added. */
export function usualAggregate(column: Pick<ResultColumn, 'name'>): 'mean' | 'sum' {
  return isRate(column) ? 'mean' : 'sum'
}
