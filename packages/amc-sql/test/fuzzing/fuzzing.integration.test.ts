import { expect, test } from 'vitest'
import { corpusSchema } from '../../corpus/corpus-schema.ts'
import { growthOfTime } from '../growth-of-time.ts'
import { seededChoices } from '../generated/choices.ts'
import { readBeginnings } from './beginnings.ts'
import { faultsOf } from './check-input.ts'
import { families } from './growth.ts'
import { inputOf, kinds } from './inputs.ts'
import { runInput } from './run-input.ts'

const beginnings = readBeginnings(corpusSchema)

test('whatever the input, every function of the language answers in time and with places inside the text', () => {
  for (let seed = 1; seed <= 1200; seed += 1) {
    const { faults, kind, text } = runInput(seed, beginnings, corpusSchema)
    expect(faults, `seed ${seed}, ${kind}: ${text.slice(0, 2000)}`).toEqual([])
  }
})

test('an input follows from its seed alone, and every kind comes up', () => {
  const seen = new Set<string>()
  const texts: [string, string][] = []
  for (let seed = 1; seed <= 20_000 && seen.size < Object.keys(kinds).length; seed += 1) {
    const { kind, text } = inputOf(seed, beginnings)
    if (seen.has(kind)) continue
    seen.add(kind)
    texts.push([text, inputOf(seed, beginnings).text])
  }
  for (const [text, again] of texts) expect(again).toBe(text)
  expect(seen.size).toBe(Object.keys(kinds).length)
})

/** The short queries of the corpus, cut off at each character. */
test('a query that is cut off anywhere has its answers', () => {
  for (const [at, query] of beginnings.short.entries()) {
    if (at % 60 !== 0) continue
    for (let end = 0; end < query.length; end += 1)
      expect(faultsOf(query.slice(0, end), seededChoices(end), corpusSchema), query.slice(0, end)).toEqual([])
  }
})

test.each(Object.entries(families))('four times the text takes about four times as long: %s', (_, family) => {
  const count = Math.ceil((7_500 * 20) / family(20).length)
  const judged = (text: string) => expect(faultsOf(text, seededChoices(1), corpusSchema, text.length)).toEqual([])
  expect(growthOfTime(judged, family(count), family(4 * count), 1.69)).toBeLessThan(1.69)
})
