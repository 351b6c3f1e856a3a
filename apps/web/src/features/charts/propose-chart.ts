import type { ChartDescription, ChartKind, ResultColumn } from '@recomamp/contracts'
import { chartColumns } from '@recomamp/contracts'
import { type ColumnRole, isMeasure, isNumeric, roleOf } from './column-roles.ts'

export const chartKinds = [
  'line',
  'bar',
  'stacked-bar',
  'funnel',
  'sankey',
  'overlap',
  'heatmap',
  'scatter',
  'histogram',
] as const satisfies readonly ChartKind[]

/** The chart that the columns of a result suggest; null where there is nothing to draw. Identifiers are never added (F-24). */
export function proposeChart(columns: readonly ResultColumn[], rowCount: number | null): ChartDescription | null {
  const has = (role: ColumnRole) => columns.some((column) => roleOf(column) === role)
  const measures = columns.filter(isMeasure)
  const kinds: ChartKind[] = []
  if (has('path')) kinds.push('sankey')
  if (columns.filter((column) => roleOf(column) === 'flag').length > 1) kinds.push('overlap')
  if (rowCount === 1 && measures.length > 1) kinds.push('funnel')
  if (has('time') || (has('order') && (has('rate') || has('category')))) kinds.push('line')
  if (columns.some((column) => /(^|_)(stage|funnel)/i.test(column.name))) kinds.push('funnel')
  if (columns.filter((column) => roleOf(column) === 'category').length > 1 && measures.length > 0)
    kinds.push('stacked-bar')
  if (has('order') || has('category') || has('identifier') || has('flag')) kinds.push('bar')
  kinds.push(measures.length > 1 ? 'scatter' : 'histogram', 'bar')
  for (const kind of kinds) {
    const chart = chartOf(kind, columns)
    if (chart !== null) return chart
  }
  return null
}

/** The best chart of a kind for the columns; null where they do not have what it takes. */
export function chartOf(kind: ChartKind, columns: readonly ResultColumn[]): ChartDescription | null {
  const named = (...roles: ColumnRole[]) =>
    roles.flatMap((role) => columns.filter((column) => roleOf(column) === role).map(({ name }) => name))
  const scale = named('time', 'order')[0]
  const [category, further] = named('category')
  const others = named('flag', 'identifier', 'path')
  const added = named('money', 'count', 'people')
  const [measure] = [...added, ...named('rate')]
  const value = measure === undefined ? {} : { value: measure }
  const numbers = columns.filter(isNumeric).map(({ name }) => name)
  switch (kind) {
    case 'line': {
      const x = scale ?? category
      if (x === undefined) return null
      const series = x === category ? further : category
      const rate = named('time').length === 0 ? named('rate')[0] : undefined
      const [behind] = named('people')
      const shown = rate ?? measure
      return {
        kind,
        x,
        values: shown === undefined ? [] : [shown],
        ...(series !== undefined && { series }),
        ...(series === undefined && rate !== undefined && behind !== undefined && { behind }),
      }
    }
    case 'bar': {
      const x = category ?? scale ?? others[0]
      return x === undefined ? null : { kind, x, values: measure === undefined ? [] : [measure] }
    }
    case 'stacked-bar': {
      const x = scale ?? category ?? others[0]
      if (x === undefined) return null
      const series = [category, further, ...named('flag')].find((name) => name !== undefined && name !== x)
      if (series !== undefined) return { kind, x, series, values: added.slice(0, 1) }
      return added.length > 1 ? { kind, x, values: named('count', 'people').slice(0, 4) } : null
    }
    case 'funnel': {
      const stage = columns.find(({ name }) => /(^|_)(stage|funnel)/i.test(name))?.name
      if (stage !== undefined) return { kind, stages: [stage], ...value }
      const stages = named('people', 'count')
      if (stages.length > 1) return { kind, stages: stages.slice(0, 8) }
      return category === undefined ? null : { kind, stages: [category], ...value }
    }
    case 'sankey': {
      const [path] = named('path')
      if (path !== undefined) return { kind, steps: [path], ...value }
      const steps = named('category', 'flag')
      return steps.length < 2 ? null : { kind, steps: steps.slice(0, 3), ...value }
    }
    case 'overlap': {
      const flags = named('flag')
      const sets = flags.length > 1 ? flags.slice(0, 8) : [...named('path'), ...named('category')].slice(0, 1)
      return sets.length === 0 ? null : { kind, sets, ...value }
    }
    case 'heatmap': {
      const [x, y] = [...named('time', 'order'), ...named('category', 'flag')]
      return x === undefined || y === undefined ? null : { kind, x, y, ...value }
    }
    case 'scatter': {
      const [x, y] = [
        ...named('money', 'count', 'people', 'rate'),
        ...numbers.filter((name) => named('order').includes(name)),
      ]
      if (x === undefined || y === undefined) return null
      const label = category ?? others[0]
      return { kind, x, y, ...(label !== undefined && { label }) }
    }
    case 'histogram': {
      const x = measure ?? numbers[0]
      return x === undefined ? null : { kind, x }
    }
  }
}

/** Whether a result has all columns that a chart names, and numbers where it measures. */
export function fits(chart: ChartDescription, columns: readonly ResultColumn[]): boolean {
  const byName = new Map(columns.map((column) => [column.name, column]))
  if (!chartColumns(chart).every((name) => byName.has(name))) return false
  return measuredColumns(chart).every((name) => {
    const column = byName.get(name)
    return column !== undefined && isNumeric(column)
  })
}

function measuredColumns(chart: ChartDescription): string[] {
  const optional = (name: string | undefined) => (name === undefined ? [] : [name])
  switch (chart.kind) {
    case 'line':
      return [...chart.values, ...optional(chart.behind)]
    case 'bar':
    case 'stacked-bar':
      return chart.values
    case 'funnel':
      return chart.stages.length > 1 ? chart.stages : optional(chart.value)
    case 'scatter':
      return [chart.x, chart.y, ...optional(chart.size)]
    case 'histogram':
      return [chart.x, ...optional(chart.value)]
    case 'sankey':
    case 'overlap':
    case 'heatmap':
      return optional(chart.value)
  }
}
