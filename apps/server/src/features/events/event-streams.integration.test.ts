import * as api from '@recomamp/contracts'
import { SessionId, WorkspaceId } from '@recomamp/contracts'
import { databaseKinds, eventually, startWorld } from '@recomamp/testkit'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { acrossWorkspaces } from '#platform/db/scope.ts'
import type { Db } from '#platform/db/tables.ts'
import { createEventStreams, type EventStream } from './event-streams.ts'

/** Calls `act` once, when the events were read and before anybody is told of them. */
function whenEventsWereRead(db: Db, act: () => void): Db {
  let isDone = false
  return db.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult({ result }) {
      if (!isDone && result.rows.some((row) => 'payload' in row)) {
        isDone = true
        act()
      }
      return Promise.resolve(result)
    },
  })
}

test.each(databaseKinds)(
  'a stream that is resumed while others are told of something newer misses nothing in between, on %s',
  async (database) => {
    await using world = await startWorld({ database })
    const ana = await world.signIn('ana')
    const { workspace } = await ana.call(api.getCurrentUser, {})
    const { items } = await ana.call(api.listSessions, { query: {} })
    const workspaceId = WorkspaceId.parse(workspace.id)
    await eventually(async () => (await ana.call(api.getCurrentUser, {})).connections[0]?.discovering === false)
    const payload = JSON.stringify({ type: 'instances-changed', connectionId: crypto.randomUUID() })
    const { rows } = await sql<{ id: string }>`insert into events (workspace_id, type, payload, created_at)
      select ${workspaceId}, 'instances-changed', ${payload}::jsonb, now() from generate_series(1, 4) returning id`.execute(
      world.db,
    )
    const [first = 0, second = 0, third = 0, fourth = 0] = rows.map(({ id }) => Number(id))

    const streams = createEventStreams()
    const openAt = (lastId: number) => {
      const told: number[] = []
      const stream: EventStream = {
        workspaceId,
        via: SessionId.parse(items[0]?.id),
        lastId,
        tell: (id) => told.push(id),
        end: () => streams.close(stream),
      }
      streams.open(stream)
      return told
    }
    const ahead = openAt(third)
    let behind: number[] = []
    const db = whenEventsWereRead(world.db, () => (behind = openAt(first)))
    const now = world.clock.now()
    await acrossWorkspaces(() => streams.round(db, now))
    expect(ahead[0]).toBe(fourth)
    await acrossWorkspaces(() => streams.round(db, now))
    expect(behind.slice(0, 3)).toEqual([second, third, fourth])
  },
)
