import type { BodyOf, Instance, InstanceId, updateInstance as endpoint } from '@recomamp/contracts'
import { sql } from 'kysely'
import type { Ctx } from '#context.ts'
import { recordAudit } from '#features/audit/index.ts'
import { recordEvent, tellEventsJobName } from '#features/events/index.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Member } from '#platform/http/app-types.ts'
import { requireInstanceView } from './instances.store.ts'

/** Keeps what people note about an instance; Amazon is not told. */
export async function updateInstance(
  ctx: Ctx,
  who: Member,
  instanceId: InstanceId,
  change: BodyOf<typeof endpoint>,
): Promise<Instance> {
  const { name, brands, notes, defaults } = change
  const { connection, name: known } = await requireInstanceView(ctx.db, who.workspaceId, instanceId)
  await inTransaction(ctx.db, async (tx) => {
    await tx
      .updateTable('amc_instances')
      .where('workspace_id', '=', who.workspaceId)
      .where('id', '=', instanceId)
      .set({
        updated_at: ctx.now(),
        ...(name === undefined ? {} : { name: name ?? sql.ref<string>('amc_name') }),
        ...(brands === undefined ? {} : { brands: JSON.stringify(brands) }),
        ...(notes === undefined ? {} : { notes }),
        ...(defaults === undefined
          ? {}
          : {
              settled_after_days: defaults.settledAfterDays,
              window_days: defaults.windowDays,
              time_zone: defaults.timeZone,
            }),
      })
      .execute()
    const object = { kind: 'instance', id: instanceId, name: known } as const
    await recordAudit(tx, who, { action: 'instance-changed', object, detail: change }, ctx.now())
    await recordEvent(tx, who.workspaceId, { type: 'instances-changed', connectionId: connection.id }, ctx.now())
  })
  ctx.wake(tellEventsJobName)
  return requireInstanceView(ctx.db, who.workspaceId, instanceId)
}
