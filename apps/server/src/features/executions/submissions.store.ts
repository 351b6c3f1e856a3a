import type { AnswerAsCame } from '@recomamp/amc-client'
import type { AmcExecution, AmcExecutionId, AmcWorkflowId } from '@recomamp/amc-wire'
import type { ExecutionStatus, InstanceId } from '@recomamp/contracts'
import { sql } from 'kysely'
import { demandCopy } from '#features/amc-copies/index.ts'
import type { Db, StoredFailure, Tx } from '#platform/db/tables.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import { later } from '#platform/time.ts'
import { answerAbout, refusedAnswer, withAnswers } from './amc-answers.ts'
import { changeExecution, endsRun, type HeldExecution, newsOf } from './change-execution.ts'
import { asWhole } from './compile-execution.ts'
import { fastPollMs } from './poll-schedule.ts'
import { readSentRequest, type SentRequest } from './sent-request.ts'

/** An execution that is being sent, or whose answer is not known. */
export interface Submission extends HeldExecution, SentRequest {
  instanceId: InstanceId
  amcWorkflowId: AmcWorkflowId
  sentAt: Date
  attempts: number
  /** Somebody wants it to end: it is not sent again. */
  cancelRequested: boolean
}

/** AMC's runs that take a slot: sent and not ended. */
const openStatuses: ExecutionStatus[] = ['submitting', 'pending', 'running']

/** The instances with queued executions that are due and slots that are free, the longest waiting first. */
export async function instancesToSubmit(db: Db, slots: number, now: Date): Promise<InstanceId[]> {
  const { rows } = await sql<{ instance_id: InstanceId }>`
    with waiting as (
      select instance_id, min(requested_at) as since from workflow_executions
      where status = 'queued' and cancel_requested_at is null and (next_attempt_at is null or next_attempt_at <= ${now})
      group by instance_id
    ), open as (
      select instance_id, count(*) as count from workflow_executions
      where status in ('submitting', 'pending', 'running') and exists (select 1 from waiting)
      group by instance_id
    )
    select waiting.instance_id from waiting left join open using (instance_id)
    where coalesce(open.count, 0) < ${slots} order by waiting.since`.execute(db)
  return rows.map((row) => row.instance_id)
}

/** Takes the oldest queued execution of an instance for sending: from here on it counts as sent, before AMC is called.
 *  Null when no slot is free or nothing is due. One submission is in flight per AMC workflow id. */
export async function claimSubmission(
  db: Db,
  instanceId: InstanceId,
  limits: { slots: number; accountSlots: number; leaseMs: number; lookAfterMs: number; now: Date },
): Promise<Submission | null> {
  const { now } = limits
  return inTransaction(db, async (tx) => {
    const open = await countOpen(tx, instanceId)
    if (open.inInstance >= limits.slots || open.inAccount >= limits.accountSlots) return null
    const row = await submissionRows(tx)
      .where('instance_id', '=', instanceId)
      .where('status', '=', 'queued')
      .where('cancel_requested_at', 'is', null)
      .where((eb) => eb.or([eb('next_attempt_at', 'is', null), eb('next_attempt_at', '<=', now)]))
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('workflow_executions as other')
              .whereRef('other.instance_id', '=', 'workflow_executions.instance_id')
              .whereRef('other.amc_workflow_id', '=', 'workflow_executions.amc_workflow_id')
              .where('other.status', '=', 'submitting')
              .select('other.id'),
          ),
        ),
      )
      .orderBy('requested_at')
      .orderBy('id')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (row === undefined) return null
    const changes = {
      ...(await stillByCopy(tx, row, now)),
      sent_at: now,
      lease_until: later(now, limits.leaseMs),
      next_attempt_at: later(now, limits.lookAfterMs),
      attempts: row.attempts + 1,
    }
    const status = await changeExecution(tx, heldOf(row), 'claimed', changes, now)
    if (status === null) return null
    const { request: json, ...rest } = changes
    return submissionOf({ ...row, ...rest, ...(json === undefined ? {} : { request: JSON.parse(json) }), status })
  })
}

/** What has to change in a run by a copy before it is sent: nothing while AMC has that copy, otherwise the whole query goes. */
async function stillByCopy(tx: Tx, row: SubmissionRow, now: Date) {
  const sent = readSentRequest(row)
  const { copy } = sent
  if (copy === null || sent.request.workflowId === undefined) return {}
  const known = { instanceId: row.instance_id, amcWorkflowId: row.amc_workflow_id, hash: copy.hash }
  if (await demandCopy(tx, known, now)) return {}
  const { request, amcWorkflowId } = asWhole(row.id, { ...sent, copy })
  return { request: JSON.stringify(request), amc_workflow_id: amcWorkflowId }
}

