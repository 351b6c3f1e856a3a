import { createHash, randomUUID } from 'node:crypto'
import { type Execution, ExecutionId, Problem, type RunRequest, type WorkflowId } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { copyForRun } from '#features/amc-copies/index.ts'
import { recordEvent } from '#features/events/index.ts'
import { requireInstance } from '#features/instances/index.ts'
import { requireVersion, requireWorkflow } from '#features/workflows/index.ts'
import type { Db, Tx } from '#platform/db/tables.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Member } from '#platform/http/app-types.ts'
import { hours, later } from '#platform/time.ts'
import { byCopy, type CompiledExecution, compileExecution, type RunText } from './compile-execution.ts'
import { executionEvents } from './executions.events.ts'
import { requireExecution } from './executions.rows.ts'
import { submitJobName } from './job-names.ts'

/** How long the same Idempotency-Key gets the same answer. */
const keyLife = hours(24)

/** Records a run; a job sends it. Written before AMC is asked, so that a crash or a lost answer leaves a row here and never
 *  a run at Amazon that nobody remembers. The same key with the same request answers with the run that it made first. */
export async function executeWorkflow(
  ctx: Ctx,
  who: Member,
  workflowId: WorkflowId,
  run: RunRequest,
  idempotencyKey: string | undefined,
): Promise<Execution> {
  const keyed = idempotencyKey === undefined ? null : { key: idempotencyKey, hash: requestHash(workflowId, run) }
  const known = keyed === null ? null : await runOfKey(ctx.db, who, keyed, ctx.now())
  if (known !== null) return requireExecution(ctx.db, who.workspaceId, known)
  const text = await textOf(ctx.db, who, workflowId, run)
  const instance = await requireInstance(ctx.db, who.workspaceId, run.instanceId)
  const id = ExecutionId.parse(randomUUID())
  const now = ctx.now()
  const whole = compileExecution({ id, text, instance, run, now })
  const { values, privacyFilteringBehavior } = run
  const asked = {
    workflowId,
    instanceId: instance.id,
    text,
    values,
    window: whole.window,
    privacyFilteringBehavior,
    now,
  }
  const copy = run.version === undefined || run.dryRun ? null : await copyForRun(ctx.db, asked)
  const compiled = copy === null ? whole : byCopy(whole, copy)
  try {
    await inTransaction(ctx.db, async (tx) => {
      await insertExecution(tx, { id, who, workflowId, run, compiled, now })
      if (keyed !== null) await claimKey(tx, who, keyed, id, now)
      const event = { type: 'execution-changed', executionId: id, workflowId, status: 'queued' } as const
      await recordEvent(tx, who.workspaceId, event, now)
    })
  } catch (error) {
    if (!(error instanceof KeyTaken) || keyed === null) throw error
    const first = await runOfKey(ctx.db, who, keyed, ctx.now())
    if (first === null) throw error
    return requireExecution(ctx.db, who.workspaceId, first)
  }
  executionEvents.queued(ctx.log, { executionId: id, instance, amcWorkflowId: compiled.amcWorkflowId })
  ctx.wake(submitJobName)
  return requireExecution(ctx.db, who.workspaceId, id)
}

async function textOf(db: Db, who: Member, workflowId: WorkflowId, run: RunRequest): Promise<RunText> {
  if (run.version !== undefined) {
    const { sqlQuery, parameters } = await requireVersion(db, who.workspaceId, workflowId, run.version)
    return { sqlQuery, parameters: [...parameters] }
  }
  await requireWorkflow(db, who.workspaceId, workflowId)
  return run.unsaved ?? { sqlQuery: '', parameters: [] }
}

async function insertExecution(
  tx: Tx,
  row: {
    id: ExecutionId
    who: Member
    workflowId: WorkflowId
    run: RunRequest
    compiled: CompiledExecution
    now: Date
  },
): Promise<void> {
  const { who, run, compiled } = row
  await tx
    .insertInto('workflow_executions')
    .values({
      id: row.id,
      workspace_id: who.workspaceId,
      workflow_id: row.workflowId,
      workflow_version: run.version ?? null,
      dry_run: run.dryRun,
      instance_id: run.instanceId,
      requested_by: who.userId,
      status: 'queued',
      amc_workflow_id: compiled.amcWorkflowId,
      request: JSON.stringify(compiled.request),
      template: compiled.template,
      source_map: JSON.stringify(compiled.sourceMap),
      copy_definition: compiled.copy === null ? null : JSON.stringify(compiled.copy.definition),
      copy_hash: compiled.copy?.hash ?? null,
      window_start: compiled.window.start,
      window_end: compiled.window.end,
      time_zone: compiled.window.timeZone,
      parameter_values: JSON.stringify(run.values),
      privacy_filtering_behavior: run.privacyFilteringBehavior,
      warnings: JSON.stringify(compiled.warnings),
      requested_at: row.now,
      updated_at: row.now,
    })
    .execute()
}

interface Keyed {
  key: string
  hash: string
}

/** Two requests with one key came at the same moment, and the other one was first. */
class KeyTaken extends Error {}

/** The execution that a key stands for, or null; a Problem idempotency-conflict when it was used for another request. */
async function runOfKey(db: Db, who: Member, keyed: Keyed, now: Date): Promise<ExecutionId | null> {
  const row = await db
    .selectFrom('idempotency_keys')
    .where('workspace_id', '=', who.workspaceId)
    .where('key', '=', keyed.key)
    .where('created_at', '>', later(now, -keyLife))
    .select(['request_hash', 'execution_id'])
    .executeTakeFirst()
  if (row === undefined) return null
  if (row.request_hash !== keyed.hash)
    throw new Problem(
      'idempotency-conflict',
      'Send another key with another request; this one belongs to an earlier run',
    )
  return row.execution_id
}

async function claimKey(tx: Tx, who: Member, keyed: Keyed, id: ExecutionId, now: Date): Promise<void> {
  await tx
    .deleteFrom('idempotency_keys')
    .where('workspace_id', '=', who.workspaceId)
    .where('created_at', '<=', later(now, -keyLife))
    .execute()
  const inserted = await tx
    .insertInto('idempotency_keys')
    .values({
      workspace_id: who.workspaceId,
      key: keyed.key,
      request_hash: keyed.hash,
      execution_id: id,
      created_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('key')
    .executeTakeFirst()
  if (inserted === undefined) throw new KeyTaken('the key was taken meanwhile')
}

/** Equal for requests that ask for the same, whatever the order of their fields. */
function requestHash(workflowId: WorkflowId, run: RunRequest): string {
  return createHash('sha256').update(canonical({ workflowId, run })).digest('hex')
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(',')}}`
}
