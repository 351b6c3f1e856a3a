import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { sideBySide } from './side-by-side.ts'

test('a key that hangs holds up no other, and is not begun twice', async () => {
  const begun: string[] = []
  const hanging = Promise.withResolvers<void>()
  const rounds = [['slow', 'a'], ['slow', 'b'], ['slow', 'c'], []]
  await sideBySide(new AbortController().signal, {
    limit: 10,
    everyMs: 5,
    due: () => {
      const round = rounds.shift()
      if (round === undefined) hanging.resolve()
      return Promise.resolve(round ?? [])
    },
    work: async (key) => {
      begun.push(key)
      if (key === 'slow') await hanging.promise
    },
    onFault: () => expect.unreachable(),
  })
  expect(begun).toEqual(['slow', 'a', 'b', 'c'])
})

test('after the signal nothing is begun, and what was begun is waited for', async () => {
  const stop = new AbortController()
  const done: number[] = []
  let next = 0
  await sideBySide(stop.signal, {
    limit: 2,
    everyMs: 5,
    due: () => Promise.resolve([next, next + 1, next + 2]),
    work: async (key) => {
      next = key + 1
      stop.abort()
      await wait(20)
      done.push(key)
    },
    onFault: () => expect.unreachable(),
  })
  expect(done).toEqual([0])
})

test('a fault of one key is told and leaves the others', async () => {
  const faults: unknown[] = []
  const done: string[] = []
  const rounds = [['a', 'b']]
  await sideBySide(new AbortController().signal, {
    limit: 10,
    everyMs: 5,
    due: () => Promise.resolve(rounds.shift() ?? []),
    work: async (key) => {
      if (key === 'a') throw new Error('no')
      done.push(key)
    },
    onFault: (error) => faults.push(error),
  })
  expect([done, faults.length]).toEqual([['b'], 1])
})
