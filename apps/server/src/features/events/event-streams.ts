import { type AccessTokenId, AppEvent, type SessionId, type WorkspaceId } from '@recomamp/contracts'
import { sql } from 'kysely'
import type { Db } from '#platform/db/tables.ts'
import type { Job } from '#platform/jobs/job.ts'
import { seconds } from '#platform/time.ts'

/** One open stream of one browser. */
export interface EventStream {
  readonly workspaceId: WorkspaceId
  /** The session or the access token that it was opened with: it ends with that. */
  readonly via: SessionId | AccessTokenId
  /** The number of the last event that was told. */
  lastId: number
  tell(id: number, event: AppEvent): void
  end(): void
}

/** The open streams of this process; one reading of the table serves them all. */
export interface EventStreams {
  count(): number
  open(stream: EventStream): void
  close(stream: EventStream): void
  /** Tells what is new and ends streams whose session or access token has ended. */
  round(db: Db, now: Date): Promise<void>
  endAll(): void
}

/** Wake it after an event was recorded, so that this process's browsers hear at once. */
export const tellEventsJobName = 'tell-events'
/** How late a browser hears at most of what another process has written. */
const pollEvery = seconds(1)
const readAtOnce = 500

export function tellEventsJob(streams: EventStreams): Job {
  return { name: tellEventsJobName, everyMs: pollEvery, run: (ctx) => streams.round(ctx.db, ctx.now()) }
}

export function createEventStreams(): EventStreams {
  const streams = new Set<EventStream>()

  /** Ends the streams whose session or token is over or has gone on in another workspace, and those of who is no member any more. */
  async function endDead(db: Db, now: Date): Promise<void> {
    const asked = [...streams]
    const ids = [...new Set(asked.map(({ via }) => via))]
    const { rows } = await sql<{ id: string; workspace_id: WorkspaceId }>`
      select opened.id, opened.workspace_id
      from (
        select id, workspace_id, user_id from sessions
          where id = any (${ids}::uuid[]) and ended_at is null and expires_at > ${now}
        union all
        select id, workspace_id, user_id from personal_tokens
          where id = any (${ids}::uuid[]) and revoked_at is null and expires_at > ${now}
      ) opened
      join workspace_members member on member.workspace_id = opened.workspace_id and member.user_id = opened.user_id`.execute(
      db,
    )
    const live = new Map(rows.map((row) => [row.id, row.workspace_id]))
    for (const stream of asked) if (live.get(stream.via) !== stream.workspaceId) stream.end()
  }

  async function tellNew(db: Db): Promise<void> {
    let rows: StoredEvent[]
    do {
      // One that is opened meanwhile may have its place before what is read now: it waits for the next reading.
      const asked = [...streams]
      const after = new Map<WorkspaceId, number>()
      for (const { workspaceId, lastId } of asked)
        after.set(workspaceId, Math.min(lastId, after.get(workspaceId) ?? lastId))
      rows = after.size === 0 ? [] : await eventsAfter(db, after)
      for (const row of rows)
        for (const stream of asked)
          if (streams.has(stream) && stream.workspaceId === row.workspaceId && stream.lastId < row.id) {
            stream.lastId = row.id
            if (row.event !== null) stream.tell(row.id, row.event)
          }
    } while (rows.length === readAtOnce)
  }

  return {
    count: () => streams.size,
    open: (stream) => void streams.add(stream),
    close: (stream) => void streams.delete(stream),
    async round(db, now) {
      if (streams.size === 0) return
      await endDead(db, now)
      await tellNew(db)
    },
    endAll() {
      for (const stream of streams) stream.end()
    },
  }
}

interface StoredEvent {
  readonly id: number
  readonly workspaceId: WorkspaceId
  /** Null for what a newer version wrote: what this version does not know it does not tell. */
  readonly event: AppEvent | null
}

/** Per workspace from its own place on: ids follow the order of commits within a workspace only. */
async function eventsAfter(db: Db, after: ReadonlyMap<WorkspaceId, number>): Promise<StoredEvent[]> {
  const { rows } = await sql<{ id: string; workspace_id: WorkspaceId; payload: unknown }>`
    select events.id, events.workspace_id, events.payload
    from unnest(${[...after.keys()]}::uuid[], ${[...after.values()]}::bigint[]) as place (workspace_id, last_id)
    join events on events.workspace_id = place.workspace_id and events.id > place.last_id
    order by events.id
    limit ${readAtOnce}`.execute(db)
  return rows.map((row) => {
    const event = AppEvent.safeParse(row.payload)
    return { id: Number(row.id), workspaceId: row.workspace_id, event: event.success ? event.data : null }
  })
}

/** The number of the newest event of a workspace; 0 when there is none. */
export async function newestEventId(db: Db, workspaceId: WorkspaceId): Promise<number> {
  const row = await db
    .selectFrom('events')
    .where('workspace_id', '=', workspaceId)
    .orderBy('id', 'desc')
    .limit(1)
    .select('id')
    .executeTakeFirst()
  return Number(row?.id ?? 0)
}
