import { sql, type RawBuilder } from 'kysely'
import { later } from '#platform/time.ts'
import type { Database, Db } from './tables.ts'

/** Claims up to `limit` rows that are due and that nobody holds, by setting their lease to `now + leaseMs`, and answers their ids.
 *  Two processes never get the same row; a lease that lapses, because its holder died, makes the row claimable again.
 *  `due` is a condition on the table's columns, `first` the order in which rows are taken. */
export async function claimRows<Id extends string>(
  db: Db,
  claim: {
    table: keyof Database
    /** The column that holds the lease's end. */
    lease: string
    due: RawBuilder<unknown>
    first: RawBuilder<unknown>
    now: Date
    leaseMs: number
    limit: number
  },
): Promise<Id[]> {
  const table = sql.table(claim.table)
  const lease = sql.ref(claim.lease)
  // Materialized, because PostgreSQL may run a sub-select for each row of a join, and then takes more rows than asked for.
  const { rows } = await sql<{ id: Id }>`
    with claimed as materialized (
      select id from ${table}
      where (${lease} is null or ${lease} <= ${claim.now}) and (${claim.due})
      order by ${claim.first}
      limit ${claim.limit}
      for update skip locked
    )
    update ${table} set ${lease} = ${later(claim.now, claim.leaseMs)}
    from claimed where ${table}.id = claimed.id
    returning ${table}.id`.execute(db)
  return rows.map((row) => row.id)
}
