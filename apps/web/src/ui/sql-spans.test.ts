import { expect, test } from 'vitest'
import { sqlLines } from './sql-spans.ts'

const text = "SELECT a\nFROM t\n\nWHERE b IN ('x',\n 'y')"

test('lines hold the text whole, and each begins anew', () => {
  const lines = sqlLines(text)
  expect(lines.map((line) => line.spans.map((span) => span.text).join(''))).toEqual(text.split('\n'))
  expect(lines.map((line) => line.number)).toEqual([1, 2, 3, 4, 5])
  expect(sqlLines('')).toEqual([{ number: 1, spans: [] }])
})

test('a mark keeps the colours below it and goes on over the end of a line', () => {
  const from = text.indexOf("'x'")
  const lines = sqlLines(text, [
    { from, to: text.length - 1, className: 'filled' },
    { from: from + 1, to: from + 2, className: 'fault' },
  ])
  const marked = lines.flatMap((line) => line.spans.filter((span) => span.className.includes('filled')))
  expect(marked.map((span) => span.text).join('')).toBe("'x', 'y'")
  expect(marked.find((span) => span.text === 'x')?.className).toBe('sql-string filled fault')
  expect(lines[4]?.spans.at(-1)).toMatchObject({ text: ')' })
})
