import type { ParameterDeclaration } from '@recomamp/contracts'
import { expect, test } from 'vitest'
import { mergeDeclarations } from './declarations.ts'

const declare = (change: Partial<ParameterDeclaration>): ParameterDeclaration => ({
  name: 'x',
  type: 'STRING',
  list: false,
  whenEmpty: 'error',
  ...change,
})

test('new names get a guess, declared ones keep their declaration, and unused declarations stay', () => {
  const cap = declare({ name: 'cap', type: 'INTEGER' })
  const gone = declare({ name: 'gone' })
  const merged = mergeDeclarations([gone, cap], [declare({ name: 'ids', list: true }), declare({ name: 'cap' })])
  expect(merged).toEqual([gone, cap, declare({ name: 'ids', list: true })])
})
