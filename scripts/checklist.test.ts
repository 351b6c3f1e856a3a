import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** docs/checklist.md must be true: every id is listed once, and what is done names a place that exists and a test that names the id. */
const root = join(import.meta.dirname, '..')

interface Row {
  id: string
  state: string
  where: string
  shownBy: string
}

const rows: Row[] = readFileSync(join(root, 'docs/checklist.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| [SF]-\d+ \|/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, id = '', , state = '', where = '', shownBy = '']) => ({ id, state, where, shownBy }))

const numbered = (letter: string, count: number, digits: number) =>
  Array.from({ length: count }, (_, index) => `${letter}-${String(index + 1).padStart(digits, '0')}`)

test('every requirement and every failure story is listed once', () => {
  expect(rows.map(({ id }) => id)).toEqual([...numbered('S', 265, 3), ...numbered('F', 56, 2)])
})

test('a row is open, done or later', () => {
  expect(rows.filter(({ state }) => !['open', 'done', 'later'].includes(state))).toEqual([])
})

test('schedules come later', () => {
  const later = new Set(rows.filter(({ state }) => state === 'later').map(({ id }) => id))
  for (const id of ['F-13', 'F-14', 'F-15', 'F-16', 'F-17', 'F-18', 'F-56']) expect(later).toContain(id)
})

test.each(rows.filter(({ state }) => state === 'done'))('$id is done: $shownBy names it', ({ id, where, shownBy }) => {
  for (const place of where.split(', ')) expect(existsSync(join(root, place)), place).toBe(true)
  const source = readFileSync(join(root, shownBy), 'utf8')
  const texts = [...source.matchAll(/['"`]([^'"`\n]*)/g)].map((match) => match[1] ?? '')
  const named = texts.some((title) => title.split(/[^\w-]+/).includes(id))
  expect(named, `${shownBy} has no test that names ${id}`).toBe(true)
})
