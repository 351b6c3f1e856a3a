import { type WorkflowId, finalStatuses } from '@recomamp/contracts'
import type { ResultStore } from '#features/executions/index.ts'
import type { Db } from '#platform/db/tables.ts'
import type { Job } from '#platform/jobs/job.ts'
import { minutes } from '#platform/time.ts'
import { removeForGood } from './remove-for-good.ts'
import { overSince } from './trash-life.ts'

const atOnce = 50

/** Removes for good what was thrown away 30 days ago, with its versions, runs and results: the files before their rows, so that no file
 *  is left without one. A query of which AMC has a copy, or that still runs, stays until that is over. Two processes that do so at once
 *  remove the same. */
export function emptyTrashJob(results: ResultStore): Job {
  return {
    name: 'empty-trash',
    everyMs: minutes(10),
    async run(ctx, signal) {
      for (const workflowId of await overIn(ctx.db, overSince(ctx.now()))) {
        if (signal.aborted) return
        await removeForGood(ctx, results, workflowId)
      }
    },
  }
}

async function overIn(db: Db, since: Date): Promise<WorkflowId[]> {
  const rows = await db
    .selectFrom('workflows')
    .where('deleted_at', '<=', since)
    .where((eb) =>
      eb.not(
        eb.exists(eb.selectFrom('amc_copies').whereRef('amc_copies.workflow_id', '=', 'workflows.id').select('id')),
      ),
    )
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('workflow_executions')
            .whereRef('workflow_executions.workflow_id', '=', 'workflows.id')
            .where('workflow_executions.status', 'not in', finalStatuses)
            .select('workflow_executions.id'),
        ),
      ),
    )
    .orderBy('deleted_at')
    .limit(atOnce)
    .select('id')
    .execute()
  return rows.map(({ id }) => id)
}
