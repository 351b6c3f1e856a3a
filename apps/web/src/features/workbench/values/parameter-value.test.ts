import type { ParameterDeclaration } from '@recomamp/contracts'
import { expect, test } from 'vitest'
import { effectiveValue, valueFault } from './parameter-value.ts'

const declare = (change: Partial<ParameterDeclaration>): ParameterDeclaration => ({
  name: 'x',
  type: 'STRING',
  list: false,
  whenEmpty: 'error',
  ...change,
})

test('a missing value is a fault unless there is a default or empty means all', () => {
  expect(valueFault(declare({}), undefined)).toMatch(/x has no value/)
  expect(valueFault(declare({}), '')).toMatch(/x has no value/)
  expect(valueFault(declare({ default: 'a' }), '')).toBeNull()
  expect(valueFault(declare({ list: true }), [])).toMatch(/x has no value/)
  expect(valueFault(declare({ list: true, whenEmpty: 'all' }), [])).toBeNull()
  expect(effectiveValue(declare({ list: true, whenEmpty: 'all' }), undefined)).toEqual([])
})

test('a value must fit its type, in every entry of a list', () => {
  expect(valueFault(declare({ type: 'INTEGER' }), 25)).toBeNull()
  expect(valueFault(declare({ type: 'INTEGER' }), '2.5')).not.toBeNull()
  expect(valueFault(declare({ type: 'LONG', list: true }), ['1', '2x'])).not.toBeNull()
  expect(valueFault(declare({ type: 'LONG' }), '590000000000000123')).toBeNull()
  expect(valueFault(declare({ type: 'DATE' }), '2026-02-30')).not.toBeNull()
  expect(valueFault(declare({ type: 'TIMESTAMP' }), '2026-02-03T00:00:00Z')).not.toBeNull()
  expect(valueFault(declare({ type: 'BOOLEAN' }), false)).toBeNull()
})
