import {
  type ChartDescription,
  type ChartData,
  chartBounds,
  isIdentifier,
  Problem,
  usualAggregate,
} from '@recomamp/contracts'
import type { LayoutColumn, ResultLayout } from './result-layout.ts'
import { kindOf, requireColumn } from './result-query.ts'

/** How the values of a key are put in order, and what happens to those that have no room. */
export interface KeyPlan {
  column: LayoutColumn
  /** `size`: the largest first; `label`: by their text; `value`: times and numbers along their axis. */
  order: 'size' | 'label' | 'value'
  /** The most values; of texts the further ones are "other", times become coarser, numbers fall into steps. */
  most: number
}

export type Aggregate = NonNullable<ChartData['measures'][number]['aggregate']>

export interface MeasurePlan {
  /** Null: rows are counted. */
  column: LayoutColumn | null
  aggregate: Aggregate | null
}

/** What has to be read for a chart. */
export type ChartPlan =
  /** One point for each combination of keys; `most` of them, the largest, where the keys have no bounds of their own. */
  | { read: 'groups'; keys: KeyPlan[]; measures: MeasurePlan[]; most: number | null; grain: ChartData['grain'] }
  /** One point for each row. */
  | { read: 'rows'; keys: KeyPlan[]; measures: MeasurePlan[]; most: number }
  /** How often the values of a column fall into steps. */
  | { read: 'steps'; column: LayoutColumn; measure: MeasurePlan }

/** What a chart needs of a result; a Problem results-query-refused where the result cannot give it. */
export function planOf(layout: ResultLayout, chart: ChartDescription): ChartPlan {
  const column = (name: string) => requireColumn(layout, name)
  const numbers = (name: string) => requireNumbers(column(name))
  const measuresOf = (names: readonly (string | undefined)[]): MeasurePlan[] => {
    const columns = names.flatMap((name) => (name === undefined ? [] : [numbers(name)]))
    if (columns.length === 0) return [{ column: null, aggregate: 'sum' }]
    const asked = 'aggregate' in chart ? chart.aggregate : undefined
    return columns.map((one) => ({ column: one, aggregate: asked ?? usualAggregate(one) }))
  }
  switch (chart.kind) {
    case 'line':
    case 'bar':
    case 'stacked-bar': {
      if (chart.series !== undefined && chart.values.length > 1)
        throw new Problem(
          'results-query-refused',
          `With a series for each ${chart.series} there is one column of values`,
        )
      const isLine = chart.kind === 'line'
      const behind = chart.kind === 'line' ? chart.behind : undefined
      const bound = isLine ? chartBounds.along : chartBounds.bars
      return {
        read: 'groups',
        keys: [
          alongAxis(column(chart.x), isLine ? 'label' : 'size', bound),
          ...(chart.series === undefined ? [] : [series(column(chart.series))]),
        ],
        measures: [
          ...measuresOf(chart.values),
          ...(behind === undefined ? [] : [{ column: numbers(behind), aggregate: usualAggregate(numbers(behind)) }]),
        ],
        most: null,
        grain: chart.grain ?? null,
      }
    }
    case 'funnel':
      if (chart.stages.length > 1) return whole(measuresOf(chart.stages))
      return combinations(chart.stages.map(column), measuresOf([chart.value]))
    case 'sankey':
      return combinations(chart.steps.map(column), measuresOf([chart.value]))
    case 'overlap':
      return combinations(chart.sets.map(column), measuresOf([chart.value]))
    case 'heatmap':
      return {
        read: 'groups',
        keys: [
          alongAxis(column(chart.x), 'label', chartBounds.heatmap.x),
          alongAxis(column(chart.y), 'label', chartBounds.heatmap.y),
        ],
        measures: measuresOf([chart.value]),
        most: null,
        grain: null,
      }
    case 'scatter':
      return {
        read: 'rows',
        keys: [
          ...(chart.label === undefined ? [] : [unbounded(column(chart.label))]),
          ...(chart.series === undefined ? [] : [series(column(chart.series))]),
        ],
        measures: [chart.x, chart.y, ...(chart.size === undefined ? [] : [chart.size])].map((name) => ({
          column: numbers(name),
          aggregate: null,
        })),
        most: chartBounds.scatter,
      }
    case 'histogram': {
      const measure: MeasurePlan =
        chart.value === undefined
          ? { column: null, aggregate: 'sum' }
          : { column: numbers(chart.value), aggregate: 'sum' }
      return { read: 'steps', column: numbers(chart.x), measure }
    }
  }
}

function requireNumbers(column: LayoutColumn): LayoutColumn {
  if (kindOf(column.stored) !== 'number')
    throw new Problem('results-query-refused', `${column.name} holds no numbers, so it has no height in a chart`)
  if (isIdentifier(column))
    throw new Problem('results-query-refused', `${column.name} names things: it can be counted, but not added`)
  return column
}

function alongAxis(column: LayoutColumn, texts: 'label' | 'size', most: number): KeyPlan {
  const kind = kindOf(column.stored)
  const isScale = kind === 'date' || kind === 'time' || (kind === 'number' && !isIdentifier(column))
  return isScale
    ? { column, order: 'value', most }
    : { column, order: texts, most: Math.min(most, chartBounds.categories) }
}

function series(column: LayoutColumn): KeyPlan {
  return { column, order: 'size', most: chartBounds.series }
}

function unbounded(column: LayoutColumn): KeyPlan {
  return { column, order: 'label', most: Infinity }
}

function combinations(columns: LayoutColumn[], measures: MeasurePlan[]): ChartPlan {
  return { read: 'groups', keys: columns.map(unbounded), measures, most: chartBounds.groups, grain: null }
}

function whole(measures: MeasurePlan[]): ChartPlan {
  return { read: 'groups', keys: [], measures, most: null, grain: null }
}