/** Keeps that AMC had lost the copy that a run names, and that it gets it anew. */
export async function keepRecreated(db: Db, submission: Submission): Promise<void> {
  await db
    .updateTable('workflow_executions')
    .where('workspace_id', '=', submission.workspaceId)
    .where('id', '=', submission.id)
    .set({ copy_recreated: true })
    .execute()
}

/** Any number that no other lock takes; the account is the second key. */
const slotsLock = 727_003

/** Runs that are open at AMC in an instance and in its whole account, whichever connections they came through. Until the transaction
 *  ends nobody else counts for the account, so that two workers cannot both take its last slot. */
async function countOpen(tx: Tx, instanceId: InstanceId): Promise<{ inInstance: number; inAccount: number }> {
  const { amc_instance_id: amcInstanceId, entity_id: entityId } = await tx
    .selectFrom('amc_instances')
    .innerJoin('amc_accounts', 'amc_accounts.id', 'amc_instances.account_id')
    .where('amc_instances.id', '=', instanceId)
    .select(['amc_instances.amc_instance_id', 'amc_accounts.entity_id'])
    .executeTakeFirstOrThrow()
  await sql`select pg_advisory_xact_lock(${slotsLock}, hashtext(${entityId}))`.execute(tx)
  const { inInstance, inAccount } = await tx
    .selectFrom('workflow_executions')
    .innerJoin('amc_instances', 'amc_instances.id', 'workflow_executions.instance_id')
    .innerJoin('amc_accounts', 'amc_accounts.id', 'amc_instances.account_id')
    .where('amc_accounts.entity_id', '=', entityId)
    .where('workflow_executions.status', 'in', openStatuses)
    .select((eb) => [
      eb.fn.countAll<string>().as('inAccount'),
      eb.fn.countAll<string>().filterWhere('amc_instances.amc_instance_id', '=', amcInstanceId).as('inInstance'),
    ])
    .executeTakeFirstOrThrow()
  return { inInstance: Number(inInstance), inAccount: Number(inAccount) }
}

/** The instances with submissions without an answer that are to be looked for now. */
export async function instancesToLookAt(db: Db, now: Date): Promise<InstanceId[]> {
  const { rows } = await sql<{ instance_id: InstanceId }>`
    select distinct instance_id from workflow_executions
    where status = 'submitting' and (next_attempt_at is null or next_attempt_at <= ${now})`.execute(db)
  return rows.map((row) => row.instance_id)
}

/** Takes the submissions of an instance that have no answer yet and are to be looked for at AMC now. */
export async function claimLookups(db: Db, instanceId: InstanceId, now: Date, againMs: number): Promise<Submission[]> {
  const ids = await sql<{ id: Submission['id'] }>`
    update workflow_executions set next_attempt_at = ${later(now, againMs)}
    where id in (
      select id from workflow_executions
      where instance_id = ${instanceId} and status = 'submitting'
        and (next_attempt_at is null or next_attempt_at <= ${now})
      order by sent_at limit 100 for update skip locked
    )
    returning id`.execute(db)
  if (ids.rows.length === 0) return []
  const rows = await submissionRows(db)
    .where(
      'id',
      'in',
      ids.rows.map((row) => row.id),
    )
    .where('status', '=', 'submitting')
    .execute()
  return rows.map(submissionOf)
}

/** Takes an execution for being sent once more; null when somebody else found it or sent it meanwhile. */
export async function claimRepeat(
  db: Db,
  submission: Submission,
  limits: { leaseMs: number; lookAfterMs: number; now: Date },
): Promise<Submission | null> {
  const { now } = limits
  const changed = await db
    .updateTable('workflow_executions')
    .set({
      sent_at: now,
      lease_until: later(now, limits.leaseMs),
      next_attempt_at: later(now, limits.lookAfterMs),
      attempts: submission.attempts + 1,
      updated_at: now,
    })
    .where('workspace_id', '=', submission.workspaceId)
    .where('id', '=', submission.id)
    .where('status', '=', 'submitting')
    .where('sent_at', '=', submission.sentAt)
    .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', now)]))
    .returning('id')
    .executeTakeFirst()
  return changed === undefined ? null : { ...submission, sentAt: now, attempts: submission.attempts + 1 }
}

/** Keeps AMC's answer to a submission, or the run that was found after a lost answer. */
export async function accept(
  db: Db,
  submission: Submission,
  answer: AmcExecution,
  now: Date,
): Promise<ExecutionStatus | null> {
  const news = newsOf(answer, submission, submission)
  return inTransaction(db, (tx) =>
    changeExecution(
      tx,
      submission,
      news.event,
      {
        amc_execution_id: answer.workflowExecutionId,
        amc_status: news.amcStatus,
        submitted_at: submission.sentAt,
        expires_at: news.expiresAt,
        execution_time_seconds: news.executionTimeSeconds,
        failure: news.failure === null ? null : JSON.stringify(news.failure),
        running_at: news.event === 'started' ? now : null,
        ...(news.columns === null ? {} : { result_columns: JSON.stringify(news.columns) }),
        finished_at: endsRun(news.event) ? now : null,
        last_answer_at: now,
        amc_answers: withAnswers([answerAbout('sent', answer, now)]),
        lease_until: null,
        next_attempt_at: later(now, news.event === 'succeeded' ? 0 : fastPollMs),
        attempts: 0,
      },
      now,
    ),
  )
}

