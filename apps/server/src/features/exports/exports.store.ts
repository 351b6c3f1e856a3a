import { randomUUID } from 'node:crypto'
import { type ExecutionId, type Export, ExportId, type ExportFormat, Problem } from '@recomamp/contracts'
import type { QueryOf, ReplyOf, WorkspaceId, listExports } from '@recomamp/contracts'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import { recordAudit } from '#features/audit/index.ts'
import { recordEvent } from '#features/events/index.ts'
import { requireStatus } from '#features/executions/index.ts'
import type { Database, Db } from '#platform/db/tables.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Member } from '#platform/http/app-types.ts'
import { cutPage, earlierThan, readCursor } from '#platform/http/cursor.ts'

const Place = z.tuple([z.iso.datetime(), ExportId])

/** An export of the workspace; a Problem export-not-found where there is none or its time is over. */
export async function requireExport(db: Db, workspaceId: WorkspaceId, id: ExportId, now: Date): Promise<Export> {
  const row = await alive(db, workspaceId, now).where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw new Problem('export-not-found')
  return toExport(row)
}

/** A page of the exports of an execution, latest first. */
export async function pageOfExports(
  db: Db,
  workspaceId: WorkspaceId,
  executionId: ExecutionId,
  now: Date,
  { limit, cursor }: QueryOf<typeof listExports>,
): Promise<ReplyOf<typeof listExports>> {
  await requireStatus(db, workspaceId, executionId)
  const after = readCursor(cursor, Place)
  const all = alive(db, workspaceId, now).where('execution_id', '=', executionId)
  const rows = await all
    .where(earlierThan('requested_at', 'id', after))
    .orderBy('requested_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const { total } = await all
    .clearSelect()
    .select((eb) => eb.fn.countAll<string>().as('total'))
    .executeTakeFirstOrThrow()
  const page = cutPage(rows, limit, (row) => [row.requested_at.toISOString(), row.id])
  return { items: page.rows.map(toExport), total: Number(total), nextCursor: page.nextCursor }
}

/** The file of a kind that there is or that is being made; a new one, told to the browsers, where there is none. Requests at the same
 *  time get the same: each holds the row of the execution while it looks. */
export async function findOrInsertExport(
  db: Db,
  who: Member,
  wanted: {
    executionId: ExecutionId
    format: ExportFormat
    keepsFormulas: boolean
    fileName: string
  },
  now: Date,
): Promise<Export> {
  const { workspaceId } = who
  const { executionId, format, keepsFormulas } = wanted
  return inTransaction(db, async (tx) => {
    await tx
      .selectFrom('workflow_executions')
      .where('workspace_id', '=', workspaceId)
      .where('id', '=', executionId)
      .select('id')
      .forUpdate()
      .execute()
    const found = await alive(tx, workspaceId, now)
      .where('execution_id', '=', executionId)
      .where('format', '=', format)
      .where('keeps_formulas', '=', keepsFormulas)
      .where('status', '<>', 'failed')
      .orderBy('requested_at', 'desc')
      .executeTakeFirst()
    if (found !== undefined) return toExport(found)
    const row = await tx
      .insertInto('exports')
      .values({
        id: ExportId.parse(randomUUID()),
        workspace_id: workspaceId,
        execution_id: executionId,
        requested_by: who.userId,
        format,
        keeps_formulas: keepsFormulas,
        status: 'queued',
        file_name: wanted.fileName,
        requested_at: now,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    const detail = { executionId, format }
    await recordAudit(
      tx,
      who,
      { action: 'export-made', object: { kind: 'export', id: row.id, name: row.file_name }, detail },
      now,
    )
    await recordEvent(tx, workspaceId, eventOf({ id: row.id, executionId }), now)
    return toExport(row)
  })
}

/** What the event stream tells when an export has changed. */
export function eventOf({ id, executionId }: { id: ExportId; executionId: ExecutionId }) {
  return { type: 'export-changed', exportId: id, executionId } as const
}

function alive(db: Db, workspaceId: WorkspaceId, now: Date) {
  return db
    .selectFrom('exports')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
}

function toExport(row: Selectable<Database['exports']>): Export {
  return {
    id: row.id,
    executionId: row.execution_id,
    format: row.format,
    keepsFormulas: row.keeps_formulas,
    status: row.status,
    fileName: row.file_name,
    rowCount: row.row_count === null ? null : Number(row.row_count),
    bytes: row.bytes === null ? null : Number(row.bytes),
    checksum: row.checksum,
    failure: row.failure,
    requestedAt: row.requested_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    expiresAt: row.expires_at?.toISOString() ?? null,
  }
}
