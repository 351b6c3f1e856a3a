import { isIdentifier, isRate, type ResultColumn, valueKindOf } from '@recomamp/contracts'

/** What a column is to a chart: where something stands (time, order, category, flag, path), what names it, or how much there is. */
export type ColumnRole =
  | 'time'
  /** Numbers that stand in a row, such as the bucket of a frequency. */
  | 'order'
  | 'category'
  | 'flag'
  | 'path'
  | 'identifier'
  | 'money'
  | 'count'
  /** Different people: in several rows the same person may be counted again. */
  | 'people'
  | 'rate'

const places =
  /(^|_)(bucket|decile|quartile|percentile|rank|position|step|tier|level|hour|day|week|month|quarter|year)s?(_|$)|^frequency$/i
const borders = /(^|_)(start|end|first|last|created)(_|$)/i
const yesOrNo = /^(is|has|was|saw|exposed|in)_/i
const people =
  /(^|_)(users?|people|persons?|reach|audience|customers?|shoppers?|buyers?|purchasers?|unique|viewers?)(_|$)/i
const money = /(^|_)(sales|cost|spend|revenue|fees?|amount|budget|value)(_|$)/i

/** The role of a column, from its type, its name and whether AMC takes it for a metric. */
export function roleOf(column: ResultColumn): ColumnRole {
  const kind = valueKindOf(column.dataType)
  // When a campaign began says something of the campaign; nothing happens along it.
  if (kind === 'date' || kind === 'time') return borders.test(column.name) ? 'category' : 'time'
  if (kind === 'boolean') return 'flag'
  if (isIdentifier(column)) return 'identifier'
  if (kind === 'text')
    return /^(ARRAY|STRUCT|ROW)/.test(column.dataType) || /(^|_)path$/i.test(column.name) ? 'path' : 'category'
  if (yesOrNo.test(column.name) && column.columnType === 'DIMENSION') return 'flag'
  if (column.columnType === 'DIMENSION' && places.test(column.name) && !people.test(column.name)) return 'order'
  if (isRate(column)) return 'rate'
  if (people.test(column.name)) return 'people'
  return money.test(column.name) ? 'money' : 'count'
}

/** Whether a column has a height: it can be added, averaged or compared. */
export function isMeasure(column: ResultColumn): boolean {
  return ['money', 'count', 'people', 'rate'].includes(roleOf(column))
}

/** Whether a column holds numbers that a chart may measure: also those that usually only say where something stands. */
export function isNumeric(column: ResultColumn): boolean {
  return valueKindOf(column.dataType) === 'number' && !isIdentifier(column)
}
