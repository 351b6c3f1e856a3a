import type { ReplyOf, WorkspaceId, getStatus } from '@recomamp/contracts'
import { sql } from 'kysely'
import type { Ctx } from '#context.ts'
import type { Db } from '#platform/db/tables.ts'
import { later, seconds } from '#platform/time.ts'
import { type Bounds, addUp, count, percentile } from './call-figures.ts'
import { loopsOf } from './loop-state.ts'

/** Processes tell of themselves every five seconds; one that is silent for longer runs no more. */
const aliveFor = seconds(30)
const slotsShown = 12

type Status = ReplyOf<typeof getStatus>

/** How everything stands: the loops of all processes, the work of the workspace, the installation. */
export async function statusOf(
  ctx: Ctx,
  workspaceId: WorkspaceId,
  about: Pick<Status['installation'], 'version' | 'database'>,
): Promise<Status> {
  const { db, now } = ctx
  const at = now()
  const processes = await db.selectFrom('server_processes').orderBy('started_at').selectAll().execute()
  const alive = processes.filter(({ seen_at: seenAt }) => later(seenAt, aliveFor) > at)
  const { webhooks, ...figures } = await figuresOf(db, workspaceId, at)
  return {
    at: at.toISOString(),
    loops: loopsOf(
      processes.map(({ loops }) => loops),
      at,
    ),
    ...figures,
    calls: {
      since: (alive[0]?.started_at ?? at).toISOString(),
      operations: addUp(alive.flatMap(({ calls }) => calls)),
    },
    slots: { limit: ctx.config.executionSlots, instances: await busyInstances(db, workspaceId) },
    failingWebhooks: webhooks,
    installation: {
      ...about,
      ...(await sizes(db, workspaceId)),
      answersP95Ms: await answersP95(ctx),
      processes: alive.map(({ role, version, started_at: startedAt, seen_at: seenAt }) => ({
        role,
        version,
        startedAt: startedAt.toISOString(),
        seenAt: seenAt.toISOString(),
      })),
    },
  }
}

async function figuresOf(db: Db, workspaceId: WorkspaceId, now: Date) {
  const { rows } = await sql<{
    queued: string
    at_amc: string
    fetching: string
    exports: string
    messages: string
    webhooks: string
    last_answer: Date | null
    due: Date | null
  }>`
    select
      count(*) filter (where status = 'queued') as queued,
      count(*) filter (where status in ('submitting', 'pending', 'running')) as at_amc,
      count(*) filter (where status = 'ingesting') as fetching,
      max(last_answer_at) filter (where status in ('pending', 'running')) as last_answer,
      min(coalesce(next_attempt_at, submitted_at)) filter (where status in ('pending', 'running')) as due,
      (select count(*) from exports where workspace_id = ${workspaceId} and status in ('queued', 'running')) as exports,
      (select count(*) from webhook_deliveries where workspace_id = ${workspaceId} and state = 'waiting') as messages,
      (select count(*) from webhooks where workspace_id = ${workspaceId} and paused_reason is distinct from 'person'
        and (failures > 0 or paused_at is not null)) as webhooks
    from workflow_executions
    where workspace_id = ${workspaceId} and status in ('queued', 'submitting', 'pending', 'running', 'ingesting')`.execute(
    db,
  )
  const [row] = rows
  if (row === undefined) throw new Error('a count has no row')
  return {
    work: {
      executions: { queued: Number(row.queued), atAmc: Number(row.at_amc), fetching: Number(row.fetching) },
      exports: Number(row.exports),
      messages: Number(row.messages),
    },
    polling: {
      lastAnswerAt: row.last_answer?.toISOString() ?? null,
      overdueSeconds: row.due === null ? 0 : Math.max(0, (now.getTime() - row.due.getTime()) / 1000),
    },
    webhooks: Number(row.webhooks),
  }
}

/** Instances with something under way or waiting, the fullest first. */
async function busyInstances(db: Db, workspaceId: WorkspaceId): Promise<Status['slots']['instances']> {
  const rows = await db
    .selectFrom('workflow_executions as e')
    .innerJoin('amc_instances as i', 'i.id', 'e.instance_id')
    .where('e.workspace_id', '=', workspaceId)
    .where('e.status', 'in', ['queued', 'submitting', 'pending', 'running'])
    .groupBy(['i.id', 'i.name', 'i.amc_instance_id'])
    .select((eb) => [
      'i.id',
      'i.name',
      'i.amc_instance_id as amcInstanceId',
      eb.fn.countAll<string>().filterWhere('e.status', '<>', 'queued').as('taken'),
      eb.fn.countAll<string>().filterWhere('e.status', '=', 'queued').as('waiting'),
    ])
    .orderBy('taken', 'desc')
    .orderBy('i.name')
    .limit(slotsShown)
    .execute()
  return rows.map(({ taken, waiting, ...row }) => ({ ...row, taken: Number(taken), waiting: Number(waiting) }))
}

async function sizes(db: Db, workspaceId: WorkspaceId) {
  const { rows } = await sql<{ migration: number; bytes: string; results: string }>`
    select (select max(number) from schema_migrations) as migration, pg_database_size(current_database()) as bytes,
      (select coalesce(sum(result_bytes), 0) from workflow_executions where workspace_id = ${workspaceId}) as results`.execute(
    db,
  )
  return {
    migration: rows[0]?.migration ?? 0,
    databaseBytes: Number(rows[0]?.bytes ?? 0),
    resultBytes: Number(rows[0]?.results ?? 0),
  }
}

async function answersP95({ metrics }: Ctx): Promise<number | null> {
  const { values } = await metrics.requests.get()
  const within: Bounds = {}
  for (const { metricName, labels, value } of values)
    if (metricName?.endsWith('_bucket') === true) count(within, labels, value)
  return percentile(within, 0.95)
}
