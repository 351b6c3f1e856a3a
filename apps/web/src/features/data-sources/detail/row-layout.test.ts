import { array, assert, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { rowAtTop, rowEdges, rowsInView, topOfRow } from './row-layout.ts'

test('S-008: the rows in view are drawn with a few beyond, and what an open row holds moves those behind it', () => {
  const layout = { edges: rowEdges(Array.from({ length: 5000 }, () => 29)), open: null }
  expect(rowsInView(layout, 29 * 1000, 290)).toEqual({ first: 992, last: 1019 })
  expect(rowsInView(layout, -400, 290)).toEqual({ first: 0, last: 9 })
  const open = { ...layout, open: { at: 3, height: 100 } }
  expect([3, 4, 5000].map((row) => topOfRow(open, row))).toEqual([87, 216, 145_100])
  expect([86, 87, 190, 215, 216].map((top) => rowAtTop(open, top))).toEqual([2, 3, 3, 3, 4])
})

test('without rows there is nothing to draw', () => {
  expect(rowsInView({ edges: rowEdges([]), open: null }, 0, 900)).toEqual({ first: 0, last: 0 })
})

test('the row at the top of a row is that row, wherever one is open', () => {
  const heights = array(integer({ min: 20, max: 60 }), { minLength: 1, maxLength: 60 })
  assert(
    property(heights, integer({ min: 0, max: 600 }), integer({ min: 0 }), (each, height, seed) => {
      const layout = { edges: rowEdges(each), open: { at: seed % each.length, height } }
      each.forEach((_, row) => expect(rowAtTop(layout, topOfRow(layout, row))).toBe(row))
    }),
  )
})
