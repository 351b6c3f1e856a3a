import { expect, test } from 'vitest'
import { changedLines, placeInWords } from './report-text.ts'

test('a correction shows the line that it changes, with all that it changes there', () => {
  const text = 'SELECT a,\n  SUM(purchase) / SUM(purchase)\nFROM t'
  const at = [text.indexOf('purchase'), text.lastIndexOf('purchase')] as const
  const edits = at.map((from) => ({ from, to: from + 8, text: 'purchases' }))
  expect(changedLines(text, edits)).toEqual({
    before: 'SUM(purchase) / SUM(purchase)',
    after: 'SUM(purchases) / SUM(purchases)',
  })
  expect(changedLines('a', [{ from: 0, to: 1, text: 'b' }])).toEqual({ before: 'a', after: 'b' })
  expect(changedLines('a', [])).toEqual({ before: '', after: '' })
})

test('a place is told in lines and columns, and no more than is needed of them', () => {
  const place = { from: 0, to: 0, line: 3, column: 9, toLine: 3, toColumn: 22 }
  expect(placeInWords(place)).toBe('line 3, column 9 to 22')
  expect(placeInWords({ ...place, toColumn: 9 })).toBe('line 3, column 9')
  expect(placeInWords({ ...place, toLine: 4 })).toBe('line 3, column 9 to line 4, column 22')
})
