import { connect } from 'node:net'
import * as api from '@recomamp/contracts'
import { type Person, databaseKinds, eventually, startWorld } from '@recomamp/testkit'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'

interface Heard {
  readonly events: { id: number; type: string }[]
  isOpen(): boolean
  status: number
  stop(): void
}

/** Reads the stream as a browser does: with fetch, a Bearer token and Last-Event-ID. */
async function listen(person: Person, lastId?: number): Promise<Heard> {
  const abort = new AbortController()
  const headers: Record<string, string> = lastId === undefined ? {} : { 'last-event-id': String(lastId) }
  const answer = await person.fetch('/api/events', { headers, signal: abort.signal })
  const events: Heard['events'] = []
  let open = true
  const read = async () => {
    let text = ''
    for await (const chunk of answer.body ?? []) {
      text += Buffer.from(chunk).toString()
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) {
        const [, id, type] = /^id: (\d+)\nevent: (.+)\ndata: /.exec(block) ?? []
        if (id !== undefined && type !== undefined) events.push({ id: Number(id), type })
      }
    }
  }
  void read()
    .catch(() => undefined)
    .finally(() => (open = false))
  return { events, isOpen: () => open, status: answer.status, stop: () => abort.abort() }
}

/** The first block of a stream, which ends then. */
async function firstLines(answer: Response): Promise<string[]> {
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  while (!text.includes('\n\n')) text += (await reader?.read())?.value ?? ''
  await reader?.cancel()
  return text.slice(0, text.indexOf('\n\n') + 1).split('\n')
}

const discover = (person: Person) => person.call(api.addInstances, { body: { by: 'discovery' } })

describe.each(databaseKinds)('the event stream on %s', (database) => {
  test('S-258: tells what changes in the workspace, and resumes after the last event that was read', async () => {
    await using world = await startWorld({ database })
    const [ana, ben] = [await world.signIn('ana'), await world.signIn('ben')]
    const [first, others] = [await listen(ana), await listen(ben)]
    await discover(ana)
    const told = await eventually(() => first.events[0])
    expect(told.type).toBe('instances-changed')
    first.stop()
    await discover(ana)
    await eventually(async () => {
      const [connection] = (await ana.call(api.getCurrentUser, {})).connections
      return connection?.discovering === false
    })
    const second = await listen(ana, told.id)
    const missed = await eventually(() => second.events[0])
    expect(missed.id).toBeGreaterThan(told.id)
    const fromTheStart = await listen(ana, 0)
    await eventually(() => fromTheStart.events.length >= 3)
    expect(fromTheStart.events.map((event) => event.id)).toEqual(
      fromTheStart.events.map((event) => event.id).toSorted((a, b) => a - b),
    )
    expect(others.events).toEqual([])
    for (const stream of [second, fromTheStart, others]) stream.stop()
  })

  test('a stream that breaks off before its first event is resumed without a gap, by the place that it named when it was opened', async () => {
    await using world = await startWorld({ database })
    const ana = await world.signIn('ana')
    await discover(ana)
    const before = await listen(ana, 0)
    const { id } = await eventually(() => before.events[0])
    before.stop()
    const answer = await ana.fetch('/api/events', { headers: { 'last-event-id': String(id) } })
    const opened = await ana.fetch('/api/events')
    const places = await Promise.all([firstLines(answer), firstLines(opened)])
    expect(places[0]).toEqual(['retry: 2000', `id: ${id}`, ''])
    const place = Number(/^id: (\d+)$/.exec(places[1][1] ?? '')?.[1])
    expect(place).toBeGreaterThanOrEqual(id)
    const connectionId = crypto.randomUUID()
    const { workspace } = await ana.call(api.getCurrentUser, {})
    await sql`insert into events (workspace_id, type, payload, created_at)
      values (${workspace.id}, 'instances-changed', ${JSON.stringify({ type: 'instances-changed', connectionId })}::jsonb, now())`.execute(
      world.db,
    )
    const resumed = await listen(ana, place)
    expect((await eventually(() => resumed.events[0])).id).toBeGreaterThan(place)
    resumed.stop()
  })

  test('it ends when the session ends, and only then', async () => {
    await using world = await startWorld({ database })
    const [ana, ben] = [await world.signIn('ana'), await world.signIn('ben')]
    const [mine, other] = [await listen(ana), await listen(ben)]
    await ana.call(api.logout, {})
    await eventually(() => !mine.isOpen())
    expect(other.isOpen()).toBe(true)
    await expect(ana.fetch('/api/events').then((answer) => answer.status)).resolves.toBe(401)
    other.stop()
  })
})

test.runIf(databaseKinds.includes('postgresql'))('an event of one server is told by the other', async () => {
  await using world = await startWorld({ database: 'postgresql' })
  const ana = await world.signIn('ana')
  const other = await world.startAnother()
  const stream = await listen({
    ...ana,
    fetch: (path, init) => {
      const headers = new Headers(init?.headers)
      headers.set('authorization', `Bearer ${ana.accessToken}`)
      return fetch(`${other.url}${path}`, { ...init, headers })
    },
  })
  await discover(ana)
  expect((await eventually(() => stream.events[0])).type).toBe('instances-changed')
  stream.stop()
})

test('a strange Last-Event-ID is refused, and a stop of the server ends the streams', async () => {
  const world = await startWorld()
  const ana = await world.signIn('ana')
  const refused = await ana.fetch('/api/events', { headers: { 'last-event-id': 'x' } })
  expect(refused.status).toBe(400)
  const stream = await listen(ana)
  const began = performance.now()
  await world[Symbol.asyncDispose]()
  expect(performance.now() - began).toBeLessThan(5000)
  await eventually(() => !stream.isOpen())
})

test('a reader that takes nothing is let go, and the server goes on', async () => {
  await using world = await startWorld()
  const ana = await world.signIn('ana')
  const { workspace } = await ana.call(api.getCurrentUser, {})
  const { hostname, port } = new URL(world.url())
  const socket = connect(Number(port), hostname)
  const closed = new Promise((resolve) => socket.once('close', resolve))
  socket.on('error', () => undefined)
  socket.write(
    `GET /api/events HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${ana.accessToken}\r\nlast-event-id: 0\r\n\r\n`,
  )
  socket.pause()
  const connectionId = crypto.randomUUID()
  const payload = JSON.stringify({ type: 'instances-changed', connectionId })
  // Far more than what the system and the server keep for a reader.
  await sql`insert into events (workspace_id, type, payload, created_at)
    select ${workspace.id}, 'instances-changed', ${payload}::jsonb, now() from generate_series(1, 60000)`.execute(
    world.db,
  )
  const other = await listen(ana)
  await discover(ana)
  await eventually(() => other.events.length > 0, 20_000)
  expect(other.isOpen()).toBe(true)
  socket.resume()
  await closed
  expect((await ana.fetch('/api/auth/user')).status).toBe(200)
  other.stop()
}, 60_000)
