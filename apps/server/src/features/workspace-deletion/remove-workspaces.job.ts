import type { WorkspaceId } from '@recomamp/contracts'
import type { Ctx } from '#context.ts'
import type { ResultStore } from '#features/executions/index.ts'
import { inWorkspace } from '#platform/db/scope.ts'
import type { Job } from '#platform/jobs/job.ts'
import { goesOnUntil } from '#platform/jobs/parts.ts'
import { seconds } from '#platform/time.ts'
import { removeWorkspacesJobName } from './job-names.ts'
import { removeWorkspace } from './remove-workspace.ts'

const atOnce = 20

/** Removes what is left of deleted workspaces, a part at a time, until the row of the workspace itself goes. A round that is killed is
 *  taken up by the next one, of whichever process. */
export function removeWorkspacesJob(results: ResultStore): Job {
  return {
    name: removeWorkspacesJobName,
    everyMs: seconds(30),
    async run(ctx, signal, beat) {
      const goesOn = goesOnUntil(signal, beat)
      for (const id of await deletedWorkspaces(ctx)) {
        if (!goesOn()) return
        await inWorkspace(id, () => removeWorkspace(ctx, results, id, goesOn))
      }
    },
  }
}

async function deletedWorkspaces({ db }: Ctx): Promise<WorkspaceId[]> {
  const rows = await db
    .selectFrom('workspaces')
    .where('deleted_at', 'is not', null)
    .orderBy('deleted_at')
    .limit(atOnce)
    .select('id')
    .execute()
  return rows.map(({ id }) => id)
}
