import { type InstanceId, Problem, type SchemaReading, type WorkspaceId } from '@recomamp/contracts'
import { sql } from 'kysely'
import { claimRows } from '#platform/db/leases.ts'
import type { Db } from '#platform/db/tables.ts'
import { latestSnapshot } from './snapshots.store.ts'

/** An instance whose tables are being read. */
export interface HeldInstance {
  readonly id: InstanceId
  /** The wish that this reading answers; a later one stays to be answered. */
  readonly wantedAt: Date
}

/** Takes the instance that has waited longest; null when none is due. */
export async function claimReading(db: Db, now: Date, leaseMs: number): Promise<HeldInstance | null> {
  const [id] = await claimRows<InstanceId>(db, {
    table: 'amc_instances',
    lease: 'schema_lease_until',
    due: sql`schema_next_read_at <= ${now}`,
    first: sql`schema_next_read_at`,
    now,
    leaseMs,
    limit: 1,
  })
  if (id === undefined) return null
  const { schema_next_read_at: wantedAt } = await db
    .selectFrom('amc_instances')
    .where('id', '=', id)
    .select('schema_next_read_at')
    .executeTakeFirstOrThrow()
  return { id, wantedAt: wantedAt ?? now }
}

/** Ends a reading, well or with the words of its failure. */
export async function endReading(db: Db, held: HeldInstance, failure: string | null, again: Date): Promise<void> {
  await db
    .updateTable('amc_instances')
    .where('id', '=', held.id)
    .set((eb) => ({
      schema_failure: failure,
      schema_lease_until: null,
      schema_next_read_at: eb
        .case()
        .when('schema_next_read_at', '=', held.wantedAt)
        .then(again)
        .else(eb.ref('schema_next_read_at'))
        .end(),
    }))
    .execute()
}

/** Gives a reading back that was not done. */
export async function releaseReading(db: Db, { id }: HeldInstance): Promise<void> {
  await db.updateTable('amc_instances').where('id', '=', id).set({ schema_lease_until: null }).execute()
}

/** Wishes for a reading: at once, or only if there has never been such a wish. Answers whether it is new. */
export async function wishForReading(
  db: Db,
  workspaceId: WorkspaceId,
  instanceId: InstanceId,
  which: 'again' | 'first',
  now: Date,
): Promise<boolean> {
  const wished = await db
    .updateTable('amc_instances')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', instanceId)
    .where('removed_at', 'is', null)
    .$if(which === 'first', (rows) => rows.where('schema_next_read_at', 'is', null))
    .set({ schema_next_read_at: now })
    .returning('id')
    .execute()
  return wished.length > 0
}

/** How far the reading of an instance is; a Problem instance-not-found. */
export async function requireReading(
  db: Db,
  workspaceId: WorkspaceId,
  instanceId: InstanceId,
  now: Date,
): Promise<SchemaReading> {
  const row = await db
    .selectFrom('amc_instances')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', instanceId)
    .where('removed_at', 'is', null)
    .select(['id', 'name', 'schema_next_read_at', 'schema_lease_until', 'schema_failure'])
    .executeTakeFirst()
  if (row === undefined) throw new Problem('instance-not-found')
  const snapshot = await latestSnapshot(db, workspaceId, instanceId)
  return {
    instance: { id: row.id, name: row.name },
    state: stateOf(row, now),
    snapshotId: snapshot?.id ?? null,
    sameSince: snapshot?.firstReadAt.toISOString() ?? null,
    readAt: snapshot?.lastReadAt.toISOString() ?? null,
    failure: row.schema_failure,
  }
}

function stateOf(
  row: { schema_next_read_at: Date | null; schema_lease_until: Date | null; schema_failure: string | null },
  now: Date,
): SchemaReading['state'] {
  if (row.schema_next_read_at === null) return 'never'
  const isHeld = row.schema_lease_until !== null && row.schema_lease_until > now
  if (isHeld || row.schema_next_read_at <= now) return 'waiting'
  return row.schema_failure === null ? 'read' : 'failed'
}
