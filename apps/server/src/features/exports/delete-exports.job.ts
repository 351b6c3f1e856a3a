import type { ExportId } from '@recomamp/contracts'
import type { Db } from '#platform/db/tables.ts'
import type { Job } from '#platform/jobs/job.ts'
import { hours, minutes } from '#platform/time.ts'
import { exportFiles } from './export-files.ts'

const atOnce = 100

/** Deletes exports whose time is over, the file before its row, so that no file is left without one, and files whose execution was
 *  deleted and took their row along. Two processes that do so at once delete the same. */
export const deleteExportsJob: Job = {
  name: 'delete-exports',
  everyMs: minutes(10),
  async run({ db, files: { exports }, now }, signal, beat) {
    const files = exportFiles(exports)
    const over = () =>
      db.selectFrom('exports').where('expires_at', '<=', now()).select('id').orderBy('expires_at').limit(atOnce)
    for (let found = await over().execute(); found.length > 0; found = await over().execute()) {
      beat()
      for (const { id } of found) {
        if (signal.aborted) return
        await files.remove(id)
        await db.deleteFrom('exports').where('id', '=', id).execute()
      }
    }
    // Looked at before the rows: a file has its row as long as it has one at all.
    for await (const present of files.present()) {
      beat()
      const wanted = await withRows(db, present)
      for (const id of present) if (!wanted.has(id)) await files.remove(id)
      if (signal.aborted) return
    }
  },
}

/** In every process: drops what its machine alone still holds, in front of a bucket, of files that another process has removed. */
export const dropExportCopiesJob: Job = {
  name: 'drop-export-copies',
  everyMs: hours(1),
  run: ({ db, files }) => exportFiles(files.exports).dropCopies((ids) => withRows(db, ids)),
}

async function withRows(db: Db, ids: readonly ExportId[]): Promise<ReadonlySet<ExportId>> {
  if (ids.length === 0) return new Set()
  const rows = await db.selectFrom('exports').where('id', 'in', ids).select('id').execute()
  return new Set(rows.map(({ id }) => id))
}
