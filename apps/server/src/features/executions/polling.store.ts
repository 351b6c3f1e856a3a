import type { AmcExecutionId } from '@recomamp/amc-wire'
import type { ExecutionId, ExecutionStatus, InstanceId, WorkflowId, WorkspaceId } from '@recomamp/contracts'
import { sql } from 'kysely'
import { recordEvents } from '#features/events/index.ts'
import type { Db } from '#platform/db/tables.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import { later, minutes } from '#platform/time.ts'
import { answerAbout } from './amc-answers.ts'
import type { AmcNews, HeldExecution } from './change-execution.ts'
import { afterEvent } from './executions.lifecycle.ts'
import { readSentRequest, type SentRequest } from './sent-request.ts'

/** An execution that AMC works on, as far as polling needs it. */
export interface OpenExecution extends HeldExecution {
  amcExecutionId: AmcExecutionId
  submittedAt: Date
  expiresAt: Date | null
  /** Failed questions in a row. */
  attempts: number
}

/** The times by which executions are due. */
export interface PollTimes {
  readonly now: Date
  /** How long an execution that answers waits at most, and for how long a claim is made. */
  readonly longestPauseMs: number
  readonly leaseMs: number
}

/** Clocks of several processes may differ by that much. */
const clockLeeway = minutes(1)

/** Whether nothing speaks against asking by `soon`. A clock that has jumped back leaves times that it will reach much later: of a claim that
 *  nobody would make for so long, and of a pause behind an answer that has not been yet. They do not count. */
function isDue({ now, longestPauseMs, leaseMs }: PollTimes, soon: Date) {
  return sql`(next_attempt_at is null or next_attempt_at <= ${soon}
      or next_attempt_at > ${later(now, longestPauseMs)}
        and coalesce(last_answer_at, submitted_at, requested_at) > ${later(now, clockLeeway)})
    and (lease_until is null or lease_until <= ${now} or lease_until > ${later(now, leaseMs + clockLeeway)})`
}

/** The instances with executions that are to be asked for now, the longest waiting first. */
export async function instancesToPoll(db: Db, times: PollTimes): Promise<InstanceId[]> {
  const { rows } = await sql<{ instance_id: InstanceId }>`
    select instance_id from workflow_executions
    where status in ('pending', 'running') and ${isDue(times, times.now)}
    group by instance_id order by min(next_attempt_at) nulls first`.execute(db)
  return rows.map((row) => row.instance_id)
}

/** Takes the executions of an instance that are due, and those that would be soon: one list answers for all of them, and asked together
 *  they stay together. Until the lease ends no other worker asks for them. */
export async function claimPoll(
  db: Db,
  instanceId: InstanceId,
  times: PollTimes & { readonly soon: Date },
): Promise<OpenExecution[]> {
  const { rows } = await sql<{
    id: ExecutionId
    workspace_id: WorkspaceId
    workflow_id: WorkflowId
    status: ExecutionStatus
    amc_execution_id: AmcExecutionId
    submitted_at: Date
    expires_at: Date | null
    attempts: number
    dry_run: boolean
  }>`
    update workflow_executions set lease_until = ${later(times.now, times.leaseMs)}
    where id in (
      select id from workflow_executions
      where instance_id = ${instanceId} and status in ('pending', 'running')
        and ${isDue(times, times.soon)}
      for update skip locked
    )
    returning id, workspace_id, workflow_id, status, amc_execution_id,
      coalesce(submitted_at, requested_at) as submitted_at, expires_at, attempts, dry_run`.execute(db)
  return rows.map((row) => ({
    id: row.id,
    workspaceId: row.workspace_id,
    workflowId: row.workflow_id,
    status: row.status,
    dryRun: row.dry_run,
    amcExecutionId: row.amc_execution_id,
    submittedAt: row.submitted_at,
    expiresAt: row.expires_at,
    attempts: row.attempts,
  }))
}

