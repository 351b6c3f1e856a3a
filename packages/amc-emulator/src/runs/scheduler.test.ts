import { expect, test } from 'vitest'
import type { Schedule } from '../state/schedules.store.ts'
import { lastDue } from './scheduler.ts'

const schedule = (change: Partial<Schedule>): Schedule => ({
  aggregationHourUtc: 16,
  aggregationPeriod: 'Daily',
  disableAggregationControls: false,
  requireSyntheticData: false,
  scheduleEnabled: true,
  scheduleId: 's',
  workflowId: 'w',
  ...change,
})

// 2026-03-10 is a Tuesday.
test.each([
  [{}, '2026-03-10T15:59:59Z', '2026-03-09T16:00:00Z'],
  [{}, '2026-03-10T16:00:00Z', '2026-03-10T16:00:00Z'],
  [{ aggregationHourUtc: 0 }, '2026-03-10T00:00:00Z', '2026-03-10T00:00:00Z'],
  [{ aggregationPeriod: 'Weekly', aggregationStartDay: 'Tuesday' }, '2026-03-10T16:00:00Z', '2026-03-10T16:00:00Z'],
  [{ aggregationPeriod: 'Weekly', aggregationStartDay: 'Tuesday' }, '2026-03-10T15:00:00Z', '2026-03-03T16:00:00Z'],
  [{ aggregationPeriod: 'Weekly', aggregationStartDay: 'Sunday' }, '2026-03-10T17:00:00Z', '2026-03-08T16:00:00Z'],
] as const)('%j at %s was due last at %s', (change, now, due) => {
  expect(lastDue(schedule(change), Date.parse(now))).toBe(Date.parse(due))
})
