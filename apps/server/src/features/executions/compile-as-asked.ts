import type { ExecutionId, InlineReason, ParameterDeclaration, RunRequest, WorkflowId } from '@recomamp/contracts'
import { copyForRun } from '#features/amc-copies/index.ts'
import { type ReachableInstance, requireInstance } from '#features/instances/index.ts'
import { requireOutOfTrash, requireVersion } from '#features/workflows/index.ts'
import type { Db } from '#platform/db/tables.ts'
import type { Member } from '#platform/http/app-types.ts'
import { byCopy, type CompiledExecution, compileExecution, type RunText } from './compile-execution.ts'

/** A run as a person asked for it, compiled; `inline` says why the query itself is sent, null where the copy at AMC is named. */
export interface AskedRun {
  compiled: CompiledExecution
  instance: ReachableInstance
  /** What the text declares. */
  parameters: readonly ParameterDeclaration[]
  inline: InlineReason | null
}

/** The one way from a request to run to what is sent: preview and run take it both. */
export async function compileAsAsked(
  db: Db,
  who: Member,
  asked: { id: ExecutionId; workflowId: WorkflowId; run: RunRequest; now: Date },
): Promise<AskedRun> {
  const { id, workflowId, run, now } = asked
  const text = await textOf(db, who, workflowId, run)
  const instance = await requireInstance(db, who.workspaceId, run.instanceId)
  const { parameters } = text
  const whole = compileExecution({ id, text, instance, run, now })
  if (run.dryRun) return { compiled: whole, instance, parameters, inline: 'dry-run' }
  if (run.version === undefined) return { compiled: whole, instance, parameters, inline: 'unsaved' }
  const { values, privacyFilteringBehavior } = run
  const { window } = whole
  const copy = await copyForRun(db, {
    workflowId,
    instanceId: instance.id,
    text,
    values,
    window,
    privacyFilteringBehavior,
    now,
  })
  if (typeof copy === 'string') return { compiled: whole, instance, parameters, inline: copy }
  return { compiled: byCopy(whole, copy), instance, parameters, inline: null }
}

async function textOf(db: Db, who: Member, workflowId: WorkflowId, run: RunRequest): Promise<RunText> {
  await requireOutOfTrash(db, who.workspaceId, workflowId)
  if (run.version !== undefined) {
    const { sqlQuery, parameters } = await requireVersion(db, who.workspaceId, workflowId, run.version)
    return { sqlQuery, parameters: [...parameters] }
  }
  return run.unsaved ?? { sqlQuery: '', parameters: [] }
}
