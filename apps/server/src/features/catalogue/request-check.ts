import { type CatalogueState, Problem } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { recordAudit } from '#features/audit/index.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Member } from '#platform/http/app-types.ts'
import { catalogueState } from './catalogue-state.ts'
import { checkRepositoryJobName } from './job-names.ts'

/** Asks for a check of the catalogue's repository; it happens in the background. */
export async function requestCheck(ctx: Ctx, who: Member): Promise<CatalogueState> {
  if (ctx.config.catalogue.repository === null)
    throw new Problem('no-catalogue-repository', 'Set CATALOGUE_REPOSITORY to an owner and a name')
  await inTransaction(ctx.db, async (tx) => {
    await tx.updateTable('catalogue').set({ next_check_at: ctx.now() }).execute()
    const object = { kind: 'catalogue', id: 'current' } as const
    await recordAudit(tx, who, { action: 'catalogue-asked-for', object }, ctx.now())
  })
  ctx.wake(checkRepositoryJobName)
  return catalogueState(ctx)
}
