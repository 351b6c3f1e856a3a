import type { ChartData, ChartDescription, ChartKey } from '@recomamp/contracts'
import { charts as t } from '#messages/charts.ts'
import type { ChartTheme } from './chart-theme.ts'
import { formatOf, keyText, numberOf, type ValueFormat } from './chart-values.ts'

/** Whether the data of a day may still change, as the words of the product have it. */
export type DayState = (date: string) => 'settled' | 'settling' | 'incomplete'

/** All that a chart is drawn from. */
export interface Drawing<Chart extends ChartDescription = ChartDescription> {
  chart: Chart
  data: ChartData
  theme: ChartTheme
  width: number
  height: number
  dayState: DayState
}

/** The texts of the keys of one column. */
export function keyTexts({ data }: Pick<Drawing, 'data'>, at: number): (key: ChartKey) => string {
  return (key) => keyText(key, data.keys[at], data.folded[at], at === 0 ? data.grain : null)
}

export function measureName(data: ChartData, at: number): string {
  const measure = data.measures[at]
  // Of a single row every aggregate is the value itself.
  return t.measure(data.isAggregated ? (measure?.aggregate ?? null) : null, measure?.column?.name ?? null)
}

export function measureFormat(data: ChartData, at: number): ValueFormat {
  return formatOf(
    data.measures[at],
    data.points.map(({ values }) => numberOf(values[at])),
  )
}

/** The colour of a series: what stands for many or for nothing is grey, what Amazon hid is plum. */
export function colorOf(theme: ChartTheme, key: ChartKey | null, at: number): string {
  if (key?.is === 'filtered') return theme.guard
  if (key !== null && key.is !== 'value') return theme.other
  return theme.series[at % theme.series.length] ?? theme.other
}

/** What all charts share. Tooltips are drawn, since the page's policy allows no inline styles. */
export function common({ theme }: Pick<Drawing, 'theme'>) {
  return {
    animation: false,
    textStyle: { fontFamily: theme.font, fontSize: 11, color: theme.text2 },
    aria: { enabled: true, label: { enabled: false }, decal: { show: false } },
  }
}

export function tooltip({ theme }: Pick<Drawing, 'theme'>, rest: Record<string, unknown>) {
  return {
    renderMode: 'richText',
    confine: true,
    backgroundColor: theme.raised,
    borderColor: theme.line,
    borderWidth: 1,
    padding: 8,
    textStyle: { color: theme.text, fontFamily: theme.font, fontSize: 12 },
    ...rest,
  }
}

/** Patterns that tell series apart without their hue. */
export function decals({ theme }: Pick<Drawing, 'theme'>, count: number) {
  if (count < 2) return {}
  const base = { color: theme.surface, dashArrayX: [1, 0] as [number, number] }
  return {
    decals: [
      { symbol: 'none' },
      { ...base, dashArrayY: [1.5, 6], rotation: Math.PI / 4 },
      {
        ...base,
        dashArrayX: [
          [6, 6],
          [0, 6, 6, 0],
        ],
        dashArrayY: [6, 0],
        symbol: 'circle',
        symbolSize: 0.5,
      },
      { ...base, dashArrayY: [1.5, 6], rotation: 0 },
      { ...base, dashArrayY: [1.5, 6], rotation: -Math.PI / 4 },
      { ...base, dashArrayY: [1.5, 6], rotation: Math.PI / 2 },
    ],
  }
}
