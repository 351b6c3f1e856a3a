import { operatorsOf, Problem, type ResultFilter, type ResultSort, type ValueKind } from '@recomamp/contracts'
import { z } from 'zod'
import { identifier } from './duckdb-session.ts'
import type { LayoutColumn, ResultLayout } from './result-layout.ts'

/** A piece of SQL whose `?` are filled from outside: nothing that a person wrote stands in the text. */
export interface BoundSql {
  text: string
  values: readonly string[]
}

/** One key of an order by columns of the file. */
export interface SortKey {
  field: string
  stored: string
  isDescending: boolean
}

/** The value column of a name; a Problem results-query-refused where the result has none. */
export function requireColumn(layout: ResultLayout, name: string): LayoutColumn {
  const column = layout.find((one) => one.purpose === 'value' && one.name === name)
  if (column === undefined) throw new Problem('results-query-refused', `The result has no column ${name}`)
  return column
}

/** The condition that all filters hold, for a WHERE. */
export function conditionOf(layout: ResultLayout, filters: readonly ResultFilter[]): BoundSql {
  const conditions = filters.map((filter) => oneCondition(requireColumn(layout, filter.column), filter))
  if (conditions.length === 0) return { text: 'true', values: [] }
  return {
    text: conditions.map(({ text }) => `(${text})`).join(' and '),
    values: conditions.flatMap(({ values }) => values),
  }
}

/** The keys of an order, for `orderOf`. */
export function sortKeysOf(layout: ResultLayout, sort: readonly ResultSort[]): SortKey[] {
  return sort.map(({ column, direction }) => {
    const { field, stored } = requireColumn(layout, column)
    return { field, stored, isDescending: direction === 'desc' }
  })
}

/** What the values of a stored column are: where a type could not be kept, they are text. */
export function kindOf(stored: string): ValueKind {
  if (stored === 'BIGINT' || stored === 'DOUBLE' || stored.startsWith('DECIMAL')) return 'number'
  if (stored === 'BOOLEAN') return 'boolean'
  if (stored === 'DATE') return 'date'
  return stored === 'TIMESTAMP' ? 'time' : 'text'
}

const comparisons = { less: '<', 'at-most': '<=', greater: '>', 'at-least': '>=' } as const

function oneCondition(column: LayoutColumn, filter: ResultFilter): BoundSql {
  const kind = kindOf(column.stored)
  const field = identifier(column.field)
  if (!operatorsOf[kind].includes(filter.operator)) {
    const known = operatorsOf[kind].join(', ')
    throw new Problem('results-query-refused', `${column.name} holds ${words[kind]}, which answers to: ${known}`)
  }
  switch (filter.operator) {
    case 'is-null':
      return { text: `${field} is null`, values: [] }
    case 'is-not-null':
      return { text: `${field} is not null`, values: [] }
    case 'contains':
      return { text: `contains(lower(${field}), lower(?))`, values: [filter.value] }
    case 'starts-with':
      return { text: `starts_with(lower(${field}), lower(?))`, values: [filter.value] }
    case 'equals':
      return { text: `${field} = cast(? as ${valueType(column, filter.value)})`, values: [filter.value] }
    case 'not-equals':
      return { text: `${field} is distinct from cast(? as ${valueType(column, filter.value)})`, values: [filter.value] }
    default:
      return {
        text: `${field} ${comparisons[filter.operator]} cast(? as ${valueType(column, filter.value)})`,
        values: [filter.value],
      }
  }
}

const words: Record<ValueKind, string> = {
  text: 'text',
  number: 'numbers',
  boolean: 'true and false',
  date: 'dates',
  time: 'times',
}

const Day = z.iso.date()
const Time = z.union([z.iso.date(), z.iso.datetime({ local: true, offset: false })])

/** The type to which a given value is cast, exact for its digits; a Problem where the column cannot hold such a value. */
function valueType(column: LayoutColumn, value: string): string {
  switch (kindOf(column.stored)) {
    case 'number':
      return numberType(column, value)
    case 'boolean':
      if (value !== 'true' && value !== 'false') throw unfit(column, value, 'true or false')
      return 'BOOLEAN'
    case 'date':
      if (!Day.safeParse(value).success) throw unfit(column, value, 'a day such as 2026-11-02')
      return 'DATE'
    case 'time':
      if (!Time.safeParse(value).success) throw unfit(column, value, 'a time such as 2026-11-02T14:30:00')
      return 'TIMESTAMP'
    case 'text':
      return 'VARCHAR'
  }
}

function numberType(column: LayoutColumn, value: string): string {
  const digits = /^[+-]?0*(\d*)(?:\.(\d*))?$/.exec(value)
  if (digits === null || !/\d/.test(value)) {
    if (!/^[+-]?\d+(\.\d+)?[eE][+-]?\d{1,3}$/.test(value)) throw unfit(column, value, 'a number such as -12.5')
    return 'DOUBLE'
  }
  if (column.stored === 'DOUBLE') return 'DOUBLE'
  const [whole, scale] = [digits[1]?.length ?? 0, digits[2]?.length ?? 0]
  if (column.stored === 'BIGINT' && scale === 0 && whole <= 18) return 'BIGINT'
  const precision = Math.max(1, whole + scale)
  return precision > 38 ? 'DOUBLE' : `DECIMAL(${precision},${scale})`
}

function unfit(column: LayoutColumn, value: string, example: string): Problem {
  return new Problem('results-query-refused', `${column.name} is compared with ${example}, not with “${value}”`)
}
