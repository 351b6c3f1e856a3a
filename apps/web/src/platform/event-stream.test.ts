import type { AppEvent } from '@recomamp/contracts'
import { expect, test } from 'vitest'
import { readEventStream } from './event-stream.ts'

const connectionId = '0b0e7a52-6d0b-4d6e-9d0e-000000000001'
const event = (id: number) => `id: ${id}\ndata: ${JSON.stringify({ type: 'instances-changed', connectionId })}\n\n`

test('a lost stream is opened again behind the last event, with growing pauses, and bad events are skipped', async () => {
  const stop = new AbortController()
  const asked: (string | null)[] = []
  const pauses: number[] = []
  const states: boolean[] = []
  const events: AppEvent[] = []
  const answers = [
    () => Promise.resolve(new Response(`${event(1)}id: 2\ndata: {"type":"from-the-future"}\n\n`)),
    () => Promise.reject(new TypeError('network')),
    () => Promise.resolve(new Response('no', { status: 503 })),
    () => Promise.resolve(new Response(event(3))),
  ]
  await readEventStream({
    open(lastEventId) {
      asked.push(lastEventId)
      return answers[asked.length - 1]?.() ?? Promise.reject(new Error('end'))
    },
    onEvent: (each) => events.push(each),
    onOpen: (open) => states.push(open),
    signal: stop.signal,
    wait(ms) {
      pauses.push(ms)
      if (asked.length === answers.length) stop.abort()
      return Promise.resolve()
    },
  })
  expect(asked).toEqual([null, '2', '2', '2'])
  expect(events).toHaveLength(2)
  expect(pauses).toEqual([500, 1000, 2000, 500])
  expect(states).toEqual([true, false, false, false, true, false])
})
