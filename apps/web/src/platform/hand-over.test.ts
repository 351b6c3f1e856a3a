import { expect, test } from 'vitest'
import { z } from 'zod'
import { handOver } from './hand-over.ts'

const store = new Map<string, string>()
const storage = {
  getItem: (key: string) => store.get(key) ?? null,
  setItem: (key: string, value: string) => void store.set(key, value),
  removeItem: (key: string) => void store.delete(key),
}
Object.defineProperty(globalThis, 'sessionStorage', { value: storage, configurable: true })

const Left = z.object({ name: z.string() })

test('S-016: what a page leaves for another is typed, given once, and not after its time', () => {
  let at = 1_000
  const place = handOver('test', Left, { lifeMs: 500, now: () => at })
  expect(place.take()).toBeNull()
  place.leave({ name: 'reach' })
  expect(place.take()).toEqual({ name: 'reach' })
  expect(place.take()).toBeNull()
  place.leave({ name: 'late' })
  at += 501
  expect(place.take()).toBeNull()
  expect(store.size).toBe(0)
})

test('what is broken or of another shape is removed and not given', () => {
  const place = handOver('test', Left)
  for (const text of ['{"name":', '{"name":3}', 'null', '[]']) {
    store.set('test', text)
    expect(place.take()).toBeNull()
    expect(store.size).toBe(0)
  }
  // Left by a script beside this app, which knows of no time.
  store.set('test', '{"name":"by hand"}')
  expect(place.take()).toEqual({ name: 'by hand' })
})
