import { expect, test } from 'vitest'
import { searchFor, toRe2 } from './java-patterns.ts'

test.each([
  ['^Kit', { found: ['^Kit'], absent: [] }],
  ['(?i)twitch', { found: ['(?i)twitch'], absent: [] }],
  ['^((?!test).)*$', { found: [], absent: ['test'] }],
  ['(?i)^(?:(?!a|(b)).)+$', { found: [], absent: ['(?i)a|(b)'] }],
  ['^(?!Old)(?=.*[a-z)]).+', { found: ['^(?:.*[a-z)])', '^(?:.+)'], absent: ['^(?:Old)'] }],
  ['^(?!.*brand).*$', { found: ['^(?:.*$)'], absent: ['^(?:.*brand)'] }],
  ['(?!)brand', 'never'],
  ['brand(?!s)', { obstacle: 'look-ahead and look-behind that do not stand at its start' }],
  ['(?<=a)b', { obstacle: 'look-ahead and look-behind that do not stand at its start' }],
  ['(a)\\1', { obstacle: 'back references' }],
  ['*brand*', { obstacle: 'it is no regular expression' }],
  ['brand(', { obstacle: 'it is no regular expression' }],
  ['[a-z&&[^b]]', { obstacle: 'intersections of groups of characters' }],
  ['a{2000}', { obstacle: 'it is no regular expression' }],
] as const)('%s is searched for as', (pattern, search) => {
  expect(searchFor(pattern)).toEqual(search)
})

test.each([
  ['\\p{Alpha}+', '[[:alpha:]]+'],
  ['[\\p{Upper}_]', '[[:upper:]_]'],
  ['a++b*+', 'a+b*'],
  ['[+*]+', '[+*]+'],
  ['\\\\+\\+', '\\\\+\\+'],
  ['a\\hb', 'a[[:blank:]]b'],
])('%s is %s for RE2', (pattern, written) => {
  expect(toRe2(pattern)).toBe(written)
})
