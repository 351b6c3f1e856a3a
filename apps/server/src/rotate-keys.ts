import { type Settings, SettingsFault, readSettings } from '#config.ts'
import { type Rotation, countUnderFirstKey, rotateSecrets } from '#platform/crypto/rotate-secrets.ts'
import { acrossWorkspaces } from '#platform/db/scope.ts'
import { addKey, keyFileOf, readKeys } from './keys.ts'
import { openInstallation } from './open-installation.ts'

export interface KeyRotation {
  readonly rotations: readonly Rotation[]
  /** Secrets that the first key alone opens, and all, counted afterwards. */
  readonly verified: { readonly opened: number; readonly total: number }
  /** Where the keys are kept. */
  readonly keySource: string
}

/** Puts every secret of an installation under the first key of FERNET_KEY or of `keys.json`, to which `newKey` adds one first. The
 *  embedded database must be free (FolderInUse); on PostgreSQL it runs beside servers. Throws a SettingsFault where it cannot begin. */
export async function rotateKeys(
  env: Readonly<Record<string, string | undefined>>,
  options: { newKey: boolean; now: () => Date },
): Promise<KeyRotation> {
  const settings = readSettings(env)
  const database = await openInstallation(settings)
  try {
    const { keys, keySource } = await keysOf(settings, options.newKey)
    const rotate = async () => ({
      rotations: await rotateSecrets(database.db, keys, options.now),
      verified: await countUnderFirstKey(database.db, keys),
    })
    return { ...(await acrossWorkspaces(rotate)), keySource }
  } finally {
    await database.close()
  }
}

async function keysOf({ config, secrets }: Settings, newKey: boolean) {
  const file = keyFileOf(config)
  if (secrets.fernetKeys !== null) {
    if (newKey)
      throw new SettingsFault([
        'FERNET_KEY is set: put the new key in front of it yourself, and restart the servers first',
      ])
    return { keys: secrets.fernetKeys, keySource: 'FERNET_KEY' }
  }
  // Servers read the file at their start only; one that runs could not open what is encrypted under a key that it has never seen.
  if (newKey && secrets.databaseUrl !== null)
    throw new SettingsFault([
      `On PostgreSQL a server may be running: put a new key in front of fernetKeys in ${file} yourself, and restart the servers first`,
    ])
  const stored = newKey ? await addKey(file) : await readKeys(file)
  if (stored === null)
    throw new SettingsFault([`There is neither FERNET_KEY nor ${file}: without a key nothing can be read`])
  return { keys: stored.fernetKeys, keySource: file }
}
