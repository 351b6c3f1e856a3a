import { inspect } from 'node:util'
import { CommandFailed } from './command-line/command-failed.ts'
import { commandOf } from './command-line/dispatch.ts'
import { Output } from './command-line/output.ts'
import type { Session } from './command-line/session.ts'
import { watchStopSignals } from './command-line/stop-signals.ts'
import manifest from '../package.json' with { type: 'json' }

const recomamp = commandOf({
  words: 'recomamp',
  help: `recomamp ${manifest.version}: Amazon Marketing Cloud on the command line

  recomamp sql check          find what AMC would refuse, and what would come out wrong
  recomamp sql run            run a query on local synthetic data
  recomamp sql format         lay queries out
  recomamp sql explain        columns, privacy classes, lineage and the SQL that runs locally
  recomamp catalogue import   check a catalogue of AMC data, and make the server go by it
  recomamp emulator           Amazon's sign-in and AMC API on this machine
  recomamp keys rotate        put stored secrets under a new key
  recomamp backup             save an installation, and read the copy back
  recomamp restore            put a saved installation into an empty one

recomamp <command> --help says more; --version prints the version.
`,
  commands: {
    sql: async () => (await import('./sql/sql.command.ts')).sql,
    catalogue: async () => (await import('./catalogue/catalogue.command.ts')).catalogue,
    emulator: async () => (await import('./emulator.command.ts')).emulator,
    backup: async () => (await import('./backup/backup.command.ts')).backup,
    restore: async () => (await import('./backup/restore.command.ts')).restore,
    keys: async () => (await import('./keys/keys.command.ts')).keys,
    '--version': async () => ({ run: printVersion }),
  },
})

const { onStop, isStopping } = watchStopSignals()
const session: Session = {
  stdin: process.stdin,
  stdout: new Output(process.stdout),
  stderr: new Output(process.stderr),
  env: process.env,
  cwd: process.cwd(),
  version: manifest.version,
  now: () => new Date(),
  onStop,
}

try {
  process.exitCode = await recomamp.run(process.argv.slice(2), session)
} catch (error) {
  // Being stopped makes whatever was under way fail.
  if (!isStopping()) process.exitCode = await tell(error)
}

async function printVersion(): Promise<number> {
  await session.stdout.write(`${manifest.version}\n`)
  return 0
}

/** Expected failures are a sentence; anything else is a fault of this program and shown whole. */
async function tell(error: unknown): Promise<number> {
  const isExpected = error instanceof CommandFailed
  await session.stderr.write(`${isExpected ? error.message : inspect(error)}\n`)
  return isExpected ? error.exitCode : internalFault
}

/** EX_SOFTWARE of sysexits.h: not to be taken for a finding. */
const internalFault = 70
