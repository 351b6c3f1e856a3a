import { describe, expect, test } from 'vitest'
import { dayIn, instantOf, isLocalTime, isTimeZone, localText } from './wall-time.ts'
import { utcWindow } from './window.ts'

describe('local times', () => {
  test.each([
    ['2025-01-20T00:00:00', 'America/New_York', '2025-01-20T05:00:00'],
    ['2025-07-20T00:00:00', 'America/New_York', '2025-07-20T04:00:00'],
    ['2025-07-20T00:00:00', 'Asia/Kolkata', '2025-07-19T18:30:00'],
    ['2025-07-20T12:34:56', 'UTC', '2025-07-20T12:34:56'],
    ['2025-03-30T01:59:59', 'Europe/Berlin', '2025-03-30T00:59:59'],
    ['2025-03-30T03:00:00', 'Europe/Berlin', '2025-03-30T01:00:00'],
    ['2025-10-26T03:00:00', 'Europe/Berlin', '2025-10-26T02:00:00'],
  ])('%s in %s is %s UTC', (local, zone, utc) => {
    expect(localText(instantOf(local, zone))).toBe(utc)
  })

  test('a day that does not exist, a zone and a date alone are none', () => {
    expect(isLocalTime('2024-02-29T00:00:00')).toBe(true)
    for (const text of ['2025-02-29T00:00:00', '2025-01-20T24:00:00', '2025-01-20T00:00:00Z', '2025-01-20', ''])
      expect(isLocalTime(text)).toBe(false)
  })

  test('zones are those of the TZ database', () => {
    expect([isTimeZone('America/New_York'), isTimeZone('UTC'), isTimeZone('Mars/Base')]).toEqual([true, true, false])
  })

  test('the calendar day depends on the zone', () => {
    const instant = Date.parse('2025-07-20T02:00:00Z')
    expect([dayIn('UTC', instant), dayIn('America/New_York', instant)]).toEqual(['2025-07-20', '2025-07-19'])
  })
})

describe('windows', () => {
  const now = new Date('2026-03-10T03:00:00Z')
  const relative = (type: Parameters<typeof utcWindow>[0]['type'], zone = 'UTC') =>
    utcWindow({ type, start: null, end: null, zone }, now)

  test('an explicit one is converted from its zone', () => {
    const asked = { type: 'EXPLICIT', start: '2025-01-20T00:00:00', end: '2025-01-25T00:00:00' } as const
    expect(utcWindow({ ...asked, zone: 'America/New_York' }, now)).toEqual({
      start: '2025-01-20T05:00:00',
      end: '2025-01-25T05:00:00',
    })
  })

  test('relative ones are whole days of the zone', () => {
    expect(relative('MOST_RECENT_DAY')).toEqual({ start: '2026-03-09T00:00:00', end: '2026-03-10T00:00:00' })
    expect(relative('MOST_RECENT_DAY', 'America/New_York')).toEqual({
      start: '2026-03-08T05:00:00',
      end: '2026-03-09T04:00:00',
    })
    expect(relative('MOST_RECENT_WEEK').start).toBe('2026-03-03T00:00:00')
    expect(relative('CURRENT_MONTH').start).toBe('2026-03-01T00:00:00')
    expect(relative('PREVIOUS_MONTH')).toEqual({ start: '2026-02-01T00:00:00', end: '2026-03-01T00:00:00' })
    expect(relative('ALL').start).toBe('2025-02-01T00:00:00')
  })
})
