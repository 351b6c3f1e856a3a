import type { AuditEntry, BodyOf, QueryOf, ReplyOf, WorkspaceId, exportAudit, listAudit } from '@recomamp/contracts'
import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { AuditLogTable } from '#platform/db/access-tables.ts'
import type { Db } from '#platform/db/tables.ts'
import { cutPage, readCursor } from '#platform/http/cursor.ts'

type Filter = BodyOf<typeof exportAudit>

/** The place of the last entry of a page. */
const Place = z.tuple([z.string().regex(/^\d{1,18}$/)])

/** A page of the log, newest first, with the number of all entries that the filter matches. */
export async function listEntries(
  db: Db,
  workspaceId: WorkspaceId,
  query: QueryOf<typeof listAudit>,
): Promise<ReplyOf<typeof listAudit>> {
  const { limit, cursor, ...filter } = query
  const before = readCursor(cursor, Place)
  const { total } = await matching(db, workspaceId, filter)
    .select((eb) => eb.fn.countAll<string>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await matching(db, workspaceId, filter)
    .$if(before !== null, (entries) => entries.where('id', '<', before?.[0] ?? ''))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .selectAll()
    .execute()
  const page = cutPage(rows, limit, ({ id }) => [id])
  return { items: page.rows.map(toEntry), total: Number(total), nextCursor: page.nextCursor }
}

/** Every entry that the filter matches, oldest first, read a part at a time. */
export async function* allEntries(db: Db, workspaceId: WorkspaceId, filter: Filter): AsyncGenerator<AuditEntry> {
  let after = '0'
  for (;;) {
    const rows = await matching(db, workspaceId, filter)
      .where('id', '>', after)
      .orderBy('id')
      .limit(1000)
      .selectAll()
      .execute()
    yield* rows.map(toEntry)
    const last = rows.at(-1)
    if (last === undefined) return
    after = last.id
  }
}

function matching(db: Db, workspaceId: WorkspaceId, { action, person, from, to }: Filter) {
  return db
    .selectFrom('audit_log')
    .where('workspace_id', '=', workspaceId)
    .$if(action !== undefined, (entries) => entries.where('action', '=', action ?? 'signed-in'))
    .$if(person !== undefined, (entries) => entries.where((eb) => eb('user_id', '=', person ?? null)))
    .$if(from !== undefined, (entries) => entries.where('at', '>=', new Date(from ?? 0)))
    .$if(to !== undefined, (entries) => entries.where('at', '<', new Date(to ?? 0)))
}

function toEntry(row: Selectable<AuditLogTable>): AuditEntry {
  return {
    id: row.id,
    at: row.at.toISOString(),
    action: row.action,
    person: { id: row.user_id, name: row.user_name },
    via: { kind: row.via, name: row.via_name },
    object: { kind: row.object_kind, id: row.object_id, name: row.object_name },
    detail: row.detail,
    address: row.address,
    userAgent: row.user_agent,
    requestId: row.request_id,
  }
}
