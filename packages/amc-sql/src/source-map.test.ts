import { expect, test } from 'vitest'
import { bind } from './bind.ts'
import { toSentRange, toTemplateRange } from './source-map.ts'

const template = "SELECT a FROM t WHERE b IN {{ids}} AND c = '{{name}}' AND d = 1"
const bound = bind(template, [], { ids: ['x', 'yy', 'zzz'], name: 'long enough' })
if (!bound.ok) throw new Error('does not bind')
const { text, sourceMap } = bound

const inSent = (part: string) => ({ from: text.indexOf(part), to: text.indexOf(part) + part.length })
const inTemplate = (part: string) => ({ from: template.indexOf(part), to: template.indexOf(part) + part.length })

test('equal text has its place in both texts', () => {
  for (const part of ['SELECT a', 'WHERE b IN ', ' AND c = ', 'd = 1']) {
    expect(toTemplateRange(sourceMap, inSent(part))).toEqual(inTemplate(part))
    expect(toSentRange(sourceMap, inTemplate(part))).toEqual(inSent(part))
  }
})

test('a place inside a filled value is its whole placeholder, and the other way round', () => {
  expect(toTemplateRange(sourceMap, inSent("'yy'"))).toEqual(inTemplate('{{ids}}'))
  expect(toTemplateRange(sourceMap, inSent('enough'))).toEqual(inTemplate('{{name}}'))
  expect(toSentRange(sourceMap, inTemplate('ids'))).toEqual(inSent("('x', 'yy', 'zzz')"))
})

test('a range across a value reaches from text to text; a point stays a point', () => {
  expect(toTemplateRange(sourceMap, inSent("b IN ('x', 'yy', 'zzz') AND c"))).toEqual(inTemplate('b IN {{ids}} AND c'))
  const end = { from: text.length, to: text.length }
  expect(toTemplateRange(sourceMap, end)).toEqual({ from: template.length, to: template.length })
})
