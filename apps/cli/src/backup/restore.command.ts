import { isExpectedFault, restoreBackup } from '@recomamp/server/commands'
import { CommandFailed, UsageError } from '../command-line/command-failed.ts'
import { dataFolder } from '../command-line/data-folder.ts'
import { leaf } from '../command-line/dispatch.ts'
import { parseOptions } from '../command-line/options.ts'
import { counted } from '../command-line/text.ts'

const help = `recomamp restore FOLDER [--data-dir FOLDER]

Puts a backup into an installation in which nobody has signed in yet: into DATABASE_URL or DATA_DIR, whichever kind it was made from. The
server must be stopped. All files are checked before anything is written, and the rows afterwards; a restore that was broken off is simply
done again. A backup of an older version is brought up to date. Give the server the keys of the installation that was saved.

  --data-dir FOLDER   the server's folder (DATA_DIR, or .data)
`

export const restore = leaf(help, async (args, session) => {
  const { values, positionals } = parseOptions(args, { 'data-dir': { type: 'string' } })
  const [folder, unexpected] = positionals
  if (folder === undefined || unexpected !== undefined)
    throw new UsageError('recomamp restore takes one folder to read; --help says more')
  const env = { ...session.env, DATA_DIR: dataFolder(values['data-dir'], session) }
  const restored = await restoreBackup(env, { folder, now: session.now }).catch((error: unknown) => {
    throw isExpectedFault(error) ? new CommandFailed(1, error.message, { cause: error }) : error
  })
  await session.stdout.write(
    `Restored and compared: ${counted(restored.rows, 'row')} and ${counted(restored.results, 'result')} of ${restored.madeAt}\n`,
  )
  if (restored.lost.length > 0)
    await session.stderr.write(
      `${counted(restored.lost.length, 'result')} had no file when the backup was made; their executions say so and can be run again.\n`,
    )
  return 0
})
