import { type KeyRotation, isExpectedFault, rotateKeys } from '@recomamp/server/commands'
import { CommandFailed, UsageError } from '../command-line/command-failed.ts'
import { dataFolder } from '../command-line/data-folder.ts'
import { leaf } from '../command-line/dispatch.ts'
import { parseOptions } from '../command-line/options.ts'
import type { Session } from '../command-line/session.ts'
import { counted } from '../command-line/text.ts'

const help = `recomamp keys rotate [--new-key] [--data-dir FOLDER]

Puts every stored secret under the first key and says how many there were. It takes the settings of the server: DATABASE_URL or DATA_DIR,
and the keys of FERNET_KEY, or of keys.json in the data folder. A secret that no key opens stays as it is.

  1. Put a new key in front of FERNET_KEY, keep the old ones behind it, and restart the servers.
  2. recomamp keys rotate
  3. When it says that all secrets open with the first key, remove the others.

On PostgreSQL it runs beside servers; for the embedded database the server must be stopped.

  --new-key           make a key and put it in front of those in keys.json first
  --data-dir FOLDER   the server's folder (DATA_DIR, or .data)
`

export const rotate = leaf(help, async (args, session) => {
  const { values, positionals } = parseOptions(args, { 'new-key': { type: 'boolean' }, 'data-dir': { type: 'string' } })
  const [unexpected] = positionals
  if (unexpected !== undefined)
    throw new UsageError(`recomamp keys rotate takes no ${unexpected}; --help lists its options`)
  const env = { ...session.env, DATA_DIR: dataFolder(values['data-dir'], session) }
  const rotation = await rotateKeys(env, { newKey: values['new-key'] === true, now: session.now }).catch(
    (error: unknown) => {
      throw isExpectedFault(error) ? new CommandFailed(1, error.message, { cause: error }) : error
    },
  )
  return tell(rotation, session)
})

async function tell({ rotations, verified, keySource }: KeyRotation, session: Session): Promise<number> {
  for (const { place, reencrypted, current, changed, unreadable } of rotations)
    await session.stdout.write(
      `${place}: ${reencrypted} re-encrypted, ${current} under the first key before, ${changed} changed meanwhile, ${unreadable} unreadable\n`,
    )
  const { opened, total } = verified
  if (opened === total) {
    await session.stdout.write(
      `Verified: ${total === 1 ? 'the secret opens' : `all ${counted(total, 'secret')} open`} with the first key of ${keySource}; the keys behind it are no longer needed.\n`,
    )
    return 0
  }
  await session.stderr.write(
    `${total - opened} of ${counted(total, 'secret')} do not open with the first key of ${keySource}; nothing was lost. ` +
      'Unreadable ones need the key that they were made with, behind the first. If some changed meanwhile, a server still encrypts with an ' +
      'older key: restart it with these keys and run this again.\n',
  )
  return 1
}
