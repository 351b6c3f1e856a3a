import type { Job } from '#platform/jobs/job.ts'
import { minutes } from '#platform/time.ts'
import { exportFiles } from './export-files.ts'

const atOnce = 100

/** Deletes exports whose time is over, the file before its row, so that no file is left without one. Two processes that do so at
 *  once delete the same. */
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
  },
}
