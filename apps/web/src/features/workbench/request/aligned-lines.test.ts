import { expect, test } from 'vitest'
import { alignedLines } from './aligned-lines.ts'

const fill = (template: string, sent: string, mark: string, value: string) => ({
  template: { from: template.indexOf(mark), to: template.indexOf(mark) + mark.length },
  sent: { from: sent.indexOf(value), to: sent.indexOf(value) + value.length },
  parameters: ['x'],
})

test('a value of several lines leaves the lines behind it side by side', () => {
  const template = 'SELECT a\nWHERE b IN ({{x}})\nGROUP BY a'
  const sent = "SELECT a\nWHERE b IN ('1',\n '2')\nGROUP BY a"
  expect(alignedLines(template, sent, [fill(template, sent, '{{x}}', "'1',\n '2'")])).toEqual([
    { left: 0, right: 0, filled: false },
    { left: 1, right: 1, filled: true },
    { left: null, right: 2, filled: true },
    { left: 2, right: 3, filled: false },
  ])
})

test('a placeholder over several lines, an inserted part, and two values in one line', () => {
  const template = '{{x\n}} {{y}}\nend'
  const sent = '1 2\nend'
  const fills = [fill(template, sent, '{{x\n}}', '1'), fill(template, sent, '{{y}}', '2')]
  expect(alignedLines(template, sent, fills)).toEqual([
    { left: 0, right: 0, filled: true },
    { left: 1, right: null, filled: true },
    { left: 2, right: 1, filled: false },
  ])
  const part = 'WITH p AS (\nVALUES 1\n)\n'
  const inserted = [{ template: { from: 0, to: 0 }, sent: { from: 0, to: part.length }, parameters: ['x'] }]
  const rows = alignedLines('SELECT 1', `${part}SELECT 1`, inserted)
  expect(rows.map(({ left, right }) => [left, right])).toEqual([
    [0, 0],
    [null, 1],
    [null, 2],
    [null, 3],
  ])
})

test('equal texts are equal rows', () => {
  expect(alignedLines('a\nb', 'a\nb', []).map(({ left, right }) => [left, right])).toEqual([
    [0, 0],
    [1, 1],
  ])
})
