import { array, assert, constantFrom, property } from 'fast-check'
import { expect, test } from 'vitest'
import { mergeTexts } from './merge-texts.ts'

const base = 'SELECT a\nFROM t\nWHERE x\nGROUP BY a'

test('changes at different places are both taken', () => {
  const mine = base.replace('SELECT a', 'SELECT a, b')
  const theirs = base.replace('GROUP BY a', 'GROUP BY a\nLIMIT 5')
  expect(mergeTexts(base, mine, theirs)).toEqual({
    text: 'SELECT a, b\nFROM t\nWHERE x\nGROUP BY a\nLIMIT 5',
    clashes: 0,
  })
})

test('where both changed the same place mine stands, and it is counted', () => {
  const merged = mergeTexts(base, base.replace('x', 'y'), base.replace('x', 'z'))
  expect(merged).toEqual({ text: base.replace('x', 'y'), clashes: 1 })
  expect(mergeTexts(base, base.replace('x', 'y'), base.replace('x', 'y')).clashes).toBe(0)
})

test('where both only added, at one place and different lines, both stand, mine first, and it is counted', () => {
  const [mine, theirs] = ['\nLIMIT 5\n-- mine', '\n-- theirs\nLIMIT 5'].map((added) => base + added) as [string, string]
  expect(mergeTexts(base, mine, theirs)).toEqual({ text: `${base}\n-- theirs\nLIMIT 5\n-- mine`, clashes: 1 })
  expect(mergeTexts(base, `${base}\nx`, `${base}\ny`)).toEqual({ text: `${base}\nx\ny`, clashes: 1 })
})

test('where both added at one place, the one that has all lines of the other stands, and none is lost', () => {
  const [less, more] = ['\nLIMIT 5', '\nLIMIT 5\n-- a note'].map((added) => base + added) as [string, string]
  expect(mergeTexts(base, less, more)).toEqual({ text: more, clashes: 0 })
  expect(mergeTexts(base, more, less)).toEqual({ text: more, clashes: 0 })
  // Here mine took a line away, which the other still has.
  const shorter = base.replace('WHERE x\n', '')
  const longer = base.replace('WHERE x', 'WHERE x\nAND y')
  expect(mergeTexts(base, shorter, longer)).toEqual({ text: shorter, clashes: 1 })
})

const text = array(constantFrom('a', 'b', 'c', ''), { maxLength: 12 }).map((lines) => lines.join('\n'))

test('a side that changed nothing leaves the other as it is, and the merge of a text with itself is that text', () => {
  assert(
    property(text, text, (first, second) => {
      expect(mergeTexts(first, second, first)).toEqual({ text: second, clashes: 0 })
      expect(mergeTexts(first, first, second)).toEqual({ text: second, clashes: 0 })
      expect(mergeTexts(first, second, second)).toEqual({ text: second, clashes: 0 })
    }),
  )
})
