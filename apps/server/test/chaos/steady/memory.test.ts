import { expect, test } from 'vitest'
import { growthOf, type Life } from './memory.ts'

/** A life whose heap goes up by garbage and down again every four minutes, and which grows by so many megabytes a minute. */
function aLife(leak: { heap: number; beside: number }, minutes = 30): Life {
  const samples = Array.from({ length: minutes * 12 }, (_, number) => {
    const at = number * 5
    const heap = 60 + 40 * ((at % 240) / 240) + leak.heap * (at / 60)
    return { at, heap, resident: 300 + leak.heap * (at / 60) + leak.beside * (at / 60) }
  })
  return { name: 'api 1', pid: 1, metricsUrl: 'http://127.0.0.1/metrics', from: 0, samples, isOver: false }
}

test('garbage that is collected again is no growth; a leak is, of the heap or beside it', () => {
  const flat = growthOf(aLife({ heap: 0, beside: 0 }))
  expect(flat?.resident.growth).toBeCloseTo(0, 2)
  expect(flat?.heap.growth).toBeCloseTo(0, 2)
  const ofHeap = growthOf(aLife({ heap: 1, beside: 0 }))
  expect(ofHeap?.heap.growth).toBeGreaterThan(0.1)
  expect(growthOf(aLife({ heap: 0, beside: 2 }))?.resident.growth).toBeGreaterThan(0.1)
  expect(growthOf(aLife({ heap: 0, beside: 2 }, 19))).toBeNull()
})
