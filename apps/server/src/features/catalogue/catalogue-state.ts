import type { CatalogueState } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { countRows } from './catalogue-rows.store.ts'
import { sourceOf } from './repository/source-of.ts'

/** Where the catalogue comes from and how its repository fares. */
export async function catalogueState(ctx: Ctx): Promise<CatalogueState> {
  const row = await ctx.db.selectFrom('catalogue').selectAll().executeTakeFirstOrThrow()
  const { repository } = ctx.config.catalogue
  const isAbout = repository !== null && row.checked_source === sourceOf(repository)
  const now = ctx.now()
  const isDue = !isAbout || row.next_check_at === null || row.next_check_at <= now
  return {
    origin: row.origin,
    importedAt: row.imported_at.toISOString(),
    counts: await countRows(ctx.db),
    repository: repository && {
      ...repository,
      checking: isDue || (row.lease_until !== null && row.lease_until > now),
      checkedAt: isAbout ? (row.checked_at?.toISOString() ?? null) : null,
      failure: isAbout ? row.check_failure : null,
    },
  }
}