/** What was sent for executions that AMC says have failed; needed for the place of the fault. */
export async function sentRequests(db: Db, ids: readonly ExecutionId[]): Promise<Map<ExecutionId, SentRequest>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('workflow_executions')
    .where('id', 'in', [...ids])
    .select(['id', 'request', 'template', 'source_map', 'copy_definition', 'copy_hash'])
    .execute()
  return new Map(rows.map((row) => [row.id, readSentRequest(row)]))
}

/** AMC's answer about one of our executions, with the time at which it is asked for next. */
export interface Answered {
  row: OpenExecution
  news: AmcNews
  nextAt: Date
}

/** Keeps the answers of a page in one statement, and one event for each execution that changed; answers the changes. */
export async function keepAnswers(
  db: Db,
  answers: readonly Answered[],
  now: Date,
): Promise<{ id: ExecutionId; status: ExecutionStatus; amcExecutionId: AmcExecutionId }[]> {
  const [first] = answers
  if (first === undefined) return []
  const changed = answers.flatMap(({ row, news }) => {
    const status = afterEvent(row.status, news.event)
    return status === null ? [] : [{ ...row, status }]
  })
  return inTransaction(db, async (tx) => {
    const { rows } = await sql<{ id: ExecutionId }>`
      update workflow_executions as e set
        status = a.status,
        amc_status = a.amc_status,
        expires_at = coalesce(a.expires_at, e.expires_at),
        execution_time_seconds = coalesce(a.execution_time_seconds, e.execution_time_seconds),
        failure = coalesce(a.failure, e.failure),
        result_columns = coalesce(a.columns, e.result_columns),
        amc_answers = e.amc_answers || coalesce(a.answers, '[]'),
        running_at = case when a.status = 'running' then coalesce(e.running_at, ${now}) else e.running_at end,
        finished_at = case when a.status in ('failed', 'cancelled', 'completed') then ${now} else e.finished_at end,
        next_attempt_at = a.next_at,
        lease_until = null,
        attempts = 0,
        last_answer_at = ${now},
        updated_at = case when a.status <> a.was then ${now} else e.updated_at end
      from jsonb_to_recordset(${JSON.stringify(answers.map((answer) => toRecord(answer, now)))}::jsonb) as a(
        id uuid, was text, status text, amc_status text, expires_at timestamptz, execution_time_seconds double precision,
        failure jsonb, columns jsonb, answers jsonb, next_at timestamptz)
      where e.id = a.id and e.workspace_id = ${first.row.workspaceId} and e.status = a.was
      returning e.id`.execute(tx)
    const kept = new Set(rows.map((row) => row.id))
    const told = changed.filter((row) => kept.has(row.id))
    await recordEvents(
      tx,
      first.row.workspaceId,
      told.map(({ id, workflowId, status }) => ({ type: 'execution-changed', executionId: id, workflowId, status })),
      now,
    )
    return told
  })
}

function toRecord({ row, news, nextAt }: Answered, now: Date) {
  const status = afterEvent(row.status, news.event) ?? row.status
  const isAsked = status === 'pending' || status === 'running'
  return {
    id: row.id,
    was: row.status,
    status,
    amc_status: news.amcStatus,
    expires_at: news.expiresAt,
    execution_time_seconds: news.executionTimeSeconds,
    failure: news.failure,
    columns: news.columns,
    answers: news.lastWord === null ? null : [answerAbout('ended', news.lastWord, now)],
    next_at: isAsked ? nextAt : null,
  }
}

/** Lets executions wait whose questions failed or were not asked, or that AMC did not name. */
export async function askLater(
  db: Db,
  ids: readonly ExecutionId[],
  nextAt: Date,
  failed: 'failed' | 'held-back' | 'unnamed',
): Promise<void> {
  if (ids.length === 0) return
  await db
    .updateTable('workflow_executions')
    .where('id', 'in', [...ids])
    .where('status', 'in', ['pending', 'running'])
    .set((eb) => ({
      next_attempt_at: nextAt,
      lease_until: null,
      ...(failed === 'failed' ? { attempts: eb('attempts', '+', 1) } : {}),
    }))
    .execute()
}
