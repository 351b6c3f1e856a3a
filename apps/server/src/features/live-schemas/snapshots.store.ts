import { randomUUID } from 'node:crypto'
import {
  type InstanceId,
  type LiveTable,
  Problem,
  type SchemaChange,
  SnapshotId,
  type WorkspaceId,
  bareName,
} from '@recomamp/contracts'
import { type SqlBool, sql } from 'kysely'
import type { Db } from '#platform/db/tables.ts'
import { fingerprintOf } from './live-table.ts'
import { changesBetween } from './schema-changes.ts'

/** What an instance had at some time. */
export interface Snapshot {
  readonly id: SnapshotId
  readonly instanceId: InstanceId
  /** The same for equal contents: what is computed from them can be kept under it. */
  readonly contents: string
  readonly firstReadAt: Date
  readonly lastReadAt: Date
}

const columns = [
  'schema_snapshots.id',
  'schema_snapshots.instance_id',
  'schema_snapshots.fingerprint',
  'schema_snapshots.first_read_at',
  'schema_snapshots.last_read_at',
  'live_schemas.written_at',
] as const

function snapshotRows(db: Db, workspaceId: WorkspaceId) {
  return db
    .selectFrom('schema_snapshots')
    .innerJoin('live_schemas', (join) =>
      join
        .onRef('live_schemas.workspace_id', '=', 'schema_snapshots.workspace_id')
        .onRef('live_schemas.fingerprint', '=', 'schema_snapshots.fingerprint'),
    )
    .where('schema_snapshots.workspace_id', '=', workspaceId)
    .orderBy('schema_snapshots.first_read_at', 'desc')
    .orderBy('schema_snapshots.id', 'desc')
}

function toSnapshot(row: {
  id: SnapshotId
  instance_id: InstanceId
  fingerprint: string
  first_read_at: Date
  last_read_at: Date
  written_at: Date
}): Snapshot {
  return {
    id: row.id,
    instanceId: row.instance_id,
    contents: `${row.fingerprint} ${row.written_at.toISOString()}`,
    firstReadAt: row.first_read_at,
    lastReadAt: row.last_read_at,
  }
}

/** What was read last of an instance, or had been by some time; null where nothing was. */
export async function latestSnapshot(
  db: Db,
  workspaceId: WorkspaceId,
  instanceId: InstanceId,
  by?: Date,
): Promise<Snapshot | null> {
  const rows = snapshotRows(db, workspaceId).where('schema_snapshots.instance_id', '=', instanceId)
  const row = await (by === undefined ? rows : rows.where('schema_snapshots.first_read_at', '<=', by))
    .select(columns)
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? null : toSnapshot(row)
}

/** A snapshot of the workspace; a Problem snapshot-not-found where there is none. */
export async function requireSnapshot(db: Db, workspaceId: WorkspaceId, id: SnapshotId): Promise<Snapshot> {
  const row = await snapshotRows(db, workspaceId)
    .where('schema_snapshots.id', '=', id)
    .select(columns)
    .executeTakeFirst()
  if (row === undefined) throw new Problem('snapshot-not-found')
  return toSnapshot(row)
}

/** The tables of a snapshot by name. */
export async function tablesOf(db: Db, workspaceId: WorkspaceId, { id }: Pick<Snapshot, 'id'>): Promise<LiveTable[]> {
  const { tables } = await snapshotRows(db, workspaceId)
    .where('schema_snapshots.id', '=', id)
    .select('live_schemas.tables')
    .executeTakeFirstOrThrow()
  return tables
}

/** The instances whose tables have been read, by name, with whether the table is among them. */
export async function instancesWith(db: Db, workspaceId: WorkspaceId, table: string) {
  const { rows } = await sql<{ id: InstanceId; name: string; here: boolean; last_read_at: Date }>`
    select amc_instances.id, amc_instances.name, latest.last_read_at, jsonb_exists(live_schemas.table_names, ${table}) as here
    from amc_instances
    cross join lateral (
      select fingerprint, last_read_at from schema_snapshots
      where schema_snapshots.instance_id = amc_instances.id
      order by first_read_at desc, id desc limit 1
    ) latest
    join live_schemas on live_schemas.workspace_id = ${workspaceId} and live_schemas.fingerprint = latest.fingerprint
    where amc_instances.workspace_id = ${workspaceId}
    order by amc_instances.name, amc_instances.id`.execute(db)
  return rows
}

/**
 * Keeps what a reading found and answers what changed: null when the tables are as they were, or when this is the first reading.
 * In a transaction; two readings of one instance never overlap, since each holds its lease.
 */
export async function keepReading(
  tx: Db,
  { workspaceId, instanceId }: { workspaceId: WorkspaceId; instanceId: InstanceId },
  tables: readonly LiveTable[],
  now: Date,
): Promise<SchemaChange | null> {
  const before = await latestSnapshot(tx, workspaceId, instanceId)
  const fingerprint = fingerprintOf(tables)
  await keepTables(tx, workspaceId, fingerprint, tables, now)
  if (before?.contents.startsWith(`${fingerprint} `) === true) {
    await tx.updateTable('schema_snapshots').where('id', '=', before.id).set({ last_read_at: now }).execute()
    return null
  }
  const changes = before === null ? null : changesBetween(await tablesOf(tx, workspaceId, before), tables)
  await tx
    .insertInto('schema_snapshots')
    .values({
      id: SnapshotId.parse(randomUUID()),
      workspace_id: workspaceId,
      instance_id: instanceId,
      fingerprint,
      changes: changes === null ? null : JSON.stringify(changes),
      first_read_at: now,
      last_read_at: now,
    })
    .execute()
  return changes
}

/** Half a megabyte for an instance with everything, so what is there already is not written again. */
async function keepTables(
  tx: Db,
  workspaceId: WorkspaceId,
  fingerprint: string,
  tables: readonly LiveTable[],
  now: Date,
): Promise<void> {
  const text = JSON.stringify(tables)
  await tx
    .insertInto('live_schemas')
    .values({
      workspace_id: workspaceId,
      fingerprint,
      table_names: JSON.stringify(tables.map(({ name }) => bareName(name))),
      tables: text,
      written_at: now,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['workspace_id', 'fingerprint'])
        .doUpdateSet({ tables: text, written_at: now })
        .where(sql<SqlBool>`live_schemas.tables <> excluded.tables`),
    )
    .execute()
}
