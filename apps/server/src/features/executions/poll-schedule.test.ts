import { expect, test } from 'vitest'
import { hours, later, minutes, seconds } from '#platform/time.ts'
import { pollDelayMs } from './poll-schedule.ts'

const submittedAt = new Date('2026-11-20T10:00:00Z')
const expiresAt = later(submittedAt, hours(24))

test('a fresh run is asked for quickly, then in growing steps up to the interval', () => {
  const asked: number[] = []
  let age = seconds(0.5)
  while (age < seconds(60)) {
    asked.push(age / 1000)
    age += pollDelayMs({ submittedAt, expiresAt }, seconds(15), later(submittedAt, age))
  }
  expect(asked).toEqual([0.5, 1, 2, 4, 8, 16, 31, 46])
})

test('F-26: a run is never dropped: past its expiry it is asked for every ten minutes', () => {
  const late = later(expiresAt, hours(24 * 30))
  expect(pollDelayMs({ submittedAt, expiresAt }, seconds(15), late)).toBe(minutes(10))
  expect(pollDelayMs({ submittedAt, expiresAt: null }, seconds(15), late)).toBe(seconds(15))
})
