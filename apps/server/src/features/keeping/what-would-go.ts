import type { QueryOf, ReplyOf, WorkspaceId, previewKeeping } from '@recomamp/contracts'
import type { Db } from '#platform/db/tables.ts'
import { auditBefore, deliveriesBefore, pastSince, resultsBefore } from './keeping.store.ts'

/** What would be removed now if so many days were kept; nothing of what no days are named for. */
export async function whatWouldGo(
  db: Db,
  workspaceId: WorkspaceId,
  { resultDays, auditDays, deliveryDays }: QueryOf<typeof previewKeeping>,
  now: Date,
): Promise<ReplyOf<typeof previewKeeping>> {
  const results =
    resultDays === undefined
      ? null
      : await resultsBefore(db, workspaceId, pastSince(now, resultDays))
          .select((eb) => [
            eb.fn.countAll<string>().as('count'),
            eb.fn.sum<string | null>('result_bytes').as('bytes'),
            eb.fn.min('finished_at').as('oldest'),
          ])
          .executeTakeFirstOrThrow()
  const audit =
    auditDays === undefined
      ? null
      : await auditBefore(db, workspaceId, pastSince(now, auditDays))
          .select((eb) => eb.fn.countAll<string>().as('count'))
          .executeTakeFirstOrThrow()
  const deliveries =
    deliveryDays === undefined
      ? null
      : await deliveriesBefore(db, workspaceId, pastSince(now, deliveryDays))
          .select((eb) => eb.fn.countAll<string>().as('count'))
          .executeTakeFirstOrThrow()
  return {
    results: {
      count: Number(results?.count ?? 0),
      bytes: Number(results?.bytes ?? 0),
      oldest: results?.oldest?.toISOString() ?? null,
    },
    auditEntries: Number(audit?.count ?? 0),
    deliveries: Number(deliveries?.count ?? 0),
  }
}
