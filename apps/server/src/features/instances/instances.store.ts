import { countryOfMarketplace } from '@recomamp/amc-wire'
import {
  type Instance,
  InstanceId,
  Problem,
  type QueryOf,
  type ReplyOf,
  type WorkspaceId,
  type listInstances,
} from '@recomamp/contracts'
import { type Expression, type SqlBool, sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '#platform/db/tables.ts'
import { containing, cutPage, readCursor } from '#platform/http/cursor.ts'

const Place = z.tuple([z.string(), InstanceId])

/** A page of the instances of a workspace by name, with the exact total. */
export async function pageOfInstances(
  db: Db,
  workspaceId: WorkspaceId,
  query: QueryOf<typeof listInstances>,
): Promise<ReplyOf<typeof listInstances>> {
  const after = readCursor(query.cursor, Place)
  const search = query.q?.trim() ?? ''
  const conditions: Expression<SqlBool>[] = []
  if (search !== '')
    conditions.push(
      sql<SqlBool>`(lower(amc_instances.name) like ${containing(search)} or lower(amc_instances.amc_instance_id) like ${containing(search)}
          or lower(coalesce(amc_instances.customer_name, '')) like ${containing(search)}
          or lower(amc_instances.brands::text) like ${containing(search)} or lower(amc_instances.amc_name) like ${containing(search)}
          or exists (select from amc_accounts where amc_accounts.id = amc_instances.account_id and lower(amc_accounts.entity_id) like ${containing(search)}))`,
    )
  if (query.connectionId !== undefined)
    conditions.push(sql<SqlBool>`amc_instances.connection_id = ${query.connectionId}`)
  if (query.type !== undefined) conditions.push(sql<SqlBool>`amc_instances.type = ${query.type}`)
  if (query.region !== undefined)
    conditions.push(
      sql<SqlBool>`exists (select from connections where connections.id = amc_instances.connection_id and connections.region = ${query.region})`,
    )
  const matching = conditions.length === 0 ? null : sql<SqlBool>`${sql.join(conditions, sql` and `)}`
  const rows = await instanceRows(db, workspaceId, matching)
    .$if(after !== null, (rows) =>
      rows.where(sql<SqlBool>`(amc_instances.name, amc_instances.id) > (${after?.[0]}, ${after?.[1]}::uuid)`),
    )
    .orderBy('amc_instances.name')
    .orderBy('amc_instances.id')
    .limit(query.limit + 1)
    .execute()
  const { total } = await db
    .selectFrom('amc_instances')
    .where('workspace_id', '=', workspaceId)
    .where('removed_at', 'is', null)
    .$if(matching !== null, (all) => all.where(matching ?? sql<SqlBool>`true`))
    .select((eb) => eb.fn.countAll<string>().as('total'))
    .executeTakeFirstOrThrow()
  const page = cutPage(rows, query.limit, (row) => [row.name, row.id])
  return { items: page.rows.map(toInstance), total: Number(total), nextCursor: page.nextCursor }
}

/** One instance of the workspace; a Problem instance-not-found where there is none. */
export async function requireInstanceView(db: Db, workspaceId: WorkspaceId, instanceId: InstanceId): Promise<Instance> {
  const row = await instanceRows(db, workspaceId, null).where('amc_instances.id', '=', instanceId).executeTakeFirst()
  if (row === undefined) throw new Problem('instance-not-found')
  return toInstance(row)
}

function instanceRows(db: Db, workspaceId: WorkspaceId, matching: Expression<SqlBool> | null) {
  return db
    .selectFrom('amc_instances')
    .innerJoin('amc_accounts', 'amc_accounts.id', 'amc_instances.account_id')
    .innerJoin('connections', 'connections.id', 'amc_instances.connection_id')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('workflow_executions')
          .whereRef('workflow_executions.instance_id', '=', 'amc_instances.id')
          .orderBy('requested_at', 'desc')
          .limit(1)
          .select(['requested_at', 'status'])
          .as('last_run'),
      (join) => join.onTrue(),
    )
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('schema_snapshots')
          .innerJoin('live_schemas', (join) =>
            join
              .onRef('live_schemas.workspace_id', '=', 'schema_snapshots.workspace_id')
              .onRef('live_schemas.fingerprint', '=', 'schema_snapshots.fingerprint'),
          )
          .whereRef('schema_snapshots.instance_id', '=', 'amc_instances.id')
          .orderBy('schema_snapshots.first_read_at', 'desc')
          .orderBy('schema_snapshots.id', 'desc')
          .limit(1)
          .select([
            'schema_snapshots.first_read_at',
            'schema_snapshots.last_read_at',
            sql<number>`jsonb_array_length(live_schemas.table_names)`.as('table_count'),
            sql<number | null>`jsonb_array_length(schema_snapshots.changes->'tablesAdded')`.as('added'),
            sql<number | null>`jsonb_array_length(schema_snapshots.changes->'tablesRemoved')`.as('removed'),
            sql<number | null>`jsonb_array_length(schema_snapshots.changes->'tablesChanged')`.as('changed'),
          ])
          .as('snapshot'),
      (join) => join.onTrue(),
    )
    .where('amc_instances.workspace_id', '=', workspaceId)
    .where('amc_instances.removed_at', 'is', null)
    .$if(matching !== null, (rows) => rows.where(matching ?? sql<SqlBool>`true`))
    .select([
      'amc_instances.id',
      'amc_instances.amc_instance_id',
      'amc_instances.name',
      'amc_instances.amc_name',
      'amc_instances.type',
      'amc_instances.customer_name',
      'amc_instances.brands',
      'amc_instances.notes',
      'amc_instances.settled_after_days',
      'amc_instances.window_days',
      'amc_instances.time_zone',
      'amc_instances.available',
      'amc_instances.discovered_at',
      'amc_accounts.entity_id',
      'amc_accounts.marketplace_id',
      'amc_accounts.name as account_name',
      'connections.id as connection_id',
      'connections.provider',
      'connections.region',
      'last_run.requested_at as last_run_at',
      'last_run.status as last_run_status',
      'snapshot.first_read_at',
      'snapshot.last_read_at',
      'snapshot.table_count',
      'snapshot.added',
      'snapshot.removed',
      'snapshot.changed',
    ])
}

