import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { excerptOf } from './excerpt.ts'

const at = (line: number, column: number) => ({ line, column })

test('the marker stands under the place', () => {
  expect(excerptOf('SELECT wrong', at(1, 8), at(1, 12))).toEqual({
    text: 'SELECT wrong',
    indent: '       ',
    marker: '^^^^^',
  })
})

test('a place behind the end of its line still has a marker', () => {
  expect(excerptOf('SELECT', at(1, 7), at(1, 7))).toEqual({ text: 'SELECT', indent: '      ', marker: '^' })
})

test('a place of several lines is marked to the end of the first', () => {
  expect(excerptOf('SELECT a +', at(1, 8), at(3, 2)).marker).toBe('^^^')
})

test('of a line of any length little is shown, and the marked part is the place, or its beginning', () => {
  fc.assert(
    fc.property(fc.nat(2000), fc.nat(500), fc.nat(2000), (before, length, behind) => {
      const line = 'b'.repeat(before) + 'x'.repeat(length + 1) + 'a'.repeat(behind)
      const { text, indent, marker } = excerptOf(line, at(1, before + 1), at(1, before + length + 1))
      expect(text.length).toBeLessThanOrEqual(170)
      const marked = text.slice(indent.length, indent.length + marker.length)
      expect(marked).toMatch(/^x+…?$/)
      expect(marked.length).toBeGreaterThanOrEqual(Math.min(length + 1, 40))
    }),
  )
})
