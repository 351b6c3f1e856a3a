import { randomUUID } from 'node:crypto'
import type { AmcInstanceId, AmcTarget } from '@recomamp/amc-wire'
import { type ConnectionId, InstanceId, type WorkspaceId } from '@recomamp/contracts'
import type { Db } from '#platform/db/tables.ts'

/** Writes an AMC account that a connection reaches and answers its id; without a name it keeps the one that is known. */
export async function keepAccount(
  db: Db,
  account: { workspaceId: WorkspaceId; connectionId: ConnectionId; target: AmcTarget; name: string | null },
  now: Date,
): Promise<string> {
  const { id } = await db
    .insertInto('amc_accounts')
    .values({
      id: randomUUID(),
      workspace_id: account.workspaceId,
      connection_id: account.connectionId,
      entity_id: account.target.entityId,
      marketplace_id: account.target.marketplaceId,
      name: account.name ?? account.target.entityId,
      created_at: now,
      updated_at: now,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['connection_id', 'entity_id', 'marketplace_id'])
        .doUpdateSet({ updated_at: now, ...(account.name === null ? {} : { name: account.name }) }),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export interface FoundInstance {
  readonly workspaceId: WorkspaceId
  readonly connectionId: ConnectionId
  readonly accountId: string
  readonly amcInstanceId: AmcInstanceId
  readonly name: string
  readonly type: 'STANDARD' | 'SANDBOX'
  readonly customerName: string | null
  readonly addedBy: 'discovery' | 'hand'
}

/**
 * Writes instances that exist at AMC and answers their ids; one that is known keeps its id and all that people noted for it. One that
 * was removed comes back only by hand.
 */
export async function keepInstances(db: Db, found: readonly FoundInstance[], now: Date): Promise<InstanceId[]> {
  if (found.length === 0) return []
  const byHand = found.every((each) => each.addedBy === 'hand')
  const rows = await db
    .insertInto('amc_instances')
    .values(
      found.map((instance) => ({
        id: InstanceId.parse(randomUUID()),
        workspace_id: instance.workspaceId,
        account_id: instance.accountId,
        connection_id: instance.connectionId,
        amc_instance_id: instance.amcInstanceId,
        name: instance.name,
        amc_name: instance.name,
        type: instance.type,
        customer_name: instance.customerName,
        added_by: instance.addedBy,
        discovered_at: now,
        created_at: now,
        updated_at: now,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['connection_id', 'amc_instance_id']).doUpdateSet((eb) => ({
        account_id: eb.ref('excluded.account_id'),
        name: byHand
          ? eb.ref('excluded.name')
          : eb
              .case()
              .whenRef('amc_instances.name', '=', 'amc_instances.amc_name')
              .then(eb.ref('excluded.name'))
              .else(eb.ref('amc_instances.name'))
              .end(),
        ...(byHand ? { removed_at: null } : { amc_name: eb.ref('excluded.amc_name') }),
        type: eb.ref('excluded.type'),
        customer_name: eb.ref('excluded.customer_name'),
        available: true,
        discovered_at: now,
        updated_at: now,
      })),
    )
    .returning('id')
    .execute()
  return rows.map((row) => row.id)
}

/** Marks the instances of an account, or of accounts that are gone altogether, that Amazon no longer lists. Nothing is deleted. */
export async function markMissing(
  db: Db,
  where: { connectionId: ConnectionId; accountIds: readonly string[]; accounts: 'these' | 'others' },
  seen: readonly AmcInstanceId[],
  now: Date,
): Promise<void> {
  await db
    .updateTable('amc_instances')
    .where('connection_id', '=', where.connectionId)
    .where('added_by', '=', 'discovery')
    .where('available', '=', true)
    .$if(where.accountIds.length > 0, (rows) =>
      rows.where('account_id', where.accounts === 'these' ? 'in' : 'not in', [...where.accountIds]),
    )
    .$if(seen.length > 0, (rows) => rows.where('amc_instance_id', 'not in', [...seen]))
    .set({ available: false, updated_at: now })
    .execute()
}
