import { type CatalogueState, Problem } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { catalogueState } from './catalogue-state.ts'
import { checkRepositoryJobName } from './job-names.ts'

/** Asks for a check of the catalogue's repository; it happens in the background. */
export async function requestCheck(ctx: Ctx): Promise<CatalogueState> {
  if (ctx.config.catalogue.repository === null)
    throw new Problem('no-catalogue-repository', 'Set CATALOGUE_REPOSITORY to an owner and a name')
  await ctx.db.updateTable('catalogue').set({ next_check_at: ctx.now() }).execute()
  ctx.wake(checkRepositoryJobName)
  return catalogueState(ctx)
}
