import { z } from 'zod'

/** A column of the result by its name. */
const Column = z.string().min(1).max(300)
/** Columns of numbers; none: rows are counted. A seventh series would no longer be told apart. */
const values = z.array(Column).max(6)
const value = Column.exactOptional()

/** How the rows that fall on one point become one value. */
export const chartAggregates = ['sum', 'mean', 'median', 'min', 'max'] as const

/** Absent: by what the column is; amounts and counts are added, rates averaged. */
const aggregate = z.enum(chartAggregates).exactOptional()

/** The parts of a whole day or longer that times are put together to; absent: as fine as can be drawn. */
export const chartGrains = ['hour', 'day', 'week', 'month'] as const

const alongAxis = {
  x: Column,
  values,
  /** One line or bar for each of its values; with it there is one column of values. */
  series: Column.exactOptional(),
  aggregate,
  grain: z.enum(chartGrains).exactOptional(),
}

const oneValue = { value, aggregate }

/**
 * How a result is drawn: the kind, and which column of the result plays which part. It belongs to a query or a template and not to one
 * result, so a result may lack what it names.
 */
export const ChartDescription = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('line'),
    ...alongAxis,
    /** A number of people that is drawn as bars behind a rate, with an axis of its own. */
    behind: Column.exactOptional(),
  }),
  z.strictObject({ kind: z.literal('bar'), ...alongAxis }),
  z.strictObject({ kind: z.literal('stacked-bar'), ...alongAxis }),
  /** One column whose values are the stages, the largest first; or several columns of numbers, each a stage, in their order. */
  z.strictObject({ kind: z.literal('funnel'), stages: z.array(Column).min(1).max(12), ...oneValue }),
  /** From column to column; or one column that holds whole paths, as `[[1, DSP], [2, SP]]` or `DSP > SP`. */
  z.strictObject({ kind: z.literal('sankey'), steps: z.array(Column).min(1).max(8), ...oneValue }),
  /** Sets that overlap: a column of yes and no (also 1 and 0) a set, or one column that names the sets, as `[DSP, SP]` or `DSP, SP`. */
  z.strictObject({ kind: z.literal('overlap'), sets: z.array(Column).min(1).max(8), ...oneValue }),
  z.strictObject({ kind: z.literal('heatmap'), x: Column, y: Column, ...oneValue }),
  z.strictObject({
    kind: z.literal('scatter'),
    x: Column,
    y: Column,
    size: Column.exactOptional(),
    /** What a point is. */
    label: Column.exactOptional(),
    series: Column.exactOptional(),
  }),
  /** How often values occur; with a value, how much of it falls on them. */
  z.strictObject({ kind: z.literal('histogram'), x: Column, value }),
])
export type ChartDescription = z.infer<typeof ChartDescription>
export type ChartKind = ChartDescription['kind']

/** The columns that a chart names, each once. */
export function chartColumns(chart: ChartDescription): string[] {
  return [...new Set(columnsOf(chart).filter((column) => column !== undefined))]
}

function columnsOf(chart: ChartDescription): (string | undefined)[] {
  switch (chart.kind) {
    case 'line':
      return [chart.x, ...chart.values, chart.series, chart.behind]
    case 'bar':
    case 'stacked-bar':
      return [chart.x, ...chart.values, chart.series]
    case 'funnel':
      return [...chart.stages, chart.value]
    case 'sankey':
      return [...chart.steps, chart.value]
    case 'overlap':
      return [...chart.sets, chart.value]
    case 'heatmap':
      return [chart.x, chart.y, chart.value]
    case 'scatter':
      return [chart.x, chart.y, chart.size, chart.label, chart.series]
    case 'histogram':
      return [chart.x, chart.value]
  }
}
