import type { AmcInstanceId, AmcTarget } from '@recomamp/amc-wire'
import { type ConnectionId, type InstanceId, Problem, type RunDefaults, type WorkspaceId } from '@recomamp/contracts'
import type { Db } from '#platform/db/tables.ts'

/** Everything that an AMC call for an instance needs. Built here only, so that no call can mix accounts (F-03, F-04). */
export interface ReachableInstance {
  readonly id: InstanceId
  readonly workspaceId: WorkspaceId
  readonly connectionId: ConnectionId
  readonly amcInstanceId: AmcInstanceId
  readonly target: AmcTarget
  readonly name: string
  readonly type: 'STANDARD' | 'SANDBOX'
  readonly defaults: RunDefaults
}

/** The instance of a workspace; a Problem instance-not-found where there is none, or where it was removed. */
export async function requireInstance(
  db: Db,
  workspaceId: WorkspaceId,
  instanceId: InstanceId,
): Promise<ReachableInstance> {
  const row = await reachable(db)
    .where('amc_instances.workspace_id', '=', workspaceId)
    .where('amc_instances.id', '=', instanceId)
    .where('amc_instances.removed_at', 'is', null)
    .executeTakeFirst()
  if (row === undefined) throw new Problem('instance-not-found')
  return toReachable(row)
}

/** The instances that background work has claimed rows of, by id; ids that do not exist are absent. A run outlives the removal of its instance. */
export async function reachableInstances(
  db: Db,
  instanceIds: readonly InstanceId[],
): Promise<Map<InstanceId, ReachableInstance>> {
  if (instanceIds.length === 0) return new Map()
  const rows = await reachable(db)
    .where('amc_instances.id', 'in', [...instanceIds])
    .execute()
  return new Map(rows.map((row) => [row.id, toReachable(row)]))
}

function reachable(db: Db) {
  return db
    .selectFrom('amc_instances')
    .innerJoin('amc_accounts', 'amc_accounts.id', 'amc_instances.account_id')
    .select([
      'amc_instances.id',
      'amc_instances.workspace_id',
      'amc_instances.connection_id',
      'amc_instances.amc_instance_id',
      'amc_instances.name',
      'amc_instances.type',
      'amc_instances.settled_after_days',
      'amc_instances.window_days',
      'amc_instances.time_zone',
      'amc_accounts.entity_id',
      'amc_accounts.marketplace_id',
    ])
}

function toReachable(
  row: Awaited<ReturnType<ReturnType<typeof reachable>['executeTakeFirstOrThrow']>>,
): ReachableInstance {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    connectionId: row.connection_id,
    amcInstanceId: row.amc_instance_id,
    target: Object.freeze({ entityId: row.entity_id, marketplaceId: row.marketplace_id }),
    name: row.name,
    type: row.type,
    defaults: { settledAfterDays: row.settled_after_days, windowDays: row.window_days, timeZone: row.time_zone },
  }
}
