import { type Catalogue, loadCatalogue } from '@recomamp/amc-catalogue'
import type { CatalogueOrigin } from '@recomamp/contracts'
import { sql } from 'kysely'
import { keepTemplates } from '#features/templates/index.ts'
import type { Db } from '#platform/db/tables.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import { catalogueHash, shippedHash } from './catalogue-hash.ts'
import { type RowCounts, writeRows } from './catalogue-rows.store.ts'

/** What an import changed; all zero where the same was there already. */
export interface ImportedCatalogue {
  readonly sources: RowCounts
  readonly fields: RowCounts
  readonly examples: RowCounts
  readonly relationships: RowCounts
}

/** Any number that no other lock takes. */
const importLock = 727_003

/**
 * Writes a whole catalogue in one transaction: sources, fields, examples, relationships, categories, tags and templates. What is equal
 * is not touched, what is no longer there is removed.
 */
export async function importCatalogue(
  db: Db,
  catalogue: Catalogue,
  origin: CatalogueOrigin,
  now: Date,
): Promise<ImportedCatalogue> {
  const hash = catalogueHash(catalogue)
  return inTransaction(db, async (tx) => {
    // Two servers that start together, or an import beside a check of the repository.
    await sql`select pg_advisory_xact_lock(${importLock})`.execute(tx)
    const before = await tx.selectFrom('catalogue').select(['hash', 'origin']).executeTakeFirst()
    const isSame = before?.hash === hash
    const counts = isSame ? nothingChanged : await writeRows(tx, catalogue)
    if (!isSame) await keepTemplates(tx, catalogue.templates, now)
    if (isSame && JSON.stringify(before.origin) === JSON.stringify(origin)) return counts
    const row = { hash, origin: JSON.stringify(origin), ...(isSame ? {} : { imported_at: now }) }
    await tx
      .insertInto('catalogue')
      .values({ id: 'current', imported_at: now, ...row })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute()
    return counts
  })
}

const none: RowCounts = { added: 0, changed: 0, removed: 0 }
const nothingChanged: ImportedCatalogue = { sources: none, fields: none, examples: none, relationships: none }

/** Brings the catalogue that ships up to date at the start; one that was imported, or comes from a repository, stays. */
export async function keepShippedCatalogue(db: Db, version: string, now: Date): Promise<void> {
  const before = await db.selectFrom('catalogue').select(['hash', 'origin']).executeTakeFirst()
  if (before !== undefined && (before.origin.kind !== 'shipped' || before.hash === shippedHash())) return
  await importCatalogue(db, loadCatalogue(), { kind: 'shipped', version }, now)
}
