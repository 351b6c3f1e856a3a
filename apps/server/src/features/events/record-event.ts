import type { AppEvent, WorkspaceId } from '@recomamp/contracts'
import { sql } from 'kysely'
import type { Tx } from '#platform/db/tables.ts'

/** Any number that no other lock takes; the workspace is the second key. */
const lockClass = 727_002

/** Writes what happened, in the transaction that changed it. Writers of one workspace take turns until they commit,
 *  so that ids appear in commit order and a reader that resumes after an id misses nothing. */
export async function recordEvent(tx: Tx, workspaceId: WorkspaceId, event: AppEvent, at: Date): Promise<void> {
  await recordEvents(tx, workspaceId, [event], at)
}

/** As recordEvent, for several events of one workspace in one statement. */
export async function recordEvents(
  tx: Tx,
  workspaceId: WorkspaceId,
  events: readonly AppEvent[],
  at: Date,
): Promise<void> {
  if (events.length === 0) return
  await sql`select pg_advisory_xact_lock(${lockClass}, hashtext(${workspaceId}))`.execute(tx)
  await tx
    .insertInto('events')
    .values(
      events.map((event) => ({
        workspace_id: workspaceId,
        type: event.type,
        payload: JSON.stringify(event),
        created_at: at,
      })),
    )
    .execute()
}
