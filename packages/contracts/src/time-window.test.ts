import { expect, test } from 'vitest'
import { dateIn, dayState, defaultWindow, instantOf, TimeWindow } from './time-window.ts'

const now = new Date('2026-11-23T14:32:00Z')

test('S-080: a day is settled 14 days after its end, and incomplete for 48 hours', () => {
  const states = (dates: string[], zone = 'UTC') => dates.map((date) => dayState(date, zone, now))
  expect(states(['2026-11-08', '2026-11-09', '2026-11-20'])).toEqual(['settled', 'settling', 'settling'])
  expect(states(['2026-11-21', '2026-11-22', '2026-11-23'])).toEqual(['incomplete', 'incomplete', 'incomplete'])
  expect(dayState('2026-11-09', 'Pacific/Kiritimati', now)).toBe('settled')
})

test('S-080: an instance that is set to another number settles later, and its default window ends as much earlier', () => {
  expect(dayState('2026-11-08', 'UTC', now, 28)).toBe('settling')
  expect(dayState('2026-10-25', 'UTC', now, 28)).toBe('settled')
  expect(defaultWindow(now, { settledAfterDays: 28, windowDays: 10, timeZone: 'Europe/Berlin' })).toEqual({
    start: '2026-10-16T00:00:00',
    end: '2026-10-26T00:00:00',
    timeZone: 'Europe/Berlin',
  })
})

test('S-081: without a window a run takes the seven days that ended 14 days ago', () => {
  expect(defaultWindow(now)).toEqual({ start: '2026-11-02T00:00:00', end: '2026-11-09T00:00:00', timeZone: 'UTC' })
})

test('F-05: a window with a zone, backwards, or in an unknown zone is refused at its field', () => {
  const paths = (window: unknown) => TimeWindow.safeParse(window).error?.issues.map((issue) => issue.path.join('.'))
  expect(paths({ start: '2026-11-02T00:00:00Z', end: '2026-11-09T00:00:00' })).toEqual(['start'])
  expect(paths({ start: '2026-11-09T00:00:00', end: '2026-11-02T00:00:00' })).toEqual(['end'])
  expect(paths({ start: '2026-11-02T00:00:00', end: '2026-11-09T00:00:00', timeZone: 'Mars' })).toEqual(['timeZone'])
})

test('wall-clock times find their instant on both sides of a change of offset', () => {
  expect(instantOf('2026-10-31T12:00:00', 'America/New_York').toISOString()).toBe('2026-10-31T16:00:00.000Z')
  expect(instantOf('2026-11-02T12:00:00', 'America/New_York').toISOString()).toBe('2026-11-02T17:00:00.000Z')
  expect(dateIn('America/New_York', new Date('2026-11-02T03:00:00Z'))).toBe('2026-11-01')
})
