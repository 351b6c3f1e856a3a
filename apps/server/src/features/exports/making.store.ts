import type { ExecutionId, ExportFormat, ExportId, WorkspaceId } from '@recomamp/contracts'
import { sql } from 'kysely'
import { recordEvent } from '#features/events/index.ts'
import { claimRows } from '#platform/db/leases.ts'
import type { Db } from '#platform/db/tables.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import { later } from '#platform/time.ts'
import { eventOf } from './exports.store.ts'

/** An export that a worker makes. */
export interface HeldExport {
  id: ExportId
  workspaceId: WorkspaceId
  executionId: ExecutionId
  format: ExportFormat
  keepsFormulas: boolean
  /** How often it was begun, this time included; a file belongs to one attempt. */
  attempt: number
}

/** What is known of a file once it stands whole. */
export interface MadeFile {
  rowCount: number
  bytes: number
  checksum: string
}

/** Takes the export that has waited longest; null when none is due. */
export async function claimExport(db: Db, now: Date, leaseMs: number): Promise<HeldExport | null> {
  const [id] = await claimRows<ExportId>(db, {
    table: 'exports',
    lease: 'lease_until',
    due: sql`status in ('queued', 'running') and (next_attempt_at is null or next_attempt_at <= ${now})`,
    first: sql`requested_at`,
    now,
    leaseMs,
    limit: 1,
  })
  if (id === undefined) return null
  return inTransaction(db, async (tx) => {
    const row = await tx
      .updateTable('exports')
      .where('id', '=', id)
      .where('status', 'in', ['queued', 'running'])
      .set((eb) => ({ status: 'running', attempts: eb('attempts', '+', 1) }))
      .returning(['id', 'workspace_id', 'execution_id', 'format', 'keeps_formulas', 'attempts'])
      .executeTakeFirst()
    if (row === undefined) return null
    await recordEvent(tx, row.workspace_id, eventOf({ id, executionId: row.execution_id }), now)
    return {
      id,
      workspaceId: row.workspace_id,
      executionId: row.execution_id,
      format: row.format,
      keepsFormulas: row.keeps_formulas,
      attempt: row.attempts,
    }
  })
}

/** Keeps an export for the worker that makes it. */
export async function renewExport(db: Db, held: HeldExport, until: Date): Promise<void> {
  await ofAttempt(db, held).set({ lease_until: until }).execute()
}

/** Ends an export; false when another worker has begun it again meanwhile. */
export async function endExport(
  db: Db,
  held: HeldExport,
  end: MadeFile | { failure: string },
  times: { now: Date; expiresAt: Date },
): Promise<boolean> {
  const changes =
    'failure' in end
      ? { status: 'failed' as const, failure: end.failure }
      : { status: 'completed' as const, row_count: end.rowCount, bytes: end.bytes, checksum: end.checksum }
  return inTransaction(db, async (tx) => {
    const changed = await ofAttempt(tx, held)
      .set({ ...changes, finished_at: times.now, expires_at: times.expiresAt, lease_until: null })
      .returning('id')
      .executeTakeFirst()
    if (changed === undefined) return false
    await recordEvent(tx, held.workspaceId, eventOf(held), times.now)
    return true
  })
}

/** Lets an export wait for another try. */
export async function retryExport(db: Db, held: HeldExport, at: Date, now: Date): Promise<void> {
  await ofAttempt(db, held)
    .set({ next_attempt_at: at, lease_until: later(now, 0) })
    .execute()
}

function ofAttempt(db: Db, held: HeldExport) {
  return db
    .updateTable('exports')
    .where('workspace_id', '=', held.workspaceId)
    .where('id', '=', held.id)
    .where('status', '=', 'running')
    .where('attempts', '=', held.attempt)
}
