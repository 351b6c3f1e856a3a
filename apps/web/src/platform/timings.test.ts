import { reportTimings } from '@recomamp/contracts'
import { expect, test } from 'vitest'
import { noteAnswer, noteTiming, takeTimings } from './timings.ts'

test('S-018: slow answers and pages are kept until they are sent, whole milliseconds without any id', () => {
  noteAnswer('/api/executions/:executionId', 999)
  noteAnswer('/api/executions/:executionId', 1_234.5)
  noteTiming({ kind: 'route-change', place: '/executions/$executionId', ms: 81.4 })
  noteTiming({ kind: 'page-load', place: '/', ms: Number.NaN })
  const timings = takeTimings()
  expect(timings).toEqual([
    { kind: 'slow-call', place: '/api/executions/:executionId', ms: 1_235 },
    { kind: 'route-change', place: '/executions/$executionId', ms: 81 },
  ])
  expect(reportTimings.body.safeParse({ timings }).success).toBe(true)
  expect(takeTimings()).toEqual([])
  for (let at = 0; at < 150; at += 1) noteTiming({ kind: 'page-load', place: '/', ms: at })
  expect(takeTimings().map(({ ms }) => ms)).toEqual(Array.from({ length: 100 }, (_, at) => at + 50))
  const withId = { kind: 'page-load', place: '/executions/0197?q=secret', ms: 1 }
  expect(reportTimings.body.safeParse({ timings: [withId] }).success).toBe(false)
})
