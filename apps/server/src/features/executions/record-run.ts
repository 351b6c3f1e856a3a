import { randomUUID } from 'node:crypto'
import {
  type Execution,
  ExecutionId,
  type ParameterDeclaration,
  type PrivacyFilteringBehavior,
  Problem,
  type WorkflowId,
} from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { recordAudit } from '#features/audit/index.ts'
import { recordEvent } from '#features/events/index.ts'
import type { ReachableInstance } from '#features/instances/index.ts'
import type { Tx } from '#platform/db/tables.ts'
import { inTransaction } from '#platform/db/transaction.ts'
import type { Member } from '#platform/http/app-types.ts'
import type { CompiledExecution } from './compile-execution.ts'
import { executionEvents } from './executions.events.ts'
import { requireExecution } from './executions.rows.ts'
import { claimKey, KeyTaken, requestHash, runOfKey } from './idempotency-keys.store.ts'
import { submitJobName } from './job-names.ts'

/** A run with everything that its row holds. */
export interface NewRun {
  workflowId: WorkflowId
  /** Null for a text that is no version. */
  version: number | null
  /** Of such a text: the version whose edits it holds. */
  baseVersion: number | null
  dryRun: boolean
  instance: ReachableInstance
  parameters: readonly ParameterDeclaration[]
  values: Execution['values']
  privacyFilteringBehavior: PrivacyFilteringBehavior
  compiled: CompiledExecution
}

/** Records a run, which a job sends. Written before AMC is asked, so that a crash or a lost answer leaves a row here and never a run at
 *  Amazon that nobody remembers. The same key with the same `request` answers with the run that it made first. */
export async function recordRun(
  ctx: Ctx,
  who: Member,
  asked: {
    request: Readonly<Record<string, unknown>>
    idempotencyKey: string | undefined
    id?: ExecutionId | undefined
  },
  prepare: (id: ExecutionId, now: Date) => Promise<NewRun>,
): Promise<Execution> {
  const { idempotencyKey: key } = asked
  const keyed = key === undefined ? null : { key, hash: requestHash(asked.request) }
  const known = keyed === null ? null : await runOfKey(ctx.db, who, keyed, ctx.now())
  if (known !== null) return requireExecution(ctx.db, who.workspaceId, known)
  const id = asked.id ?? ExecutionId.parse(randomUUID())
  const now = ctx.now()
  const run = await prepare(id, now)
  const { workflowId, instance } = run
  try {
    await inTransaction(ctx.db, async (tx) => {
      await insertExecution(tx, id, who, run, now)
      if (keyed !== null) await claimKey(tx, who, keyed, id, now)
      const { version, dryRun } = run
      const detail = { workflowId, version, dryRun, instanceId: instance.id, amcInstanceId: instance.amcInstanceId }
      await recordAudit(tx, who, { action: 'run-asked-for', object: { kind: 'execution', id }, detail }, now)
      const event = { type: 'execution-changed', executionId: id, workflowId, status: 'queued' } as const
      await recordEvent(tx, who.workspaceId, event, now)
    })
  } catch (error) {
    if (isTaken(error)) {
      // A Problem execution-not-found where it is not one of this workspace: another one's ids are answered as if nobody had them.
      await requireExecution(ctx.db, who.workspaceId, id)
      throw new Problem('idempotency-conflict', 'There is a run with this id; send another one')
    }
    if (!(error instanceof KeyTaken) || keyed === null) throw error
    const first = await runOfKey(ctx.db, who, keyed, ctx.now())
    if (first === null) throw error
    return requireExecution(ctx.db, who.workspaceId, first)
  }
  executionEvents.queued(ctx.log, { executionId: id, instance, amcWorkflowId: run.compiled.amcWorkflowId })
  ctx.wake(submitJobName)
  return requireExecution(ctx.db, who.workspaceId, id)
}

async function insertExecution(tx: Tx, id: ExecutionId, who: Member, run: NewRun, now: Date): Promise<void> {
  const { compiled } = run
  await tx
    .insertInto('workflow_executions')
    .values({
      id,
      workspace_id: who.workspaceId,
      workflow_id: run.workflowId,
      workflow_version: run.version,
      base_version: run.baseVersion,
      dry_run: run.dryRun,
      instance_id: run.instance.id,
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
      parameters: JSON.stringify(run.parameters),
      parameter_values: JSON.stringify(run.values),
      privacy_filtering_behavior: run.privacyFilteringBehavior,
      warnings: JSON.stringify(compiled.warnings),
      requested_at: now,
      updated_at: now,
    })
    .execute()
}

/** Whether the id that the caller chose belongs to a run already. */
function isTaken(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    error.code === '23505' &&
    'constraint' in error &&
    error.constraint === 'workflow_executions_pkey'
  )
}
