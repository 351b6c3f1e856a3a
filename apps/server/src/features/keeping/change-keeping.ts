import type { BodyOf, Keeping, changeKeeping as endpoint } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { recordAudit } from '#features/audit/index.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Member } from '#platform/http/app-types.ts'
import { removeOldJobName } from './job-names.ts'
import { keepingOf } from './keeping.store.ts'

/** Decides how long the workspace keeps what may go; what is past its time from now on goes with the next round. */
export async function changeKeeping(ctx: Ctx, who: Member, wanted: BodyOf<typeof endpoint>): Promise<Keeping> {
  const kept = await inTransaction(ctx.db, async (tx) => {
    const before = await keepingOf(tx, who.workspaceId)
    const after = {
      resultDays: wanted.resultDays === undefined ? before.resultDays : wanted.resultDays,
      auditDays: wanted.auditDays === undefined ? before.auditDays : wanted.auditDays,
      deliveryDays: wanted.deliveryDays ?? before.deliveryDays,
    }
    const { name } = await tx
      .updateTable('workspaces')
      .where('id', '=', who.workspaceId)
      .set({ result_days: after.resultDays, audit_days: after.auditDays, delivery_days: after.deliveryDays })
      .returning('name')
      .executeTakeFirstOrThrow()
    const object = { kind: 'workspace', id: who.workspaceId, name } as const
    const detail = { from: before, to: after }
    await recordAudit(tx, who, { action: 'keeping-changed', object, detail }, ctx.now())
    return after
  })
  ctx.wake(removeOldJobName)
  return kept
}
