import { expect, test } from 'vitest'
import { utcWindow } from './utc-window.ts'

const utc = (start: string, timeZone: string) => utcWindow({ start, end: '2030-01-01T00:00:00', timeZone }).start

test.each([
  ['2025-07-15T00:00:00', 'UTC', '2025-07-15T00:00:00'],
  ['2025-07-15T00:00:00', 'America/New_York', '2025-07-15T04:00:00'],
  ['2025-01-15T00:00:00', 'America/New_York', '2025-01-15T05:00:00'],
  ['2025-07-15T00:00:00', 'Asia/Kolkata', '2025-07-14T18:30:00'],
  ['2025-07-15T12:34:56', 'Pacific/Auckland', '2025-07-15T00:34:56'],
  ['2024-02-29T23:59:59', 'Europe/Berlin', '2024-02-29T22:59:59'],
])('%s in %s is %s in UTC', (start, zone, expected) => {
  expect(utc(start, zone)).toBe(expected)
})

test('the hours around a change of daylight saving', () => {
  // Berlin, 30 March 2025: 02:00 becomes 03:00, so 02:30 does not exist and means the moment after the jump.
  expect(utc('2025-03-30T01:59:59', 'Europe/Berlin')).toBe('2025-03-30T00:59:59')
  expect(utc('2025-03-30T02:30:00', 'Europe/Berlin')).toBe('2025-03-30T01:30:00')
  expect(utc('2025-03-30T03:00:00', 'Europe/Berlin')).toBe('2025-03-30T01:00:00')
  // 26 October 2025: 02:30 comes twice, and the first is meant.
  expect(utc('2025-10-26T02:30:00', 'Europe/Berlin')).toBe('2025-10-26T00:30:00')
  expect(utc('2025-11-02T00:00:00', 'America/New_York')).toBe('2025-11-02T04:00:00')
  expect(utc('2025-11-03T00:00:00', 'America/New_York')).toBe('2025-11-03T05:00:00')
})

test('a zone in the time and a zone that does not exist are refused', () => {
  expect(() => utc('2025-07-15T00:00:00Z', 'UTC')).toThrow(RangeError)
  expect(() => utc('2025-07-15T00:00:00', 'Mars/Olympus')).toThrow(RangeError)
})
