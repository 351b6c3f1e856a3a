import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { inLanes } from './lanes.ts'

const running = new AbortController().signal

test('a piece that hangs holds up none that comes later', async () => {
  const queue = ['hangs', 'a']
  const done: string[] = []
  const { promise: hanging, resolve: release } = Promise.withResolvers<void>()
  const round = inLanes(running, {
    lanes: 2,
    everyMs: 5,
    claim: async () => queue.shift() ?? null,
    async work(piece) {
      if (piece === 'hangs') await hanging
      done.push(piece)
    },
    onFault: () => undefined,
  })
  await wait(30)
  queue.push('b', 'c')
  await wait(60)
  expect(done).toEqual(['a', 'b', 'c'])
  release()
  await round
  expect(done).toEqual(['a', 'b', 'c', 'hangs'])
})

test('never more than the lanes; a fault is told and ends nothing; a stop claims no more and waits for what is held', async () => {
  const stopping = new AbortController()
  const faults: unknown[] = []
  let [claimed, at, most] = [0, 0, 0]
  await inLanes(stopping.signal, {
    lanes: 3,
    everyMs: 5,
    claim: async () => (claimed += 1),
    async work(piece) {
      most = Math.max(most, (at += 1))
      await wait(2)
      at -= 1
      if (piece === 20) stopping.abort()
      if (piece === 7) throw new Error('seven')
    },
    onFault: (error) => faults.push(error),
  })
  expect([most, at, faults.length]).toEqual([3, 0, 1])
  expect(claimed).toBeLessThan(25)
})
