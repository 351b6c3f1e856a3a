import type { ReplyOf, WorkspaceId, getPolling } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import { later } from '#platform/time.ts'

/** After so many intervals without an answer something is wrong, and not just slow. */
const silentIntervals = 4

/** How the open executions of a workspace are watched, from their rows: true whichever process does the watching. */
export async function pollingState(ctx: Ctx, workspaceId: WorkspaceId): Promise<ReplyOf<typeof getPolling>> {
  const { executionPollIntervalMs: everyMs } = ctx.config
  const silentSince = later(ctx.now(), -silentIntervals * everyMs)
  const row = await ctx.db
    .selectFrom('workflow_executions')
    .where('workspace_id', '=', workspaceId)
    .where('status', 'in', ['pending', 'running'])
    .select((eb) => [
      eb.fn.countAll<string>().as('open'),
      eb.fn.max('last_answer_at').as('lastAnswerAt'),
      eb.fn.countAll<string>().filterWhere('last_answer_at', '<', silentSince).as('silent'),
    ])
    .executeTakeFirstOrThrow()
  return {
    everySeconds: everyMs / 1000,
    openCount: Number(row.open),
    silentCount: Number(row.silent),
    lastAnswerAt: row.lastAnswerAt?.toISOString() ?? null,
  }
}
