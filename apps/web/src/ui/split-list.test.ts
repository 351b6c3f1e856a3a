import { expect, test } from 'vitest'
import { splitList } from './split-list.ts'

test('a pasted column is split at commas, tabs and lines; each value comes once, without quotes', () => {
  expect(splitList('1\r\n2\t3, "4" ,\'5\',,2\n')).toEqual(['1', '2', '3', '4', '5'])
  expect(splitList('Ridge Tents prospecting')).toEqual(['Ridge Tents prospecting'])
  expect(splitList(' \n')).toEqual([])
})
