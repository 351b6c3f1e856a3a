import { expect, test } from 'vitest'
import { hours, seconds } from '#platform/time.ts'
import { nextTry } from './retry-schedule.ts'

const now = new Date('2026-11-27T12:00:00Z')

test('a message is tried nine times within about a day, later each time, and then given up', () => {
  let at = now
  const waits: number[] = []
  for (let tries = 1; ; tries++) {
    const next = nextTry(tries, at, null)
    if (next === null) break
    waits.push(next.getTime() - at.getTime())
    at = next
  }
  expect(waits.length).toBe(8)
  expect(waits).toEqual([...waits].sort((a, b) => a - b))
  expect(at.getTime() - now.getTime()).toBeGreaterThan(hours(22))
  expect(at.getTime() - now.getTime()).toBeLessThan(hours(26))
})

test('Retry-After puts off, never forward, and not for ever', () => {
  expect(nextTry(1, now, seconds(60))?.getTime()).toBe(now.getTime() + seconds(60))
  expect(nextTry(1, now, 1)?.getTime()).toBe(now.getTime() + seconds(5))
  expect(nextTry(1, now, hours(1000))?.getTime()).toBe(now.getTime() + hours(8))
})
