import { expect, test } from 'vitest'
import { comesUnasked } from './completion.ts'

test('a list comes up behind a dot, a brace and a quote that opens a text, not behind one that closes it', () => {
  expect(comesUnasked('.', [{ kind: 'column' }])).toBe(true)
  expect(comesUnasked('{', [{ kind: 'parameter' }])).toBe(true)
  expect(comesUnasked("'", [{ kind: 'value' }, { kind: 'value' }])).toBe(true)
  expect(comesUnasked("'", [{ kind: 'keyword' }, { kind: 'column' }])).toBe(false)
  expect(comesUnasked(' ', [{ kind: 'column' }])).toBe(false)
})
