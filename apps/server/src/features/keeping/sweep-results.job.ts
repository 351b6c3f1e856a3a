import type { ExecutionId } from '@recomamp/contracts'
import type { ResultStore } from '#features/executions/index.ts'
import type { Db } from '#platform/db/tables.ts'
import type { Job } from '#platform/jobs/job.ts'
import { hours } from '#platform/time.ts'

/** Removes files of results that no row asks for any more: what a process that was killed, or came too late, has left behind. A run has its
 *  row before it has a file. */
export function sweepResultsJob(results: ResultStore): Job {
  return {
    name: 'sweep-results',
    everyMs: hours(1),
    async run({ db, log }, signal, beat) {
      let removed = 0
      // Looked at before the rows: a file has its row as long as it is wanted.
      for await (const ids of results.present()) {
        beat()
        if (signal.aborted) return
        for (const id of await withoutRows(db, ids)) {
          await results.remove(id)
          removed += 1
        }
      }
      if (removed > 0) log.info({ removed }, 'files of results that nothing asks for were removed')
    },
  }
}

/** In every process: drops what it, or its machine in front of a bucket, alone still holds of results that another process has removed. */
export function dropResultCopiesJob(results: ResultStore): Job {
  return {
    name: 'drop-result-copies',
    everyMs: hours(1),
    async run({ db }, signal, beat) {
      for await (const ids of results.heldHere()) {
        beat()
        if (signal.aborted) return
        for (const id of await withoutRows(db, ids)) await results.dropHere(id)
      }
    },
  }
}

async function withoutRows(db: Db, ids: readonly ExecutionId[]): Promise<ExecutionId[]> {
  if (ids.length === 0) return []
  const wanted = await db
    .selectFrom('workflow_executions')
    .where('id', 'in', ids)
    .where('results_removed_at', 'is', null)
    .select('id')
    .execute()
  const known = new Set(wanted.map(({ id }) => id))
  return ids.filter((id) => !known.has(id))
}
