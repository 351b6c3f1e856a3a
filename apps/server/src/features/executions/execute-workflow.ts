import type { Execution, RunRequest, WorkflowId } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import type { Member } from '#platform/http/app-types.ts'
import { compileAsAsked } from './compile-as-asked.ts'
import { recordRun } from './record-run.ts'

/** Compiles and records a run of a version, or of a text that is none. */
export function executeWorkflow(
  ctx: Ctx,
  who: Member,
  workflowId: WorkflowId,
  run: RunRequest,
  idempotencyKey: string | undefined,
): Promise<Execution> {
  const asked = { request: { workflowId, run }, idempotencyKey, id: run.id }
  return recordRun(ctx, who, asked, async (id, now) => {
    const { compiled, instance, parameters } = await compileAsAsked(ctx.db, who, { id, workflowId, run, now })
    const { values, privacyFilteringBehavior, dryRun } = run
    return {
      workflowId,
      version: run.version ?? null,
      baseVersion: run.unsaved?.baseVersion ?? null,
      dryRun,
      instance,
      parameters,
      values,
      privacyFilteringBehavior,
      compiled,
    }
  })
}
