import { isExpectedFault, writeBackup } from '@recomamp/server/commands'
import { CommandFailed, UsageError } from '../command-line/command-failed.ts'
import { dataFolder } from '../command-line/data-folder.ts'
import { leaf } from '../command-line/dispatch.ts'
import { parseOptions } from '../command-line/options.ts'
import { counted } from '../command-line/text.ts'

const help = `recomamp backup FOLDER [--data-dir FOLDER]

Saves an installation into a new folder, every row of one moment and every result, and reads all of it back. It takes the settings of the
server: DATABASE_URL or DATA_DIR. On PostgreSQL it runs beside servers; for the embedded database the server must be stopped.

The keys are not in it, because whoever holds both could use the stored tokens. Keep FERNET_KEY, or keys.json of the data folder, apart.

  --data-dir FOLDER   the server's folder (DATA_DIR, or .data)
`

export const backup = leaf(help, async (args, session) => {
  const { values, positionals } = parseOptions(args, { 'data-dir': { type: 'string' } })
  const [folder, unexpected] = positionals
  if (folder === undefined || unexpected !== undefined)
    throw new UsageError('recomamp backup takes one folder to write to; --help says more')
  const env = { ...session.env, DATA_DIR: dataFolder(values['data-dir'], session) }
  const made = await writeBackup(env, { folder, now: session.now }).catch((error: unknown) => {
    throw isExpectedFault(error) ? new CommandFailed(1, error.message, { cause: error }) : error
  })
  await session.stdout.write(
    `Saved and read back: ${counted(made.rows, 'row')} of ${counted(made.tables, 'table')}, ${counted(made.results, 'result')}, in ${made.folder}\n`,
  )
  if (made.lost.length > 0)
    await session.stderr.write(
      `The files of ${counted(made.lost.length, 'result')} were gone before, and are not in it: ${made.lost.join(', ')}\n`,
    )
  return 0
})
