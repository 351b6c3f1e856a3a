import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { scan, type Token } from './scan.ts'

/** Any UTF-16 text at all, half surrogates included. */
const anyText = fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes))
const pieces = [
  "'",
  '"',
  '`',
  '{{x}}',
  '{{',
  '}}',
  '--',
  '/*',
  '*/',
  '\n',
  '#',
  '‘',
  '”',
  '\u00a0',
  '1e',
  '.5',
  'a',
  'É',
  '😀',
  '$1',
  ':',
  ' ',
]
const sqlLikeText = fc.array(fc.constantFrom(...pieces)).map((parts) => parts.join(''))

const joined = (text: string, tokens: readonly Token[]) =>
  tokens.map((token) => text.slice(token.from, token.to)).join('')
const kinds = (text: string) =>
  scan(text)
    .filter((one) => one.kind !== 'space')
    .map((one) => `${one.kind} ${text.slice(one.from, one.to)}`)
const faults = (text: string) => scan(text).flatMap((one) => (one.fault === null ? [] : [one.fault]))

test('tokens joined are the text, without gaps or empty tokens, whatever the text is', () => {
  fc.assert(
    fc.property(fc.oneof(anyText, sqlLikeText, fc.string({ unit: 'grapheme' })), fc.boolean(), (text, placeholders) => {
      const tokens = scan(text, { placeholders })
      expect(joined(text, tokens)).toBe(text)
      let at = 0
      for (const token of tokens) {
        expect(token.from).toBe(at)
        expect(token.to).toBeGreaterThan(token.from)
        at = token.to
      }
    }),
    { numRuns: 500 },
  )
})

test('words, names, text, numbers and operators have their kinds, keywords in any case', () => {
  expect(kinds(`sElect "a b", 'it''s', .5, 1.5e-3, x<>y||z FROM _t`)).toEqual([
    'keyword sElect',
    'quoted-name "a b"',
    'punctuation ,',
    "string 'it''s'",
    'punctuation ,',
    'number .5',
    'punctuation ,',
    'number 1.5e-3',
    'punctuation ,',
    'name x',
    'operator <>',
    'name y',
    'operator ||',
    'name z',
    'keyword FROM',
    'name _t',
  ])
})

test('a {{name}} is a token, is found inside text, and never inside a comment', () => {
  const text = `{{a}} '%{{b_2}}%{{c}}' -- {{d}}\n/* {{e}} */`
  const uses = scan(text).flatMap((token) => token.parameters)
  expect(uses.map((use) => [use.name, text.slice(use.from, use.to)])).toEqual([
    ['a', '{{a}}'],
    ['b_2', '{{b_2}}'],
    ['c', '{{c}}'],
  ])
  expect(faults(text)).toEqual([])
})

test('read as AMC reads it, a {{name}} is a fault in the query and plain text in a string', () => {
  const tokens = scan(`'{{a}}' {{b}}`, { placeholders: false })
  expect(tokens.flatMap((token) => token.parameters)).toEqual([])
  expect(tokens.map((token) => token.fault)).toEqual([null, null, 'placeholder'])
})

test.each([
  ['SELECT\u00a0a', 'odd-space'],
  ['SELECT\u200ba', 'odd-space'],
  ['\ufeffSELECT a', 'odd-space'],
  ['‘a’', 'smart-quote'],
  ['“a”', 'smart-quote'],
  ['“a', 'smart-quote'],
  ['`a`', 'back-tick'],
  ['a # b', 'hash-comment'],
  ["'abc", 'unterminated-string'],
  ['"abc', 'unterminated-name'],
  ['/* abc', 'unterminated-comment'],
  ['1pd_table', 'digit-name'],
  ['{{ a }}', 'placeholder'],
  ["'{{ a }}'", 'placeholder'],
  ['"{{a}}"', 'placeholder'],
  ['{{1a}}', 'placeholder'],
  ['$name', 'bind-variable'],
  [':name', 'bind-variable'],
  ['?', 'bind-variable'],
  ['~', 'character'],
  ['😀', 'character'],
])('%j is one fault: %s', (text, fault) => {
  expect(faults(text)).toEqual([fault])
})

test('curved quotes inside straight ones are text', () => {
  expect(faults(`'men’s “shoes”'`)).toEqual([])
})

test('an unclosed text ends with its line, so that the next line still reads as SQL', () => {
  expect(kinds("'abc\nFROM t")).toEqual(["string 'abc", 'keyword FROM', 'name t'])
})
