import { sql } from 'kysely'
import type { Db } from '#platform/db/tables.ts'

/** Pieces of work of one queue in one state. */
interface QueueFigures {
  readonly queue: string
  readonly state: string
  readonly depth: number
  /** Of what waits for a worker only; what AMC works on is not ours to hurry. */
  readonly oldestSeconds: number | null
}

/** What has not ended, over all workspaces. */
export async function queues(db: Db, now: Date): Promise<QueueFigures[]> {
  const { rows } = await sql<{ queue: string; state: string; depth: string; oldest: Date | null }>`
    select 'executions' as queue, status as state, count(*) as depth,
      min(requested_at) filter (where status = 'queued') as oldest
    from workflow_executions
    where status in ('queued', 'submitting', 'pending', 'running', 'ingesting') group by status
    union all
    select 'exports', status, count(*), min(requested_at) filter (where status = 'queued')
    from exports where status in ('queued', 'running') group by status
    union all
    select 'webhooks', case when d.tries = 0 then 'waiting' else 'trying-again' end, count(*),
      min(d.created_at) filter (where d.tries = 0)
    from webhook_deliveries d join webhooks w on w.id = d.webhook_id and w.paused_at is null
    where d.state = 'waiting' group by 2`.execute(db)
  return rows.map(({ queue, state, depth, oldest }) => ({
    queue,
    state,
    depth: Number(depth),
    oldestSeconds: oldest === null ? null : Math.max(0, (now.getTime() - oldest.getTime()) / 1000),
  }))
}

/** How long the execution that is most overdue has waited to be asked for at AMC; 0 when none is. */
export async function pollLagSeconds(db: Db, now: Date): Promise<number> {
  const row = await db
    .selectFrom('workflow_executions')
    .where('status', 'in', ['pending', 'running'])
    .select((eb) => eb.fn.min(eb.fn.coalesce('next_attempt_at', 'submitted_at')).as('due'))
    .executeTakeFirstOrThrow()
  return row.due === null ? 0 : Math.max(0, (now.getTime() - row.due.getTime()) / 1000)
}

/** How many connections need a new sign-in, by reason. */
export async function brokenConnections(db: Db): Promise<{ reason: string; count: number }[]> {
  const rows = await db
    .selectFrom('connections')
    .where('health', '=', 'needs-reconnect')
    .groupBy('reconnect_reason')
    .select((eb) => ['reconnect_reason', eb.fn.countAll<string>().as('count')])
    .execute()
  return rows.map(({ reconnect_reason: reason, count }) => ({ reason: reason ?? 'unknown', count: Number(count) }))
}
