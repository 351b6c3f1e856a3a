import { countryOfMarketplace } from '@recomamp/amc-wire'
import {
  type Instance,
  InstanceId,
  Problem,
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
  query: { limit: number; cursor?: string | undefined; q?: string | undefined },
): Promise<ReplyOf<typeof listInstances>> {
  const after = readCursor(query.cursor, Place)
  const search = query.q?.trim() ?? ''
  const matching =
    search === ''
      ? null
      : sql<SqlBool>`(lower(amc_instances.name) like ${containing(search)} or lower(amc_instances.amc_instance_id) like ${containing(search)}
          or lower(coalesce(amc_instances.customer_name, '')) like ${containing(search)})`
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
    .where('amc_instances.workspace_id', '=', workspaceId)
    .$if(matching !== null, (rows) => rows.where(matching ?? sql<SqlBool>`true`))
    .select([
      'amc_instances.id',
      'amc_instances.amc_instance_id',
      'amc_instances.name',
      'amc_instances.type',
      'amc_instances.customer_name',
      'amc_instances.brands',
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
    ])
}

function toInstance(row: Awaited<ReturnType<ReturnType<typeof instanceRows>['executeTakeFirstOrThrow']>>): Instance {
  return {
    id: row.id,
    amcInstanceId: row.amc_instance_id,
    name: row.name,
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
    lastRun:
      row.last_run_at === null || row.last_run_status === null
        ? null
        : { at: row.last_run_at.toISOString(), status: row.last_run_status },
    available: row.available,
    discoveredAt: row.discovered_at.toISOString(),
  }
}
