import { WorkflowContent } from '@recomamp/contracts'
import { expect, test } from 'vitest'
import { differencesBeside } from './differences.ts'

const content = (rest: object) =>
  WorkflowContent.parse({ name: 'Reach', sqlQuery: 'SELECT 1', parameters: [], values: {}, ...rest })
const cap = { name: 'cap', type: 'INTEGER', list: false, whenEmpty: 'error' }

test('what is equal is not told, and the text is not looked at', () => {
  expect(differencesBeside(content({}), content({ sqlQuery: 'SELECT 2' }))).toEqual([])
})

test('names, declarations and values are told from left to right', () => {
  const left = content({ parameters: [{ ...cap, name: 'gone' }, cap], values: { cap: 20 } })
  const right = content({
    name: 'Wide reach',
    parameters: [
      { ...cap, default: 25 },
      { ...cap, name: 'new', list: true },
    ],
  })
  expect(differencesBeside(left, right).map(({ kind, subject, words }) => [kind, subject, words].join(' | '))).toEqual([
    'name |  | Reach → Wide reach',
    'parameter | cap | INTEGER → INTEGER, default 25',
    'parameter | gone | taken out: INTEGER',
    'parameter | new | new: list of INTEGER',
    'value | cap | 20 → not set',
  ])
})
