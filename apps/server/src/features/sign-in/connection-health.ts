import type { ConnectionId } from '@recomamp/contracts'
import { sql } from 'kysely'
import { recordEvent } from '#features/events/index.ts'
import type { EncryptedToken } from '#platform/crypto/tokens.ts'
import type { Db, Tx } from '#platform/db/tables.ts'
import { inTransaction } from '#platform/db/transaction.ts'

/** Notes that a connection needs a new sign-in. `token` is the stored one that does not serve any more: a sign-in meanwhile has
 *  brought others, and is not undone. Nothing is deleted (F-30). */
export async function markBroken(
  db: Db,
  connection: { id: ConnectionId; token: EncryptedToken; reason: 'revoked' | 'unreadable' },
  now: Date,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const changed = await tx
      .updateTable('connections')
      .where('id', '=', connection.id)
      .where('health', '=', 'healthy')
      .where('refresh_token_encrypted', '=', connection.token)
      .set({
        health: 'needs-reconnect',
        reconnect_reason: connection.reason,
        refresh_lease_until: null,
        updated_at: now,
      })
      .returning('workspace_id')
      .executeTakeFirst()
    if (changed !== undefined) await tell(tx, { ...connection, workspaceId: changed.workspace_id }, now)
  })
}

/** Takes back that a connection's tokens could not be read: their key is here again. */
export async function markReadable(db: Db, connection: { id: ConnectionId; token: EncryptedToken }, now: Date) {
  await inTransaction(db, async (tx) => {
    const changed = await tx
      .updateTable('connections')
      .where('id', '=', connection.id)
      .where('reconnect_reason', '=', 'unreadable')
      .where('refresh_token_encrypted', '=', connection.token)
      .set({ health: 'healthy', reconnect_reason: null, updated_at: now })
      .returning('workspace_id')
      .executeTakeFirst()
    if (changed !== undefined) await tell(tx, { ...connection, workspaceId: changed.workspace_id }, now)
  })
}

/** Notes in words why Amazon could not be asked although the connection goes on; null takes the note back. Told only when it changed. */
export async function noteCheck(db: Db, id: ConnectionId, error: string | null, now: Date): Promise<void> {
  await inTransaction(db, async (tx) => {
    const changed = await tx
      .updateTable('connections')
      .where('id', '=', id)
      .where(sql<boolean>`check_error is distinct from ${error}`)
      .set({ check_error: error, updated_at: now })
      .returning('workspace_id')
      .executeTakeFirst()
    if (changed !== undefined) await tell(tx, { id, workspaceId: changed.workspace_id }, now)
  })
}

function tell(
  tx: Tx,
  { id, workspaceId }: { id: ConnectionId; workspaceId: Parameters<typeof recordEvent>[1] },
  now: Date,
) {
  return recordEvent(tx, workspaceId, { type: 'connection-changed', connectionId: id }, now)
}
