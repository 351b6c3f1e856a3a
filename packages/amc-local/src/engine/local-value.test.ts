import {
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBStructValue,
  DuckDBTimestampValue,
} from '@duckdb/node-api'
import { expect, test } from 'vitest'
import { toLocalValue } from './local-value.ts'

test('numbers, texts and NULL stay what they are', () => {
  expect([null, true, 7, 9007199254740993n, 'a'].map(toLocalValue)).toEqual([null, true, 7, 9007199254740993n, 'a'])
})

test('a decimal keeps all its digits as text', () => {
  expect(toLocalValue(new DuckDBDecimalValue(12345678901234567890123n, 38, 4))).toBe('1234567890123456789.0123')
  expect(toLocalValue(new DuckDBDecimalValue(-5n, 38, 2))).toBe('-0.05')
})

test('days and times are spelt as in the result files of AMC', () => {
  expect(toLocalValue(new DuckDBDateValue(19_000))).toBe('2022-01-08')
  expect(toLocalValue(new DuckDBTimestampValue(1_666_735_860_123_999n))).toBe('2022-10-25T22:11:00.123Z')
  expect(toLocalValue(new DuckDBTimestampValue(-1n))).toBe('1969-12-31T23:59:59.999Z')
})

test('arrays and named rows become nested arrays without labels', () => {
  const row = new DuckDBStructValue({ step: 1, campaign: 'STV' })
  expect(toLocalValue(new DuckDBListValue([row, null]))).toEqual([[1, 'STV'], null])
})

test('binary is base64', () => {
  expect(toLocalValue(new DuckDBBlobValue(new Uint8Array([104, 105])))).toBe('aGk=')
})
