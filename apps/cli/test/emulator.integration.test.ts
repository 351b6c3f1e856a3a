import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { dataFolder, ended, type Folder, recomamp, start } from './recomamp.ts'

let data: Folder
let running: ChildProcessWithoutNullStreams[]
beforeEach(async () => {
  data = await dataFolder()
  running = []
})
afterEach(async () => {
  await Promise.all(running.map(stop))
  data.remove()
})

type Addresses = Record<
  | 'url'
  | 'authorizeUrl'
  | 'tokenUrl'
  | 'linksUrl'
  | 'clientId'
  | 'clientSecret'
  | 'refreshToken'
  | 'entityId'
  | 'marketplaceId'
  | 'instanceId'
  | 'sandboxInstanceId',
  string
>

/** Starts the emulator and reads its one line. */
async function startEmulator(
  options: readonly string[] = [],
): Promise<{ addresses: Addresses; child: ChildProcessWithoutNullStreams }> {
  const child = start(['emulator', '--port', '0', '--data-dir', data.path, ...options])
  running.push(child)
  for await (const line of createInterface({ input: child.stdout })) return { addresses: JSON.parse(line), child }
  throw new Error('The emulator ended without its line')
}

async function stop(child: ChildProcessWithoutNullStreams): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const end = ended(child)
    child.kill('SIGTERM')
    await end
  }
  return child.exitCode
}

test('prints one line of JSON by which any client can sign in and call the API', async () => {
  const { addresses, child } = await startEmulator()
  const answer = await fetch(addresses.tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: addresses.refreshToken,
      client_id: addresses.clientId,
      client_secret: addresses.clientSecret,
    }),
  })
  const { access_token: token } = (await answer.json()) as { access_token: string }
  const headers = {
    authorization: `Bearer ${token}`,
    'Amazon-Advertising-API-ClientId': addresses.clientId,
    'Amazon-Advertising-API-AdvertiserId': addresses.entityId,
    'Amazon-Advertising-API-MarketplaceId': addresses.marketplaceId,
  }
  const { instances } = (await (await fetch(`${addresses.url}/amc/instances`, { headers })).json()) as {
    instances: { instanceId: string; instanceType: string }[]
  }
  expect(instances).toContainEqual(
    expect.objectContaining({ instanceId: addresses.instanceId, instanceType: 'STANDARD' }),
  )
  expect(instances).toContainEqual(
    expect.objectContaining({ instanceId: addresses.sandboxInstanceId, instanceType: 'SANDBOX' }),
  )
  expect((await fetch(`${addresses.authorizeUrl}?client_id=${addresses.clientId}`)).status).not.toBe(404)
  expect(await stop(child)).toBe(0)
})

test('a second one on the same folder is refused, and one on a taken port', async () => {
  await startEmulator()
  const second = await recomamp(['emulator', '--port', '0', '--data-dir', data.path])
  expect([second.code, second.stdout]).toEqual([1, ''])
  expect(second.stderr).toMatch(/^Another emulator uses .*; stop it, or choose another folder\n$/)

  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  const other = await dataFolder()
  const taken = await recomamp(['emulator', '--port', String(port), '--data-dir', other.path])
  server.close()
  other.remove()
  expect(taken).toEqual({
    code: 1,
    stdout: '',
    stderr: `Port ${port} is taken by another program; choose a free one with --port\n`,
  })
})

test('begins with the settings and faults of its command line', async () => {
  const options = [
    '--setting linkSeconds=7 --setting zoneSuffix=empty --setting wrapSingles=true',
    '--fault {"operation":"getInstance","status":504,"times":2} --fault-seed 5',
    '--fault {"operation":"createToken","status":429,"retryAfterSeconds":9,"times":1}',
  ]
  const { addresses } = await startEmulator(options.flatMap((line) => line.split(' ')))
  const settings = await (await fetch(`${addresses.url}/_emulator/settings`)).json()
  expect(settings).toMatchObject({ linkSeconds: 7, zoneSuffix: 'empty', wrapSingles: true, accessTokenSeconds: 3600 })
  const refused = await fetch(addresses.tokenUrl, { method: 'POST', body: new URLSearchParams() })
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '9'])
  const left = await (await fetch(`${addresses.url}/_emulator/faults`)).json()
  expect(left).toEqual([{ operation: 'getInstance', status: 504, times: 2 }])
  // The store behind the links is another address.
  expect((await fetch(`${addresses.linksUrl}/results/x/y`)).headers.get('server')).toBe('AmazonS3')
})

test.each([
  [['--port', 'x'], '--port must be a whole number from 0 to 65535'],
  [['--port', '70000'], '--port must be a whole number from 0 to 65535'],
  [['--seed', '1.5'], '--seed must be a whole number'],
  [['--fault', '{"operation":'], '--fault {"operation":: that is not JSON; write an object such as {"operation":"*"'],
  [
    ['--fault', '{"operation":"getInstanse","status":500}'],
    '--fault {"operation":"getInstanse","status":500}: operation',
  ],
  [['--fault', '{"operation":"*","dropp":"after"}'], 'Unrecognized key: "dropp"'],
  [['--fault', '{"operation":"*","delayBeforeMs":70000}'], 'delayBeforeMs and delayAfterMs together may be 60000'],
  [['--fault-seed', 'x'], '--fault-seed must be a whole number'],
  [['--setting', 'pendingMs'], '--setting pendingMs: write NAME=VALUE, such as pendingMs=0'],
  [['--setting', 'pendingMs=soon'], '--setting pendingMs=soon: pendingMs: '],
  [['--setting', 'pending=1'], '--setting pending=1: Unrecognized key: "pending"'],
])('%j ends with 2', async (args, message) => {
  const { code, stderr } = await recomamp(['emulator', ...args, '--data-dir', data.path])
  expect(code).toBe(2)
  expect(stderr).toContain(message)
})
