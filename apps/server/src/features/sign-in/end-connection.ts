import { type ConnectionId, type Disconnection, Problem, finalStatuses } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { recordAudit } from '#features/audit/index.ts'
import { recordEvent, tellEventsJobName } from '#features/events/index.ts'
import type { Db } from '#platform/db/tables.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Member } from '#platform/http/app-types.ts'

const namedAtMost = 100

/** What ending a connection would stop, and what stays. */
export async function disconnectionOf(db: Db, who: Member, connectionId: ConnectionId): Promise<Disconnection> {
  const own = await db
    .selectFrom('connections')
    .where('workspace_id', '=', who.workspaceId)
    .where('id', '=', connectionId)
    .select('id')
    .executeTakeFirst()
  if (own === undefined) throw new Problem('connection-not-found')
  const instances = await db
    .selectFrom('amc_instances')
    .where('workspace_id', '=', who.workspaceId)
    .where('connection_id', '=', connectionId)
    .where('removed_at', 'is', null)
    .orderBy('name')
    .orderBy('id')
    .select(['id', 'name'])
    .execute()
  const ofInstances = db
    .selectFrom('amc_instances')
    .where('workspace_id', '=', who.workspaceId)
    .where('connection_id', '=', connectionId)
    .select('id')
  const { queries } = await db
    .selectFrom('workflows')
    .where('workspace_id', '=', who.workspaceId)
    .where('instance_id', 'in', ofInstances)
    .where('deleted_at', 'is', null)
    .select((eb) => eb.fn.countAll<string>().as('queries'))
    .executeTakeFirstOrThrow()
  const { executions, open } = await db
    .selectFrom('workflow_executions')
    .where('workspace_id', '=', who.workspaceId)
    .where('instance_id', 'in', ofInstances)
    .select((eb) => [
      eb.fn.countAll<string>().as('executions'),
      eb.fn.countAll<string>().filterWhere('status', 'not in', finalStatuses).as('open'),
    ])
    .executeTakeFirstOrThrow()
  return {
    instances: instances.slice(0, namedAtMost),
    instanceCount: instances.length,
    openExecutions: Number(open),
    queries: Number(queries),
    executions: Number(executions),
  }
}

/** A connection without its tokens, for which nothing is due. */
export const disconnected = {
  health: 'needs-reconnect',
  reconnect_reason: 'disconnected',
  access_token_encrypted: null,
  refresh_token_encrypted: null,
  previous_refresh_token_encrypted: null,
  refresh_lease_until: null,
  check_requested_at: null,
  check_error: null,
  discovery_requested_at: null,
  discovery_error: null,
} as const

/**
 * Forgets the tokens of a connection. Nothing else goes: instances, queries and results stay, runs go on at AMC and are
 * fetched once somebody signs in again. A renewal that is under way finds its lease gone and stores nothing.
 */
export async function endConnection(ctx: Ctx, who: Member, connectionId: ConnectionId): Promise<Disconnection> {
  const now = ctx.now()
  const stopped = await inTransaction(ctx.db, async (tx) => {
    const counts = await disconnectionOf(tx, who, connectionId)
    await tx
      .updateTable('connections')
      .where('workspace_id', '=', who.workspaceId)
      .where('id', '=', connectionId)
      .set({ ...disconnected, updated_at: now })
      .execute()
    await recordAudit(tx, who, { action: 'connection-ended', object: { kind: 'connection', id: connectionId } }, now)
    await recordEvent(tx, who.workspaceId, { type: 'connection-changed', connectionId }, now)
    return counts
  })
  ctx.wake(tellEventsJobName)
  ctx.log.info({ connectionId }, 'a connection was ended by a person')
  return stopped
}
