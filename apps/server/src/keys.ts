import { randomBytes } from 'node:crypto'
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { type Config, type Secrets, type Settings, SettingsFault } from '#config.ts'
import { fernetKeyFault, newFernetKey } from '#platform/crypto/fernet.ts'
import type { Log } from '#platform/log/log.ts'

const Keys = z.object({
  jwtSecretKey: z.string().min(32),
  fernetKeys: z.array(z.string().refine((key) => fernetKeyFault(key) === null)).min(1),
})

/** The keys of this installation. Development makes missing ones once, in DATA_DIR/keys.json; it refuses where data exists
 *  without that file, since a new key would make every stored token unreadable (F-29). Production never comes here without keys. */
export async function completeSecrets(settings: Settings, hasData: boolean, log: Log): Promise<Secrets> {
  const { config, secrets } = settings
  const { jwtSecretKey, fernetKeys } = secrets
  if (jwtSecretKey !== null && fernetKeys !== null) return { ...secrets, jwtSecretKey, fernetKeys }
  const file = keyFileOf(config)
  const stored = (await readKeys(file)) ?? (hasData ? refuse(file) : await makeKeys(file, log))
  return {
    ...secrets,
    jwtSecretKey: jwtSecretKey ?? stored.jwtSecretKey,
    fernetKeys: fernetKeys ?? stored.fernetKeys,
  }
}

/** Where development keeps the keys that it made. */
export function keyFileOf(config: Config): string {
  return join(config.dataDir, 'keys.json')
}

/** The keys in a file; null where there is none, a SettingsFault for a damaged one. */
export async function readKeys(file: string): Promise<z.infer<typeof Keys> | null> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
  try {
    return Keys.parse(JSON.parse(text))
  } catch {
    // The cause would quote the file, and with it the keys.
    throw new SettingsFault([
      `${file} is damaged; put back the copy that you kept, or set JWT_SECRET_KEY and FERNET_KEY`,
    ])
  }
}

function refuse(file: string): never {
  throw new SettingsFault([
    `There is data, but ${file} is gone: without its keys no stored token can be read. ` +
      'Put the file back, or set JWT_SECRET_KEY and FERNET_KEY to the keys that it held',
  ])
}

async function makeKeys(file: string, log: Log): Promise<z.infer<typeof Keys>> {
  const keys = { jwtSecretKey: randomBytes(48).toString('base64url'), fernetKeys: [newFernetKey()] }
  await mkdir(join(file, '..'), { recursive: true, mode: 0o700 })
  await writeKeys(file, keys)
  log.info({ file }, 'made the keys of this installation; keep a copy of the file')
  return keys
}

/** Puts a fresh key in front of those in the file, which keeps them all; null where there is no file. */
export async function addKey(file: string): Promise<z.infer<typeof Keys> | null> {
  const stored = await readKeys(file)
  if (stored === null) return null
  const keys = { ...stored, fernetKeys: [newFernetKey(), ...stored.fernetKeys] }
  await writeKeys(file, keys)
  return keys
}

/** Complete or as before, whatever happens meanwhile. */
async function writeKeys(file: string, keys: z.infer<typeof Keys>): Promise<void> {
  await writeFile(`${file}.new`, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 })
  await chmod(`${file}.new`, 0o600)
  await rename(`${file}.new`, file)
}
