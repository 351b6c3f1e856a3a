import {
  type ResultColumn,
  type ResultFilter,
  type ResultOperator,
  type ValueKind,
  valueKindOf,
} from '@recomamp/contracts'
import { results as t } from '#messages/results.ts'

/** What a form asks of a column: one operator of the wire, a range of two bounds, or nothing. */
export type FilterChoice = 'any' | 'between' | ResultOperator

export interface FilterDraft {
  choice: FilterChoice
  /** The value, or the lower bound of a range; inclusive. */
  value: string
  /** The upper bound of a range; inclusive. */
  upTo: string
}

/** The choices that a kind of value offers, the most likely first. */
export function choicesOf(kind: ValueKind): readonly FilterChoice[] {
  const empty = ['is-null', 'is-not-null'] as const
  if (kind === 'text') return ['any', 'contains', 'starts-with', 'equals', 'not-equals', ...empty]
  if (kind === 'boolean') return ['any', 'equals', ...empty]
  return ['any', 'between', 'equals', 'not-equals', ...empty]
}

/** The form of the conditions that a column has. */
export function draftOf(kind: ValueKind, conditions: readonly ResultFilter[]): FilterDraft {
  const bound = (...operators: ResultOperator[]) => {
    const found = conditions.find(({ operator }) => operators.includes(operator))
    return found !== undefined && 'value' in found ? found.value : ''
  }
  const [first] = conditions
  if (first === undefined)
    return { choice: kind === 'text' ? 'contains' : kind === 'boolean' ? 'any' : 'between', value: '', upTo: '' }
  if (choicesOf(kind).includes(first.operator))
    return { choice: first.operator, value: 'value' in first ? first.value : '', upTo: '' }
  return { choice: 'between', value: bound('at-least', 'greater'), upTo: bound('at-most', 'less') }
}

/** The conditions of a form, or what is wrong with its fields. */
export function conditionsOf(
  { name, dataType }: ResultColumn,
  { choice, value, upTo }: FilterDraft,
): ResultFilter[] | { value?: string; upTo?: string } {
  const kind = valueKindOf(dataType)
  if (choice === 'any') return []
  if (choice === 'is-null' || choice === 'is-not-null') return [{ column: name, operator: choice }]
  const bounds: readonly [
    keyof Pick<FilterDraft, 'value' | 'upTo'>,
    Exclude<ResultOperator, 'is-null' | 'is-not-null'>,
    string,
  ][] =
    choice === 'between'
      ? [
          ['value', 'at-least', value],
          ['upTo', 'at-most', upTo],
        ]
      : [['value', choice, value]]
  const given = bounds.filter(([, , text]) => text !== '' || (kind === 'text' && choice === 'equals'))
  if (given.length === 0) return choice === 'between' ? [] : { value: t.menu.needsValue }
  const faults = given.filter(([, , text]) => !readable[kind].test(text.trim()))
  if (faults.length > 0) return Object.fromEntries(faults.map(([field]) => [field, t.menu.wanted[kind]]))
  return given.map(([, operator, text]) => ({ column: name, operator, value: kind === 'text' ? text : text.trim() }))
}

const readable: Record<ValueKind, RegExp> = {
  text: /^/,
  number: /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$/,
  boolean: /^(true|false)$/,
  date: /^\d{4}-\d\d-\d\d$/,
  time: /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,6})?)?)?$/,
}
