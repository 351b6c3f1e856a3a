import { randomUUID } from 'node:crypto'
import { ExecutionId, Problem, type RunPreview, type RunRequest, type WorkflowId } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { NeedsReconnect } from '#features/sign-in/index.ts'
import type { Member } from '#platform/http/app-types.ts'
import { compileAsAsked } from './compile-as-asked.ts'
import { sqlSentOf } from './sent-request.ts'

/** What stands in the place of a token that nobody is to read. */
export const maskedToken = 'Atza|••••••••••••'

/** What a run would send, made by the code that sends it. Nothing is recorded, and AMC is not asked. */
export async function previewRun(ctx: Ctx, who: Member, workflowId: WorkflowId, run: RunRequest): Promise<RunPreview> {
  const id = run.id ?? ExecutionId.parse(randomUUID())
  const { compiled, instance, inline } = await compileAsAsked(ctx.db, who, { id, workflowId, run, now: ctx.now() })
  const amc = await ctx.amcFor(instance.connectionId).catch((cause: unknown) => {
    if (cause instanceof NeedsReconnect)
      throw new Problem('provider-not-configured', 'The sign-in that reaches this instance is not configured here')
    throw cause
  })
  const wire = amc.describeWorkflowExecution(instance.target, instance.amcInstanceId, compiled.request, maskedToken)
  return {
    method: wire.method,
    url: wire.url,
    headers: Object.entries(wire.headers).map(([name, value]) => ({ name, value })),
    body: wire.body ?? '',
    sqlSent: sqlSentOf(compiled),
    fills: compiled.sourceMap.fills.map(({ template, sent, parameters }) => ({ template, sent, parameters })),
    inline,
    window: compiled.window,
    warnings: compiled.warnings,
  }
}
