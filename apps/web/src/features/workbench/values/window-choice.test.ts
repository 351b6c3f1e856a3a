import { standardDefaults as usual } from '@recomamp/contracts'
import { expect, test } from 'vitest'
import { choiceOfParam, paramOfChoice, readWallClock, readWindow, stateOfWindow } from './window-choice.ts'

const now = new Date('2026-11-23T14:32:00Z')

test('the default window is the last 7 settled days', () => {
  expect(readWindow(choiceOfParam(undefined, now, usual), now, usual).window).toEqual({
    start: '2026-11-02T00:00:00',
    end: '2026-11-09T00:00:00',
    timeZone: 'UTC',
  })
})

test('F-05: a time with a zone is refused at its field, never converted', () => {
  for (const text of [
    '2026-11-02T00:00:00Z',
    '2026-11-02T00:00:00+01:00',
    '2026-11-02 00:00 UTC',
    '2026-11-02T00:00:00.000Z',
  ])
    expect(readWallClock(text)).toEqual({ ok: false, fault: 'zone' })
})

test('a day is midnight, a time keeps its seconds, and what is neither is refused', () => {
  expect(readWallClock(' 2026-11-02 ')).toEqual({ ok: true, value: '2026-11-02T00:00:00' })
  expect(readWallClock('2026-11-02 08:30')).toEqual({ ok: true, value: '2026-11-02T08:30:00' })
  expect(readWallClock('2026-02-30')).toEqual({ ok: false, fault: 'date' })
  expect(readWallClock('2 Nov')).toEqual({ ok: false, fault: 'shape' })
  expect(readWallClock('')).toEqual({ ok: false, fault: 'shape' })
})

test('the end must be later than the start', () => {
  const choice = { preset: 'exact' as const, from: '2026-11-09', to: '2026-11-09', timeZone: 'UTC' }
  expect(readWindow(choice, now, usual)).toEqual({ window: null, faults: { from: null, to: 'order' } })
})

test('a choice survives the address', () => {
  for (const param of [undefined, 'settled30', 'month', 'month@Europe/Berlin', '2026-11-01..2026-11-03T08:00:00'])
    expect(paramOfChoice(choiceOfParam(param, now, usual), now, usual)).toBe(param)
  expect(paramOfChoice(choiceOfParam('nonsense', now, usual), now, usual)).toBeUndefined()
  expect(readWindow(choiceOfParam('month', now, usual), now, usual).window?.start).toBe('2026-10-01T00:00:00')
})

test('a window is as final as its worst day', () => {
  const of = (param: string) => {
    const { window } = readWindow(choiceOfParam(param, now, usual), now, usual)
    return window && stateOfWindow(window, now, usual)
  }
  expect(of('settled30')).toEqual({ state: 'settled', days: 30 })
  expect(of('2026-11-07..2026-11-12')).toEqual({ state: 'settling', days: 3 })
  expect(of('2026-11-20..2026-11-24')).toEqual({ state: 'incomplete', days: 3 })
})

test('S-080: presets and the state of days follow what the instance is set to', () => {
  const defaults = { settledAfterDays: 28, windowDays: 10, timeZone: 'Europe/Berlin' }
  const of = (param: string | undefined) => readWindow(choiceOfParam(param, now, defaults), now, defaults).window
  expect(of(undefined)).toEqual({ start: '2026-10-16T00:00:00', end: '2026-10-26T00:00:00', timeZone: 'Europe/Berlin' })
  expect(of('settled30')).toMatchObject({ start: '2026-09-26T00:00:00', end: '2026-10-26T00:00:00' })
  expect(paramOfChoice(choiceOfParam(undefined, now, defaults), now, defaults)).toBeUndefined()
  const week = of('2026-10-20..2026-10-30')
  expect(week && stateOfWindow(week, now, defaults)).toEqual({ state: 'settling', days: 4 })
  expect(week && stateOfWindow(week, now, usual)).toEqual({ state: 'settled', days: 10 })
})
