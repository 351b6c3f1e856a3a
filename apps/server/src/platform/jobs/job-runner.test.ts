import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Ctx } from '#context.ts'
import { createLog } from '#platform/log/log.ts'
import type { Job } from './job.ts'
import { createJobRunner } from './job-runner.ts'

/** No job here looks at it. */
const ctx = {} as Ctx

function runnerOf(job: Job) {
  const runner = createJobRunner(createLog('silent'), { beat: () => undefined, ended: () => undefined })
  runner.start(ctx, [job])
  return runner
}

test('rounds never overlap, and waking during a round adds one more', async () => {
  let [running, most, rounds] = [0, 0, 0]
  const runner = runnerOf({
    name: 'count',
    everyMs: 3_600_000,
    async run() {
      most = Math.max(most, ++running)
      await wait(20)
      running--
      rounds++
    },
  })
  for (let time = 0; time < 5; time++) runner.wake('count')
  runner.wake('unknown')
  await wait(120)
  expect([most, rounds]).toEqual([1, 2])
  runner.wake('count')
  await wait(60)
  expect(rounds).toBe(3)
  await runner.stop(1000)
})

test('F-53: a round that fails does not end the job', async () => {
  let rounds = 0
  const runner = runnerOf({
    name: 'fail',
    everyMs: 5,
    run() {
      rounds++
      return Promise.reject(new Error('broken'))
    },
  })
  await wait(100)
  expect(rounds).toBeGreaterThan(2)
  await runner.stop(1000)
})

test('a stop waits for what is held, tells it, and begins nothing more', async () => {
  let [rounds, finished, told] = [0, false, false]
  const runner = runnerOf({
    name: 'hold',
    everyMs: 1,
    async run(_ctx, signal) {
      rounds++
      await wait(50)
      told = signal.aborted
      finished = true
    },
  })
  await wait(5)
  expect(await runner.stop(1000)).toBe(true)
  expect([finished, told, rounds]).toEqual([true, true, 1])
  await wait(20)
  expect(rounds).toBe(1)
})

test('a stop gives up on work that does not end', async () => {
  const runner = runnerOf({ name: 'hang', everyMs: 1, run: () => new Promise(() => {}) })
  expect(await runner.stop(30)).toBe(false)
})
