import type { Job } from '#platform/jobs/job.ts'
import { minutes } from '#platform/time.ts'
import { exportFiles } from './export-files.ts'

const atOnce = 100

/** Deletes exports whose time is over, the file before its row, so that no file is left without one, and files whose execution was
 *  deleted and took their row along. Two processes that do so at once delete the same. */
export const deleteExportsJob: Job = {
  name: 'delete-exports',
  everyMs: minutes(10),
  async run({ db, config, now }, signal) {
    const files = exportFiles(config.dataDir)
    const over = await db
      .selectFrom('exports')
      .where('expires_at', '<=', now())
      .select('id')
      .orderBy('expires_at')
      .limit(atOnce)
      .execute()
    for (const { id } of over) {
      if (signal.aborted) return
      await files.remove(id)
      await db.deleteFrom('exports').where('id', '=', id).execute()
    }
    // Looked at before the rows: a file has its row as long as it has one at all.
    const present = await files.present()
    if (present.length === 0) return
    const rows = await db.selectFrom('exports').where('id', 'in', present).select('id').execute()
    const wanted = new Set(rows.map(({ id }) => id))
    for (const id of present) if (!signal.aborted && !wanted.has(id)) await files.remove(id)
  },
}