/** Ends a submission that AMC refused. */
export async function refuse(
  db: Db,
  submission: Submission,
  failure: StoredFailure,
  answer: AnswerAsCame | null,
  now: Date,
): Promise<ExecutionStatus | null> {
  const changes = {
    failure: JSON.stringify(failure),
    amc_answers: withAnswers(refusedAnswer('sent', answer, now)),
    finished_at: now,
    last_answer_at: now,
    lease_until: null,
    next_attempt_at: null,
  }
  return inTransaction(db, (tx) => changeExecution(tx, submission, 'refused', changes, now))
}

/** Ends a submission that AMC does not know and that nobody wants any more. */
export async function giveUp(db: Db, submission: Submission, now: Date): Promise<ExecutionStatus | null> {
  const changes = { finished_at: now, lease_until: null, next_attempt_at: null, cancel_next_at: null }
  return inTransaction(db, (tx) => changeExecution(tx, submission, 'cancelled', changes, now))
}

/** Puts a submission that AMC did not take back into the queue, until a time and with its count of tries; the instance's other
 *  queued ones wait with it. */
export async function postpone(db: Db, submission: Submission, until: Date, now: Date): Promise<void> {
  await inTransaction(db, async (tx) => {
    const changes = { lease_until: null, next_attempt_at: until, sent_at: null, attempts: submission.attempts }
    await changeExecution(tx, submission, 'postponed', changes, now)
    // Rows that another worker is claiming are left out: it waits for the lock on events that this transaction holds by now.
    await sql`update workflow_executions set next_attempt_at = greatest(next_attempt_at, ${until})
      where id in (
        select id from workflow_executions
        where instance_id = ${submission.instanceId} and status = 'queued' for update skip locked
      )`.execute(tx)
  })
}

/** Lets a submission without an answer be looked for at once. */
export async function lookSoon(db: Db, submission: Submission, at: Date): Promise<void> {
  await db
    .updateTable('workflow_executions')
    .set({ lease_until: null, next_attempt_at: at })
    .where('workspace_id', '=', submission.workspaceId)
    .where('id', '=', submission.id)
    .where('status', '=', 'submitting')
    .where('sent_at', '=', submission.sentAt)
    .execute()
}

/** Lets submissions wait that could not be looked for; those that have an answer meanwhile are left alone. */
export async function lookLater(db: Db, submissions: readonly Submission[], at: Date): Promise<void> {
  const ids = submissions.map((submission) => submission.id)
  await db
    .updateTable('workflow_executions')
    .set({ next_attempt_at: at })
    .where('id', 'in', ids)
    .where('status', '=', 'submitting')
    .execute()
}

/** Which of these AMC executions a row of the instance holds already. */
export async function heldAmcExecutions(
  db: Db,
  instanceId: InstanceId,
  ids: readonly AmcExecutionId[],
): Promise<Set<AmcExecutionId>> {
  if (ids.length === 0) return new Set()
  const rows = await db
    .selectFrom('workflow_executions')
    .where('instance_id', '=', instanceId)
    .where('amc_execution_id', 'in', [...ids])
    .select('amc_execution_id')
    .execute()
  return new Set(rows.flatMap((row) => row.amc_execution_id ?? []))
}

function submissionRows(db: Db | Tx) {
  return db
    .selectFrom('workflow_executions')
    .select([
      'id',
      'workspace_id',
      'workflow_id',
      'instance_id',
      'status',
      'amc_workflow_id',
      'request',
      'template',
      'source_map',
      'copy_definition',
      'copy_hash',
      'sent_at',
      'requested_at',
      'attempts',
      'dry_run',
      'cancel_requested_at',
    ])
}

type SubmissionRow = Awaited<ReturnType<ReturnType<typeof submissionRows>['executeTakeFirstOrThrow']>>

function heldOf(row: Pick<SubmissionRow, 'id' | 'workspace_id' | 'workflow_id' | 'status' | 'dry_run'>): HeldExecution {
  const { id, workspace_id: workspaceId, workflow_id: workflowId, status, dry_run: dryRun } = row
  return { id, workspaceId, workflowId, status, dryRun }
}

function submissionOf(row: SubmissionRow): Submission {
  return {
    ...heldOf(row),
    ...readSentRequest(row),
    instanceId: row.instance_id,
    amcWorkflowId: row.amc_workflow_id,
    sentAt: row.sent_at ?? row.requested_at,
    attempts: row.attempts,
    cancelRequested: row.cancel_requested_at !== null,
  }
}
