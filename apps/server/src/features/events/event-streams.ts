import { AppEvent, type SessionId, type WorkspaceId } from '@recomamp/contracts'
import { sql } from 'kysely'
import type { Db } from '#platform/db/tables.ts'
import type { Job } from '#platform/jobs/job.ts'
import { seconds } from '#platform/time.ts'

/** One open stream of one browser. */
export interface EventStream {
  readonly workspaceId: WorkspaceId
  readonly sessionId: SessionId
  /** The number of the last event that was told. */
  lastId: number
  tell(id: number, event: AppEvent): void
  end(): void
}

/** The open streams of this process; one reading of the table serves them all. */
export interface EventStreams {
  open(stream: EventStream): void
  close(stream: EventStream): void
  /** Tells what is new and ends streams whose session has ended. */
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

  async function endDead(db: Db, now: Date): Promise<void> {
    const sessions = [...new Set([...streams].map((stream) => stream.sessionId))]
    const rows = await db
      .selectFrom('sessions')
      .where('id', 'in', sessions)
      .where('ended_at', 'is', null)
      .where('expires_at', '>', now)
      .select('id')
      .execute()
    const live = new Set(rows.map((row) => row.id))
    for (const stream of streams) if (sessions.includes(stream.sessionId) && !live.has(stream.sessionId)) stream.end()
  }

  async function tellNew(db: Db): Promise<void> {
    let rows: StoredEvent[]
    do {
      const after = new Map<WorkspaceId, number>()
      for (const { workspaceId, lastId } of streams)
        after.set(workspaceId, Math.min(lastId, after.get(workspaceId) ?? lastId))
      rows = after.size === 0 ? [] : await eventsAfter(db, after)
      for (const row of rows)
        for (const stream of streams)
          if (stream.workspaceId === row.workspaceId && stream.lastId < row.id) {
            stream.lastId = row.id
            if (row.event !== null) stream.tell(row.id, row.event)
          }
    } while (rows.length === readAtOnce)
  }

  return {
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
