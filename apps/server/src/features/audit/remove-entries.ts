import { type SelectQueryBuilder, sql } from 'kysely'
import type { Database, Db, Tx } from '#platform/db/tables.ts'
import { inTransaction } from '#platform/db/transaction.ts'

/** Removes the entries that are chosen and answers how many. The database refuses what the workspace still keeps, also to this. */
export async function removeEntries(
  db: Db,
  choose: (tx: Tx) => SelectQueryBuilder<Database, 'audit_log', { id: string }>,
): Promise<number> {
  return inTransaction(db, async (tx) => {
    await sql`select set_config('app.removes', 'audit-log', true)`.execute(tx)
    const { numDeletedRows } = await tx.deleteFrom('audit_log').where('id', 'in', choose(tx)).executeTakeFirst()
    return Number(numDeletedRows)
  })
}