type InstanceRow = Awaited<ReturnType<ReturnType<typeof instanceRows>['executeTakeFirstOrThrow']>>

function toInstance(row: InstanceRow): Instance {
  return {
    id: row.id,
    amcInstanceId: row.amc_instance_id,
    name: row.name,
    amcName: row.amc_name,
    type: row.type,
    customerName: row.customer_name,
    account: {
      entityId: row.entity_id,
      name: row.account_name,
      marketplaceId: row.marketplace_id,
      countryCode: countryOfMarketplace(row.marketplace_id),
    },
    connection: { id: row.connection_id, provider: row.provider, region: row.region },
    brands: row.brands,
    notes: row.notes,
    defaults: { settledAfterDays: row.settled_after_days, windowDays: row.window_days, timeZone: row.time_zone },
    lastRun:
      row.last_run_at === null || row.last_run_status === null
        ? null
        : { at: row.last_run_at.toISOString(), status: row.last_run_status },
    tables: tablesOf(row),
    available: row.available,
    discoveredAt: row.discovered_at.toISOString(),
  }
}

function tablesOf(row: InstanceRow): Instance['tables'] {
  const { first_read_at: at, last_read_at: readAt, table_count: count, added, removed, changed } = row
  if (at === null || readAt === null || count === null) return null
  return {
    count,
    readAt: readAt.toISOString(),
    lastChange:
      added === null || removed === null || changed === null ? null : { at: at.toISOString(), added, removed, changed },
  }
}
