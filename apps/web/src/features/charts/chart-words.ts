import type { ChartData, ChartDescription } from '@recomamp/contracts'
import { counts } from '#messages/counts.ts'
import { charts as t } from '#messages/charts.ts'
import { figure } from '#platform/words.ts'
import { isUnsettled } from './axis-option.ts'
import { roleOf } from './column-roles.ts'
import { numberOf } from './chart-values.ts'
import { type DayState, keyTexts, measureFormat, measureName } from './drawing.ts'

const inPercent = new Intl.NumberFormat('en-US', { style: 'percent', maximumFractionDigits: 1 })

/** What a chart shows, as its title: `sales by campaign`. */
export function headingOf(chart: ChartDescription, data: ChartData): string {
  const names = data.measures.map((_, at) => measureName(data, at))
  const keys = chart.kind === 'scatter' ? [] : data.keys.map(({ name }) => name)
  return t.heading(names.join(t.and), [...new Set(keys)].join(t.and))
}

/** The text alternative: kind, what it shows, how many points, and the extremes with their places. */
export function sentenceOf(chart: ChartDescription, data: ChartData): string {
  const { exact } = measureFormat(data, 0)
  const textsOf = data.keys.map((_, at) => keyTexts({ data }, at))
  const nameOf = (point: ChartData['points'][number]) =>
    point.keys.map((key, at) => textsOf[at]?.(key) ?? '').join(', ')
  const found = data.points.flatMap((point) => {
    const value = numberOf(point.values[0])
    return value === null ? [] : [{ value, name: nameOf(point) }]
  })
  const sorted = found.toSorted((a, b) => b.value - a.value)
  const [most, least] = [sorted[0], sorted.at(-1)]
  const said = t.sentence(chart.kind, headingOf(chart, data), counts.points(data.points.length))
  if (most === undefined || least === undefined) return said
  return `${said} ${t.extremes(exact(most.value), most.name, exact(least.value), least.name)}`
}

/** What has to be known to read the chart: what was put together, left out, filtered or is not final. */
export function notesOf(chart: ChartDescription, data: ChartData, dayState: DayState): string[] {
  const notes: string[] = []
  if (data.grain !== null) notes.push(t.notes.grain[data.grain])
  if (data.step !== null) notes.push(t.notes.step(figure(data.step)))
  data.folded.forEach((folded, at) => {
    if (folded === 0) return
    const shown = new Set(data.points.flatMap(({ keys }) => (keys[at]?.is === 'value' ? [keys[at].text] : []))).size
    notes.push(t.notes.folded(shown, shown + folded, data.keys[at]?.name ?? ''))
  })
  if (data.drawnCount < data.matchingCount) {
    const words = chart.kind === 'scatter' ? t.notes.evenly : t.notes.drawn
    notes.push(words(figure(data.drawnCount), figure(data.matchingCount)))
  }
  const peopleAdded = data.measures.some(
    ({ column, aggregate }) => aggregate === 'sum' && column !== null && roleOf(column) === 'people',
  )
  if (data.isAggregated && peopleAdded) notes.push(t.notes.people)
  const total = data.points.reduce((sum, { values }) => sum + (numberOf(values[0]) ?? 0), 0)
  const filtered = data.points.reduce((sum, point) => sum + (numberOf(point.filtered[0]) ?? 0), 0)
  if (filtered > 0 && total > 0) notes.push(t.notes.filtered(inPercent.format(filtered / total)))
  const unsettled = new Set(
    data.points.flatMap(({ keys: [key] }) =>
      key?.is === 'value' && isUnsettled({ data, dayState }, key) ? [key.text] : [],
    ),
  )
  if (unsettled.size > 0)
    notes.push(
      t.notes.unsettled((data.grain === null || data.grain === 'day' ? counts.days : counts.points)(unsettled.size)),
    )
  return notes
}
