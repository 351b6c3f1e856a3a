import type { InstanceId, SchemaReading } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { recordAudit } from '#features/audit/index.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Member } from '#platform/http/app-types.ts'
import { readSchemasJobName } from './job-names.ts'
import { requireReading, wishForReading } from './reading.store.ts'

/** Asks for a reading of the instance's tables; it happens in the background. */
export async function requestReading(ctx: Ctx, who: Member, instanceId: InstanceId): Promise<SchemaReading> {
  const now = ctx.now()
  const isNew = await inTransaction(ctx.db, async (tx) => {
    const wished = await wishForReading(tx, who.workspaceId, instanceId, 'again', now)
    const object = { kind: 'instance', id: instanceId } as const
    if (wished) await recordAudit(tx, who, { action: 'schema-asked-for', object }, now)
    return wished
  })
  if (isNew) ctx.wake(readSchemasJobName)
  return requireReading(ctx.db, who.workspaceId, instanceId, ctx.now())
}

/** How far the reading of an instance is. Whoever looks at an instance for the first time has it read: an account may reach hundreds
 *  of instances, and most are never looked at. */
export async function lookAtInstance(ctx: Ctx, who: Member, instanceId: InstanceId): Promise<SchemaReading> {
  if (await wishForReading(ctx.db, who.workspaceId, instanceId, 'first', ctx.now())) ctx.wake(readSchemasJobName)
  return requireReading(ctx.db, who.workspaceId, instanceId, ctx.now())
}
