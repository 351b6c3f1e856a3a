import type { InstanceId, RunOutlook, WorkflowId } from '@recomamp/contracts'
import { sql } from 'kysely'
import type { Ctx } from '#context.ts'
import { requireInstance, slotsInUse } from '#features/instances/index.ts'
import { requireWorkflow } from '#features/workflows/index.ts'
import type { Member } from '#platform/http/app-types.ts'

/** How busy an instance is, and how long a query has taken; told from our rows. */
export async function runOutlook(
  ctx: Ctx,
  who: Member,
  workflowId: WorkflowId,
  instanceId: InstanceId,
): Promise<RunOutlook> {
  await requireWorkflow(ctx.db, who.workspaceId, workflowId)
  const { amcInstanceId } = await requireInstance(ctx.db, who.workspaceId, instanceId)
  const { busy, waiting } = await slotsInUse(ctx.db, amcInstanceId)
  const { rows: took } = await sql<{ here: boolean; seconds: number }>`
    select instance_id = ${instanceId} as here, extract(epoch from finished_at - requested_at)::float8 as seconds
    from workflow_executions
    where workspace_id = ${who.workspaceId} and workflow_id = ${workflowId} and status = 'completed' and not dry_run
    order by requested_at desc limit 40`.execute(ctx.db)
  const here = took.filter((run) => run.here)
  const counted = (here.length > 0 ? here : took).slice(0, 20).map((run) => Math.max(0, run.seconds))
  return {
    busy,
    slots: ctx.config.executionSlots,
    waiting,
    usualSeconds: median(counted),
    runs: counted.length,
    lastSeconds: counted[0] ?? null,
  }
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)]
  const lower = sorted[Math.floor((sorted.length - 1) / 2)]
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2
}
