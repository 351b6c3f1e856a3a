import { type BodyOf, type Instance, Problem, type addInstances } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { recordAudit } from '#features/audit/index.ts'
import { recordEvent, tellEventsJobName } from '#features/events/index.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Member } from '#platform/http/app-types.ts'
import { discoverInstancesJob } from './discover-instances.job.ts'
import { requireInstanceView } from './instances.store.ts'
import { keepAccount, keepInstances } from './known-instances.store.ts'

type Addition = BodyOf<typeof addInstances>

/** Asks for a reading of the workspace's connections, all or one; it happens in the background. */
export async function requestDiscovery(
  ctx: Ctx,
  who: Member,
  request: Extract<Addition, { by: 'discovery' }>,
): Promise<void> {
  const now = ctx.now()
  const asked = await inTransaction(ctx.db, async (tx) => {
    const rows = await tx
      .updateTable('connections')
      .where('workspace_id', '=', who.workspaceId)
      .$if(request.connectionId !== undefined, (rows) => rows.where('id', '=', request.connectionId ?? null))
      .set({ discovery_requested_at: now, updated_at: now })
      .returning('id')
      .execute()
    const deeds = rows.map(({ id }) => ({ action: 'instances-asked-for', object: { kind: 'connection', id } }) as const)
    await recordAudit(tx, who, deeds, now)
    return rows
  })
  if (asked.length === 0) throw new Problem('connection-not-found')
  ctx.wake(discoverInstancesJob.name)
}

/** Notes an instance that discovery does not see, such as one of another account that was shared. */
export async function addByHand(ctx: Ctx, who: Member, given: Extract<Addition, { by: 'hand' }>): Promise<Instance> {
  const now = ctx.now()
  const instanceId = await inTransaction(ctx.db, async (tx) => {
    const connection = await tx
      .selectFrom('connections')
      .where('workspace_id', '=', who.workspaceId)
      .where('id', '=', given.connectionId)
      .select('id')
      .executeTakeFirst()
    if (connection === undefined) throw new Problem('connection-not-found')
    const target = { entityId: given.entityId, marketplaceId: given.marketplaceId }
    const place = { workspaceId: who.workspaceId, connectionId: given.connectionId }
    const accountId = await keepAccount(tx, { ...place, target, name: null }, now)
    const { name, type, amcInstanceId } = given
    const found = { ...place, accountId, amcInstanceId, name, type, customerName: null, addedBy: 'hand' as const }
    const [id] = await keepInstances(tx, [found], now)
    if (id === undefined) throw new Error('an instance that was written has no id')
    await recordAudit(tx, who, { action: 'instance-added', object: { kind: 'instance', id, name } }, now)
    await recordEvent(tx, who.workspaceId, { type: 'instances-changed', connectionId: given.connectionId }, now)
    return id
  })
  ctx.wake(tellEventsJobName)
  return requireInstanceView(ctx.db, who.workspaceId, instanceId)
}
