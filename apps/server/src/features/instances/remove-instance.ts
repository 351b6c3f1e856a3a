import { type InstanceId, type InstanceRemoval, Problem, isFinal } from '@recomamp/contracts'
import { sql } from 'kysely'
import type { Ctx } from '#context.ts'
import { recordAudit } from '#features/audit/index.ts'
import { recordEvent, tellEventsJobName } from '#features/events/index.ts'
import type { Db } from '#platform/db/tables.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Member } from '#platform/http/app-types.ts'
import { requireInstanceView } from './instances.store.ts'

/** What the removal of an instance would take with it, and what would stay. */
export async function removalOf(ctx: Ctx, who: Member, instanceId: InstanceId): Promise<InstanceRemoval> {
  await requireInstanceView(ctx.db, who.workspaceId, instanceId)
  return countRemoval(ctx.db, who, instanceId)
}

/**
 * Takes an instance out of the workspace and answers what went with it. Executions and their results stay readable, queries stay without
 * an instance, copies stay at AMC. Refused while a run has not ended, so that no result is lost.
 */
export async function removeInstance(ctx: Ctx, who: Member, instanceId: InstanceId): Promise<InstanceRemoval> {
  const now = ctx.now()
  const removal = await inTransaction(ctx.db, async (tx) => {
    const row = await tx
      .updateTable('amc_instances')
      .where('workspace_id', '=', who.workspaceId)
      .where('id', '=', instanceId)
      .where('removed_at', 'is', null)
      .set({ removed_at: now, schema_next_read_at: null, schema_lease_until: null, updated_at: now })
      .returning(['connection_id', 'name'])
      .executeTakeFirst()
    if (row === undefined) throw new Problem('instance-not-found')
    const counts = await countRemoval(tx, who, instanceId)
    if (counts.openExecutions > 0)
      throw new Problem(
        'instance-in-use',
        `${counts.openExecutions === 1 ? 'A run has' : `${counts.openExecutions} runs have`} not ended. Cancel or wait, then remove the instance`,
        { extensions: { openExecutions: counts.openExecutions } },
      )
    await tx
      .updateTable('workflows')
      .where('workspace_id', '=', who.workspaceId)
      .where('instance_id', '=', instanceId)
      .set({ instance_id: null })
      .execute()
    for (const table of ['amc_copies', 'schema_snapshots'] as const)
      await tx
        .deleteFrom(table)
        .where('workspace_id', '=', who.workspaceId)
        .where('instance_id', '=', instanceId)
        .execute()
    const object = { kind: 'instance', id: instanceId, name: row.name } as const
    await recordAudit(tx, who, { action: 'instance-removed', object, detail: { ...counts } }, now)
    await recordEvent(tx, who.workspaceId, { type: 'instances-changed', connectionId: row.connection_id }, now)
    return counts
  })
  ctx.wake(tellEventsJobName)
  ctx.log.info({ instanceId, ...removal }, 'an instance was removed')
  return removal
}

async function countRemoval(db: Db, who: Member, instanceId: InstanceId): Promise<InstanceRemoval> {
  const countIn = async (table: 'workflows' | 'amc_copies' | 'schema_snapshots') => {
    const { count } = await db
      .selectFrom(table)
      .where('workspace_id', '=', who.workspaceId)
      .where('instance_id', '=', instanceId)
      .select((eb) => eb.fn.countAll<string>().as('count'))
      .executeTakeFirstOrThrow()
    return Number(count)
  }
  const byStatus = await db
    .selectFrom('workflow_executions')
    .where('workspace_id', '=', who.workspaceId)
    .where('instance_id', '=', instanceId)
    .groupBy('status')
    .select(['status', sql<string>`count(*)`.as('count')])
    .execute()
  const sum = (rows: typeof byStatus) => rows.reduce((all, { count }) => all + Number(count), 0)
  return {
    openExecutions: sum(byStatus.filter(({ status }) => !isFinal(status))),
    executions: sum(byStatus),
    queries: await countIn('workflows'),
    copies: await countIn('amc_copies'),
    snapshots: await countIn('schema_snapshots'),
  }
}
