import { InstanceId, TimeWindow } from '@recomamp/contracts'
import { expect, test } from 'vitest'
import { changedLines, differencesOf, isSame, type Question } from './differences.ts'

const question: Question = {
  template: 'SELECT a\nFROM t',
  values: { ids: ['1', '2'], cap: 25 },
  privacyFilteringBehavior: 'REMOVE_VALUES',
  instanceId: InstanceId.parse('0197c2b4-0000-4000-8000-000000000002'),
  window: TimeWindow.parse({ start: '2026-11-01T00:00:00', end: '2026-11-08T00:00:00' }),
}

test('the same question differs in nothing, whatever the order of its values', () => {
  expect(isSame(differencesOf(question, question))).toBe(true)
  expect(isSame(differencesOf({ ...question, values: { cap: 25, ids: ['2', '1'] } }, question))).toBe(true)
})

test('values that came and went are named, and so is what has another value', () => {
  const { values, window } = differencesOf({ ...question, values: { ids: ['2', '3'], name: 'x' } }, question)
  expect(window).toBe(false)
  expect(values).toEqual([
    { name: 'ids', added: ['3'], removed: ['1'], before: null, now: null },
    { name: 'cap', added: [], removed: [], before: '25', now: null },
    { name: 'name', added: [], removed: [], before: null, now: 'x' },
  ])
  const zone = { ...question, window: { ...question.window, timeZone: 'Europe/Berlin' } }
  expect(differencesOf(zone, question).window).toBe(true)
})

test('only the lines that are new or changed are named', () => {
  expect(changedLines('a\nb\nc\nd', 'a\nx\nc\ny\nd')).toEqual({ changed: [2, 4], removed: 0 })
  expect(changedLines('a\nb\nc', 'a\nc')).toEqual({ changed: [], removed: 1 })
  expect(changedLines('a', 'a')).toEqual({ changed: [], removed: 0 })
})
