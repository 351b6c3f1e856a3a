import { type ChartData, type ChartKey, isRate, type ResultColumn, valueKindOf } from '@recomamp/contracts'
import { charts as t } from '#messages/charts.ts'
import { dayInWords } from '#platform/words.ts'
import { roleOf } from './column-roles.ts'

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const fine = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 4 })
const amount = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const short = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 })

export interface ValueFormat {
  /** In tables, labels and sentences. */
  exact(value: number): string
  /** On an axis. */
  short(value: number): string
}

/** How the values of a measure are written: shares in per cent, money with two digits, counts whole. */
export function formatOf(
  measure: ChartData['measures'][number] | undefined,
  values: readonly (number | null)[],
): ValueFormat {
  const column = measure?.column ?? null
  if (measure !== undefined && measure.money !== null)
    return { exact: (value) => amount.format(value), short: (value) => short.format(value) }
  if (column !== null && isRate(column)) {
    const isPercent = /(^|_)(pct|percent|percentage)(_|$)/i.test(column.name)
    const isShare = /(^|_)(rate|share|ctr|vtr|vcr|cvr|dpvr)(_|$)/i.test(column.name)
    if (isPercent || (isShare && values.every((value) => value === null || Math.abs(value) <= 1))) {
      const inPercent = (value: number) => `${fine.format(isPercent ? value : value * 100)} %`
      return { exact: inPercent, short: inPercent }
    }
    return { exact: (value) => fine.format(value), short: (value) => short.format(value) }
  }
  if (column !== null && roleOf(column) === 'money')
    return { exact: (value) => amount.format(value), short: (value) => short.format(value) }
  const isWhole = values.every((value) => value === null || Number.isInteger(value))
  return { exact: (value) => (isWhole ? whole : fine).format(value), short: (value) => short.format(value) }
}

/** The text of a key for people; `folded` is how many values "other" stands for. */
export function keyText(
  key: ChartKey,
  column: ResultColumn | undefined,
  folded = 0,
  grain: ChartData['grain'] = null,
): string {
  switch (key.is) {
    case 'null':
      return t.nullKey
    case 'filtered':
      return t.filteredKey
    case 'other':
      return t.otherKey(folded)
    case 'value': {
      if (column !== undefined && ['date', 'time'].includes(valueKindOf(column.dataType)))
        return timeText(key.text, grain)
      return column !== undefined && ['order', 'count', 'people', 'money', 'rate'].includes(roleOf(column))
        ? numberText(key.text)
        : key.text
    }
  }
}

function timeText(text: string, grain: ChartData['grain']): string {
  const day = dayInWords(text.slice(0, 10))
  const time = text.slice(11, 16)
  return text.length <= 10 || (grain !== null && grain !== 'hour') || time === '00:00' ? day : `${day} ${time}`
}

function numberText(text: string): string {
  const value = Number(text)
  return Number.isFinite(value) ? fine.format(value) : text
}

/** How much of the currency one of each unit is. */
const worth = { microcents: 1e-8, millicents: 1e-5, currency: 1 } as const

/** The same with every amount of money in whole units of its currency, as it is read. */
export function inCurrency(data: ChartData): ChartData {
  const factors = data.measures.map(({ money }) => (money === null ? 1 : worth[money]))
  if (factors.every((factor) => factor === 1)) return data
  const scaled = (cells: ChartData['points'][number]['values']) =>
    cells.map((cell, at) => {
      const value = numberOf(cell)
      const factor = factors[at] ?? 1
      return value === null || factor === 1 ? cell : String(value * factor)
    })
  const points = data.points.map((point) => ({
    ...point,
    values: scaled(point.values),
    filtered: scaled(point.filtered),
  }))
  return { ...data, points }
}

/** A cell as a number to draw; the exact text is shown where it matters. */
export function numberOf(cell: string | null | undefined): number | null {
  if (cell === null || cell === undefined) return null
  const value = Number(cell)
  return Number.isFinite(value) ? value : null
}
