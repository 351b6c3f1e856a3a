import type { InstanceId, ReplyOf, getInstanceActivity } from '@recomamp/contracts'
import { sql } from 'kysely'
import type { Ctx } from '#context.ts'
import type { Db } from '#platform/db/tables.ts'
import type { Member } from '#platform/http/app-types.ts'
import { hours, later } from '#platform/time.ts'
import { requireInstanceView } from './instances.store.ts'

/** How busy an instance is: what AMC works on, what waits here for a slot, and how the last week went. */
export async function activityOf(
  ctx: Ctx,
  who: Member,
  instanceId: InstanceId,
): Promise<ReplyOf<typeof getInstanceActivity>> {
  const { amcInstanceId } = await requireInstanceView(ctx.db, who.workspaceId, instanceId)
  const since = later(ctx.now(), -hours(7 * 24))
  const counts = await ctx.db
    .selectFrom('workflow_executions')
    .where('workspace_id', '=', who.workspaceId)
    .where('instance_id', '=', instanceId)
    .where('requested_at', '>', since)
    .select([
      sql<string>`count(*)`.as('runs'),
      sql<string>`count(*) filter (where status = 'completed')`.as('completed'),
    ])
    .executeTakeFirstOrThrow()
  const { busy, waiting } = await slotsInUse(ctx.db, amcInstanceId)
  return {
    running: busy,
    waiting,
    slots: ctx.config.executionSlots,
    lastSevenDays: { runs: Number(counts.runs), completed: Number(counts.completed) },
  }
}

/** The runs that hold a slot of an AMC instance, and those that wait for one; slots are AMC's, so that runs of every workspace count. */
export async function slotsInUse(db: Db, amcInstanceId: string): Promise<{ busy: number; waiting: number }> {
  const { rows } = await sql<{ busy: number; waiting: number }>`
    select count(*) filter (where status <> 'queued')::int as busy, count(*) filter (where status = 'queued')::int as waiting
    from workflow_executions
    where status in ('queued', 'submitting', 'pending', 'running')
      and instance_id in (select id from amc_instances where amc_instance_id = ${amcInstanceId})`.execute(db)
  return rows[0] ?? { busy: 0, waiting: 0 }
}
