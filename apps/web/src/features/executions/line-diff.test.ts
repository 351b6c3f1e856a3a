import { array, assert, constantFrom, property } from 'fast-check'
import { expect, test } from 'vitest'
import { lineDiff } from './line-diff.ts'

const textOf = (lines: ReturnType<typeof lineDiff>, without: 'added' | 'removed') =>
  lines
    .filter((line) => line.kind !== without)
    .map((line) => line.text)
    .join('\n')

test('only what changed is told as changed', () => {
  expect(lineDiff('a\nb\nc\nd', 'a\nB\nc\nd\ne').map(({ kind, text }) => `${kind} ${text}`)).toEqual([
    'same a',
    'removed b',
    'added B',
    'same c',
    'same d',
    'added e',
  ])
  expect(lineDiff('a', 'a').every(({ kind }) => kind === 'same')).toBe(true)
})

test('both texts can be read out of it, whatever they are', () => {
  const text = array(constantFrom('a', 'b', 'c', ''), { maxLength: 12 }).map((lines) => lines.join('\n'))
  assert(
    property(text, text, (before, after) => {
      const lines = lineDiff(before, after)
      expect(textOf(lines, 'added')).toBe(before)
      expect(textOf(lines, 'removed')).toBe(after)
    }),
  )
})
