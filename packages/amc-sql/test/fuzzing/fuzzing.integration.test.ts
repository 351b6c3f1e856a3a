import { describe, expect, test } from 'vitest'
import { corpusSchema } from '../../corpus/corpus-schema.ts'
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

describe('twice the text takes at most about twice the time', () => {
  const small = 15_000
  test.each(Object.entries(families))('%s', (_, family) => {
    const count = Math.ceil((small * 20) / family(20).length)
    const [one, two] = [family(count), family(2 * count)]
    // A busy machine makes single measurements longer, never shorter: the quickest of a few tells.
    let ratio = Infinity
    let [quickest, double] = [Infinity, Infinity]
    for (let round = 0; round < 40 && ratio > 2.6; round += 1) {
      quickest = Math.min(quickest, timeOf(one))
      double = Math.min(double, timeOf(two))
      ratio = (double / quickest) * ((one.length * 2) / two.length)
    }
    expect(ratio, `${one.length} characters: ${quickest} ms; ${two.length}: ${double} ms`).toBeLessThan(2.6)
  })
})

/** Milliseconds of this thread's own time. */
function timeOf(text: string): number {
  const before = process.threadCpuUsage()
  expect(faultsOf(text, seededChoices(1), corpusSchema, text.length)).toEqual([])
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000
}
