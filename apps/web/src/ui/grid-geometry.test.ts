import { expect, test } from 'vitest'
import {
  moveInGrid,
  pinnedThatFit,
  rowGeometry,
  rowsTop,
  scrollTopFor,
  visibleColumns,
  visibleRows,
} from './grid-geometry.ts'

test('a million rows fit what a browser can lay out, and both ends are exact', () => {
  const geometry = rowGeometry(1_000_000, 28, 600)
  expect(geometry.scrollHeight).toBeLessThan(17_000_000)
  expect(visibleRows(geometry, 0, 1_000_000).first).toBe(0)
  const end = geometry.scrollHeight - 600
  expect(rowsTop(geometry, end)).toBe(28_000_000 - 600)
  expect(visibleRows(geometry, end, 1_000_000).last).toBe(1_000_000)
})

test('any row can be scrolled to, and few rows are drawn', () => {
  const geometry = rowGeometry(1_000_000, 28, 600)
  for (const row of [0, 1, 499_999, 777_777, 999_970]) {
    const shown = visibleRows(geometry, scrollTopFor(geometry, row * 28), 1_000_000)
    expect(shown.first).toBeLessThanOrEqual(row)
    expect(shown.last).toBeGreaterThan(row)
    expect(shown.last - shown.first).toBeLessThanOrEqual(40)
  }
})

test('a short result scrolls one to one', () => {
  const geometry = rowGeometry(50, 28, 600)
  expect(geometry.scrollHeight).toBe(1400)
  expect(rowsTop(geometry, 280)).toBe(280)
  expect(visibleRows(rowGeometry(3, 28, 600), 0, 3)).toEqual({ first: 0, last: 3 })
})

test('only the columns on screen and their neighbours are drawn', () => {
  const edges = Array.from({ length: 101 }, (_, index) => index * 100)
  expect(visibleColumns(edges, 0, 500)).toEqual({ first: 0, last: 6 })
  expect(visibleColumns(edges, 2050, 500)).toEqual({ first: 19, last: 27 })
})

test('keys move within the grid and stop at its edges', () => {
  const size = { rows: 1000, columns: 5, pageRows: 20 }
  const at = { row: 10, column: 2 }
  expect(moveInGrid(at, 'ArrowDown', false, size)).toEqual({ row: 11, column: 2 })
  expect(moveInGrid(at, 'ArrowDown', true, size)).toEqual({ row: 999, column: 2 })
  expect(moveInGrid(at, 'Home', false, size)).toEqual({ row: 10, column: 0 })
  expect(moveInGrid(at, 'End', true, size)).toEqual({ row: 999, column: 4 })
  expect(moveInGrid({ row: 5, column: 2 }, 'PageUp', false, size)).toEqual({ row: 0, column: 2 })
  expect(moveInGrid(at, 'x', false, size)).toBeNull()
})

test('columns that stay leave at least half of the view to the others', () => {
  const edges = [0, 100, 300, 500]
  expect([pinnedThatFit(edges, 2, 1000), pinnedThatFit(edges, 2, 590), pinnedThatFit(edges, 3, 190)]).toEqual([2, 1, 0])
  expect(pinnedThatFit(edges, 9, 5000)).toBe(3)
})
