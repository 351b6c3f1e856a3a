import { expect, test } from 'vitest'
import { pagesOf } from './result-pages.ts'
import { phasesOf } from './phases.ts'

const at = (second: number) => `2026-11-22T10:00:${String(second).padStart(2, '0')}.000Z`
const start = { requestedAt: at(0), submittedAt: null, runningAt: null, finishedAt: null }

test('the last phase grows until there is an end', () => {
  expect(phasesOf({ ...start, status: 'queued' }, new Date(at(9))).map((phase) => [phase.kind, phase.ms])).toEqual([
    ['waiting', 9000],
  ])
  const done = { ...start, status: 'completed' as const, submittedAt: at(1), runningAt: at(5), finishedAt: at(20) }
  expect(phasesOf(done, new Date(at(59))).map((phase) => [phase.kind, phase.ms])).toEqual([
    ['waiting', 1000],
    ['submitted', 4000],
    ['running', 15_000],
    ['ok', 0],
  ])
})

test('rows on screen lead to the pages that hold them', () => {
  expect(pagesOf(0, 30)).toEqual([0])
  expect(pagesOf(95, 130)).toEqual([0, 1])
  expect(pagesOf(100, 200)).toEqual([1])
  expect(pagesOf(0, 0)).toEqual([0])
})
