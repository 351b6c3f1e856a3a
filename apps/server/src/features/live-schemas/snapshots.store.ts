import { randomUUID } from 'node:crypto'
import { type InstanceId, type LiveTable, type SchemaChange, SnapshotId, type WorkspaceId } from '@recomamp/contracts'
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

/** What was read last of an instance; null while nothing was. */
export async function latestSnapshot(
  db: Db,
  workspaceId: WorkspaceId,
  instanceId: InstanceId,
): Promise<Snapshot | null> {
  const row = await snapshotRows(db, workspaceId)
    .where('schema_snapshots.instance_id', '=', instanceId)
    .select(columns)
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? null : toSnapshot(row)
}

/** The tables of a snapshot by name. */
export async function tablesOf(db: Db, workspaceId: WorkspaceId, { id }: Pick<Snapshot, 'id'>): Promise<LiveTable[]> {
  const { tables } = await snapshotRows(db, workspaceId)
    .where('schema_snapshots.id', '=', id)
    .select('live_schemas.tables')
    .executeTakeFirstOrThrow()
  return tables
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
      table_names: JSON.stringify(tables.map(({ name }) => name)),
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
