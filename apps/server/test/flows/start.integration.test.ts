import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import * as api from '@recomamp/contracts'
import { eventually, freshDataDir, signInAt, startServerProcess } from '@recomamp/testkit'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../../..')

/** Starts a server that is expected to refuse, and answers what it said. */
async function refused(env: Record<string, string>): Promise<{ code: number; said: string }> {
  const child: ChildProcess = spawn(process.execPath, ['apps/server/src/main.ts'], {
    cwd: root,
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', EMULATOR_PORT: '0', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const [code] = (await once(child, 'exit')) as [number]
  return { code, said }
}

test('S-244, F-29: development makes its keys once, says so without the key, and refuses when they are gone', async () => {
  const DATA_DIR = await freshDataDir()
  const first = await startServerProcess({ DATA_DIR })
  const keyFile = join(DATA_DIR, 'keys.json')
  const keys = await readFile(keyFile, 'utf8')
  expect((await stat(keyFile)).mode & 0o777).toBe(0o600)
  expect(first.output()).toContain(keyFile)
  for (const [key] of keys.matchAll(/[\w-]{40,}=*/g)) expect(first.output()).not.toContain(key)
  const ana = await signInAt(first.url, 'ana')
  await ana.call(api.getCurrentUser, {})
  expect(await first.stop()).toBe(0)
  await using second = await startServerProcess({ DATA_DIR })
  expect(await readFile(keyFile, 'utf8')).toBe(keys)
  ana.baseUrl = second.url
  expect((await ana.call(api.getCurrentUser, {})).name).toBe('Ana Sorel')
  await second.stop()
  await rm(keyFile)
  const { code, said } = await refused({ DATA_DIR })
  expect(code).toBe(1)
  expect(said).toContain(keyFile)
  expect(said).not.toMatch(/\n\s+at /)
})

test('every fault of the settings is said at once, without a stack', async () => {
  const { code, said } = await refused({ PORT: 'x', ENVIRONMENT: 'production', ROLE: 'cook' })
  expect(code).toBe(1)
  for (const name of ['PORT', 'ROLE', 'JWT_SECRET_KEY', 'FERNET_KEY', 'PUBLIC_URL']) expect(said).toContain(name)
  expect(said).not.toMatch(/\n\s+at /)
})

test('a second process on one folder refuses and names the folder and the way out', async () => {
  const DATA_DIR = await freshDataDir()
  await using first = await startServerProcess({ DATA_DIR, EMULATOR: 'off' })
  const { code, said } = await refused({ DATA_DIR, EMULATOR: 'off' })
  expect(code).toBe(1)
  expect(said).toContain(DATA_DIR)
  expect(said).toContain('DATABASE_URL')
  expect((await fetch(`${first.url}/healthz`)).status).toBe(200)
})

test('a port that is taken is said in words', async () => {
  const holder = createServer().listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const { port } = holder.address() as { port: number }
  const { code, said } = await refused({ DATA_DIR: await freshDataDir(), PORT: String(port), EMULATOR: 'off' })
  expect(code).toBe(1)
  expect(said).toContain(`PORT ${port}`)
  holder.close()
})

test('after SIGTERM the server is ready no more, ends within five seconds, and also while data is being made', async () => {
  await using server = await startServerProcess({ DATA_DIR: await freshDataDir() })
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
  const began = performance.now()
  expect(await server.stop('SIGTERM')).toBe(0)
  expect(performance.now() - began).toBeLessThan(5000)
  expect(server.output()).not.toMatch(/"level":(50|60)/)
})

test('F-50: after a kill -9 everything that was answered is there', async () => {
  const DATA_DIR = await freshDataDir()
  const first = await startServerProcess({ DATA_DIR })
  const ana = await signInAt(first.url, 'ana')
  const content = { name: 'Kept', sqlQuery: 'SELECT 1', parameters: [], values: {}, instanceId: null }
  const { id } = await ana.call(api.createWorkflow, { body: content })
  await first.stop('SIGKILL')
  await wait(50)
  await using second = await startServerProcess({ DATA_DIR })
  ana.baseUrl = second.url
  await ana.renew()
  expect((await ana.call(api.getWorkflow, { params: { workflowId: id } })).name).toBe('Kept')
  await eventually(async () => (await ana.call(api.listInstances, {})).total > 0)
})
