import { expect, test } from 'vitest'
import { factTable, literal, repeatByShare } from './sql-text.ts'

test('literals are quoted so that no value becomes syntax', () => {
  expect(literal("it's")).toBe("'it''s'")
  expect(literal(null)).toBe('NULL')
  expect(literal(12n)).toBe('12')
  expect(literal(['a', 'b'])).toBe("['a', 'b']")
})

test('a table of facts is temporary unless its name has a schema', () => {
  expect(factTable('t', { a: 'INTEGER', b: 'VARCHAR' }, [[1, 'x']])).toBe(
    "CREATE TEMP TABLE t AS SELECT a::INTEGER AS a, b::VARCHAR AS b FROM (VALUES (1, 'x')) t(a, b)",
  )
  expect(factTable('store.t', { a: 'INTEGER' }, [[1]])).toMatch(/^CREATE TABLE store\.t AS/)
})

test('an index appears as often as its share', () => {
  expect(repeatByShare([2, 0, 1])).toEqual([0, 0, 2])
})
