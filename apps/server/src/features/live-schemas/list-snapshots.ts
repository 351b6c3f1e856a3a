import {
  type InstanceId,
  type QueryOf,
  type ReplyOf,
  type SchemaSnapshot,
  SnapshotId,
  type TouchedQuery,
  type WorkspaceId,
  type listSnapshots,
} from '@recomamp/contracts'
import { type SqlBool, sql } from 'kysely'
import { z } from 'zod'
import { requireInstance } from '#features/instances/index.ts'
import { containing, cutPage, readCursor } from '#platform/http/cursor.ts'
import type { Db } from '#platform/db/tables.ts'
import { namedIn, touchedQueries } from './touched-queries.ts'

const Place = z.tuple([z.iso.datetime(), SnapshotId])

/** The snapshots of an instance, the latest first, each with what changed by it and the saved queries that name that. */
export async function pageOfSnapshots(
  db: Db,
  workspaceId: WorkspaceId,
  instanceId: InstanceId,
  query: QueryOf<typeof listSnapshots>,
): Promise<ReplyOf<typeof listSnapshots>> {
  await requireInstance(db, workspaceId, instanceId)
  const after = readCursor(query.cursor, Place)
  const all = db
    .selectFrom('schema_snapshots')
    .innerJoin('live_schemas', (join) =>
      join
        .onRef('live_schemas.workspace_id', '=', 'schema_snapshots.workspace_id')
        .onRef('live_schemas.fingerprint', '=', 'schema_snapshots.fingerprint'),
    )
    .where('schema_snapshots.workspace_id', '=', workspaceId)
    .where('instance_id', '=', instanceId)
  const rows = await all
    .$if(after !== null, (some) => some.where(sql<SqlBool>`(first_read_at, id) < (${after?.[0]}, ${after?.[1]}::uuid)`))
    .orderBy('first_read_at', 'desc')
    .orderBy('id', 'desc')
    .limit(query.limit + 1)
    .select(['id', 'first_read_at', 'last_read_at', 'changes'])
    .select(sql<number>`jsonb_array_length(table_names)`.as('tables'))
    .execute()
  const { total } = await all.select((eb) => eb.fn.countAll<string>().as('total')).executeTakeFirstOrThrow()
  const page = cutPage(rows, query.limit, (row) => [row.first_read_at.toISOString(), row.id])
  const items: SchemaSnapshot[] = []
  for (const { id, first_read_at: first, last_read_at: last, tables, changes } of page.rows)
    items.push({
      id,
      firstReadAt: first.toISOString(),
      lastReadAt: last.toISOString(),
      tables,
      changes,
      touches: changes === null ? [] : await touchedBy(db, workspaceId, instanceId, changes),
    })
  return { items, total: Number(total), nextCursor: page.nextCursor }
}

/** Queries that name something of a change and are for this instance, for none in particular, or have run here. */
async function touchedBy(
  db: Db,
  workspaceId: WorkspaceId,
  instanceId: InstanceId,
  changes: NonNullable<SchemaSnapshot['changes']>,
): Promise<TouchedQuery[]> {
  const patterns = namedIn(changes).map(containing)
  if (patterns.length === 0) return []
  const rows = await db
    .selectFrom('workflows')
    .where('workspace_id', '=', workspaceId)
    .where('deleted_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb('instance_id', '=', instanceId),
        eb('instance_id', 'is', null),
        eb.exists(
          eb
            .selectFrom('workflow_executions')
            .whereRef('workflow_executions.workflow_id', '=', 'workflows.id')
            .where('workflow_executions.instance_id', '=', instanceId)
            .select('workflow_executions.id'),
        ),
      ]),
    )
    .where((eb) => eb.or(patterns.map((pattern) => sql<SqlBool>`lower(sql_query) like ${pattern}`)))
    .orderBy('name')
    .orderBy('id')
    .select(['id', 'name', 'sql_query'])
    .execute()
  return touchedQueries(
    changes,
    rows.map(({ id, name, sql_query }) => ({ id, name, sql: sql_query })),
  )
}
