import type { AuditAction, AuditObject } from '@recomamp/contracts'
import { sql } from 'kysely'
import type { Tx } from '#platform/db/tables.ts'
import type { Member } from '#platform/http/app-types.ts'

/** What was done to what. */
export interface Deed {
  readonly action: AuditAction
  readonly object: { readonly kind: AuditObject['kind']; readonly id: string; readonly name?: string | null }
  readonly detail?: Readonly<Record<string, unknown>>
}

/** Writes who did what, in the transaction that does it: neither is there without the other. */
export async function recordAudit(tx: Tx, who: Member, deeds: Deed | readonly Deed[], at: Date): Promise<void> {
  const rows: readonly Deed[] = 'action' in deeds ? [deeds] : deeds
  if (rows.length === 0) return
  const { name } = await tx
    .selectFrom('users')
    .where('id', '=', who.userId)
    .select(sql<string | null>`coalesce(name, email)`.as('name'))
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('audit_log')
    .values(
      rows.map(({ action, object, detail }) => ({
        workspace_id: who.workspaceId,
        at,
        action,
        user_id: who.userId,
        user_name: name,
        via: who.via.kind,
        via_name: who.via.kind === 'token' ? who.via.name : null,
        object_kind: object.kind,
        object_id: object.id,
        object_name: object.name ?? null,
        detail: JSON.stringify(detail ?? {}),
        address: who.from.address,
        user_agent: who.from.userAgent,
        request_id: who.from.requestId,
      })),
    )
    .execute()
}
