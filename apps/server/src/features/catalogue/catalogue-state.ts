import type { CatalogueState } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { countRows } from './catalogue-rows.store.ts'

/** Where the catalogue comes from and how its repository fares. */
export async function catalogueState(ctx: Ctx): Promise<CatalogueState> {
  const row = await ctx.db.selectFrom('catalogue').selectAll().executeTakeFirstOrThrow()
  return {
    origin: row.origin,
    importedAt: row.imported_at.toISOString(),
    counts: await countRows(ctx.db),
    repository: null,
  }
}
