import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type World, databaseKinds, eventually, freshDataDir, openTestDatabase, startWorld } from '@recomamp/testkit'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { fernetDecrypt, newFernetKey } from '#platform/crypto/fernet.ts'
import { rotateSecrets } from '#platform/crypto/rotate-secrets.ts'
import { PlainToken, encryptToken } from '#platform/crypto/tokens.ts'
import { openEmbedded } from '#platform/db/embedded.ts'
import { acrossWorkspaces } from '#platform/db/scope.ts'

/** Runs `recomamp keys rotate` as a process of its own. */
async function rotate(env: Record<string, string>, ...options: string[]) {
  const bin = join(import.meta.dirname, '../../../cli/bin/recomamp.js')
  const child = spawn(process.execPath, [bin, 'keys', 'rotate', ...options], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number]
  return { code, stdout, stderr }
}

async function tokensOf(world: World) {
  const { db } = world
  return db
    .selectFrom('connections')
    .orderBy('id')
    .select(['access_token_encrypted', 'refresh_token_encrypted'])
    .execute()
}

async function callAmc(world: World) {
  const { id } = await world.db.selectFrom('connections').orderBy('created_at').select('id').executeTakeFirstOrThrow()
  const amc = await world.amcFor(id)
  await acrossWorkspaces(async () => {
    for await (const _ of amc.listAccounts());
  })
}

test.runIf(databaseKinds.includes('postgresql'))(
  'keys rotate: re-encrypts everything beside a server, verifies and prints counts; a wrong key changes nothing',
  async () => {
    const [older, newer] = [newFernetKey(), newFernetKey()]
    await using world = await startWorld({ database: 'postgresql', env: { FERNET_KEY: `${older},${newer}` } })
    await world.signIn('ana')
    await world.signIn('ben')
    const env = { DATABASE_URL: world.databaseUrl, DATA_DIR: world.dataDir }

    const before = await tokensOf(world)
    const wrong = await rotate({ ...env, FERNET_KEY: newFernetKey() })
    expect(wrong).toMatchObject({ code: 1 })
    expect(wrong.stdout).toContain(
      'connections.refresh_token_encrypted: 0 re-encrypted, 0 under the first key before, 0 changed meanwhile, 2 unreadable',
    )
    expect(wrong.stderr).toContain('nothing was lost')
    expect(await tokensOf(world)).toEqual(before)

    const done = await rotate({ ...env, FERNET_KEY: `${newer},${older}` })
    expect(done).toMatchObject({ code: 0, stderr: '' })
    expect(done.stdout).toContain('connections.access_token_encrypted: 2 re-encrypted, 0 under the first key before')
    expect(done.stdout).toContain('sign_in_states.code_verifier_encrypted: 2 re-encrypted')
    expect(done.stdout).toContain('Verified: all 6 secrets open with the first key of FERNET_KEY')
    for (const key of [older, newer]) expect(done.stdout).not.toContain(key)
    for (const { refresh_token_encrypted } of await tokensOf(world))
      expect(fernetDecrypt(refresh_token_encrypted!, [newer])).toMatch(/^Atzr\|/)
    await callAmc(world)
    expect((await rotate({ ...env, FERNET_KEY: newer })).stdout).toContain(
      '0 re-encrypted, 2 under the first key before',
    )
  },
)

test.runIf(databaseKinds.includes('postgresql'))(
  'keys rotate: a token that a server has renewed meanwhile stays as the server wrote it',
  async () => {
    const [older, newer] = [newFernetKey(), newFernetKey()]
    await using world = await startWorld({ database: 'postgresql', env: { FERNET_KEY: `${older},${newer}` } })
    await world.signIn('ana')
    const { db, now } = world.server().ctx
    const [first] = await tokensOf(world)
    const { promise: written, resolve: write } = Promise.withResolvers<void>()
    const { promise: renewed, resolve: renew } = Promise.withResolvers<void>()
    const held = acrossWorkspaces(() =>
      db.transaction().execute(async (tx) => {
        await tx.updateTable('connections').set({ access_token_encrypted: first!.refresh_token_encrypted }).execute()
        write()
        await renewed
      }),
    )
    await written
    const rotation = acrossWorkspaces(() => rotateSecrets(db, [newer, older], now))
    await eventually(async () => {
      const waiting = sql`select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
      return (await waiting.execute(db)).rows.length > 0
    })
    renew()
    await held
    expect((await rotation)[0]).toMatchObject({
      place: 'connections.access_token_encrypted',
      reencrypted: 0,
      changed: 1,
    })
    expect((await tokensOf(world))[0]?.access_token_encrypted).toBe(first!.refresh_token_encrypted)
  },
)

test('keys rotate: refuses a folder that a server holds, and works once it is free', async () => {
  const [older, newer] = [newFernetKey(), newFernetKey()]
  const DATA_DIR = await freshDataDir()
  await openTestDatabase(DATA_DIR, 'embedded')
  const env = { DATA_DIR, FERNET_KEY: `${newer},${older}` }
  const held = await openEmbedded(DATA_DIR)
  const now = new Date()
  const state = {
    state_hash: 'state',
    browser_hash: 'browser',
    provider: 'sandbox' as const,
    region: 'na' as const,
    code_verifier_encrypted: encryptToken(PlainToken.parse('a secret'), [older], now),
    return_to: '/',
    redirect_uri: 'http://127.0.0.1/',
    created_at: now,
    expires_at: now,
  }
  await held.db.insertInto('sign_in_states').values(state).execute()
  const refused = await rotate(env)
  expect(refused.code).toBe(1)
  expect(refused.stderr).toMatch(/in use by another process. Stop that process first/)
  await held.close()
  expect(await rotate(env)).toMatchObject({ code: 0, stderr: '' })
  const reopened = await openEmbedded(DATA_DIR)
  const [row] = await reopened.db.selectFrom('sign_in_states').select('code_verifier_encrypted').execute()
  expect(fernetDecrypt(row!.code_verifier_encrypted, [newer])).toBe('a secret')
  await reopened.close()
})

test('keys rotate --new-key: a fresh key stands in front of keys.json, the older ones behind it', async () => {
  const DATA_DIR = await freshDataDir()
  await openTestDatabase(DATA_DIR, 'embedded')
  const file = join(DATA_DIR, 'keys.json')
  const before = { jwtSecretKey: 'x'.repeat(40), fernetKeys: [newFernetKey()] }
  await writeFile(file, JSON.stringify(before), { mode: 0o600 })
  expect(await rotate({ DATA_DIR }, '--new-key')).toMatchObject({ code: 0, stderr: '' })
  const after = JSON.parse(await readFile(file, 'utf8')) as typeof before
  expect(after.jwtSecretKey).toBe(before.jwtSecretKey)
  expect(after.fernetKeys.slice(1)).toEqual(before.fernetKeys)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
})

test('keys rotate: a folder without data is said in words', async () => {
  const DATA_DIR = await freshDataDir()
  const { code, stderr } = await rotate({ DATA_DIR })
  expect(code).toBe(1)
  expect(stderr).toContain('holds no database')
  expect(stderr).not.toMatch(/\n\s+at /)
})
