import { expect, test } from 'vitest'
import { growthOf, type Life } from './memory.ts'

/** A life whose memory goes up by garbage and down again every four minutes, and grows by so many megabytes a minute. */
function aLife(leak: number, minutes = 25): Life {
  const samples = Array.from({ length: minutes * 12 }, (_, number) => {
    const at = number * 5
    const used = 150 + 110 * ((at % 240) / 240) + leak * (at / 60)
    return { at, resident: Math.max(330, used), used }
  })
  return { name: 'api 1', pid: 1, metricsUrl: null, from: 0, samples, isOver: false }
}

test('garbage that is collected again is no growth, a leak is', () => {
  expect(growthOf(aLife(0))?.growth).toBeCloseTo(0, 2)
  expect(growthOf(aLife(2))?.growth).toBeGreaterThan(0.1)
  expect(growthOf(aLife(5, 12))).toBeNull()
})
