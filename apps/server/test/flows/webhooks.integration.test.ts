import { rm } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import * as api from '@recomamp/contracts'
import {
  type Person,
  type World,
  databaseKinds,
  eventually,
  freePort,
  freshDataDir,
  openTestDatabase,
  signInAt,
  startServerProcess,
  startWorld,
} from '@recomamp/testkit'
import { SMTPServer } from 'smtp-server'
import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { acrossWorkspaces } from '#platform/db/scope.ts'
import { aQuery, ended, reached, run } from './runs.ts'
import { type Arrived, startReceiver } from './webhook-receiver.ts'

const local = { OUTBOUND_ALLOWED_NETWORKS: '127.0.0.0/8' }
const executions = ['execution.completed', 'execution.failed', 'execution.status_changed'] as const

function told({ body }: Arrived) {
  return JSON.parse(body) as { type: string; timestamp: string; data: Record<string, unknown> }
}

/** Lets hours pass for somebody who goes on working: a session that is not used for a day ends. */
async function pass(world: World, person: Person, hours: number): Promise<void> {
  for (let left = hours; left > 0; left -= 12) {
    world.clock.advance(Math.min(left, 12) * 3_600_000)
    await person.renew()
  }
}

async function add(
  person: Person,
  address: string,
  events: readonly api.WebhookEvent[],
  kind: api.WebhookKind = 'webhook',
) {
  const { webhook, secret } = await person.call(api.createWebhook, { body: { kind, address, events: [...events] } })
  const params = { webhookId: webhook.id }
  return {
    params,
    webhook,
    secret: secret ?? '',
    now: async () => {
      const { items } = await person.call(api.listWebhooks, {})
      return items.find(({ id }) => id === webhook.id)!
    },
    log: async () => (await person.call(api.listWebhookDeliveries, { params })).items,
    test: () => person.call(api.testWebhook, { params }),
  }
}

test('S-239, S-240, S-241: completion, failure and each status are told, signed, tried again under the same id, and kept with what came back', async () => {
  await using receiver = await startReceiver()
  const PORT = String(await freePort())
  await using world = await startWorld({ env: { ...local, PORT, PUBLIC_URL: `http://127.0.0.1:${PORT}` } })
  const ana = await world.signIn('ana')
  const both = await add(ana, `${receiver.url}/all`, executions)
  const failures = await add(ana, `${receiver.url}/failures`, ['execution.failed'])
  const execution = await run(ana, await aQuery(ana))
  await reached(ana, execution, 'completed')
  const completions = () => receiver.arrived.filter((one) => told(one).data['status'] === 'completed')
  await eventually(() => Promise.resolve(completions().length === 2))
  const statuses = receiver.arrived.filter((one) => told(one).type === 'execution.status_changed')
  expect(statuses.map((one) => told(one).data['status'])).toEqual(expect.arrayContaining(['queued', 'completed']))
  const completed = receiver.arrived.find((one) => told(one).type === 'execution.completed')!
  expect(told(completed).data).toMatchObject({
    executionId: execution.id,
    workflowName: 'A query',
    rowCount: expect.any(Number),
    url: `${world.url()}/executions/${execution.id}`,
  })
  new Webhook(both.secret).verify(completed.body, { ...completed.headers })
  expect(() => new Webhook(failures.secret).verify(completed.body, { ...completed.headers })).toThrow(
    'No matching signature found',
  )

  // A failure, while the receiver has a bad moment.
  receiver.answer({ status: 503, headers: { 'retry-after': '7' }, body: 'upstream is restarting' })
  world.emulator.faults.add({ operation: 'createWorkflowExecution', status: 400, times: 1 })
  const failed = await ended(ana, await run(ana, await aQuery(ana)))
  expect(failed.status).toBe('failed')
  await eventually(async () => (await failures.now()).state === 'failing')
  const [waiting] = await failures.log()
  expect(waiting).toMatchObject({ type: 'execution.failed', state: 'waiting', status: 503, tries: 1, about: 'A query' })
  expect(Date.parse(waiting!.nextTryAt!) - Date.parse(waiting!.lastTryAt!)).toBeGreaterThan(6900)
  receiver.answer({ status: 204 })
  world.clock.advance(8000)
  await eventually(async () => (await failures.log())[0]?.state === 'delivered')
  const tries = receiver.arrived.filter((one) => one.path === '/failures')
  expect(new Set(tries.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([waiting!.messageId]))
  expect(told(tries.at(-1)!).data).toMatchObject({
    executionId: failed.id,
    failure: { cause: failed.failure?.cause, message: failed.failure?.message },
  })
  const detail = await ana.call(api.getWebhookDelivery, { params: { ...failures.params, deliveryId: waiting!.id } })
  expect(detail.payload).toBe(tries.at(-1)!.body)
  expect(detail.attempts.map(({ status }) => status)).toEqual([503, 204])
  expect(detail.attempts[0]?.answer).toContain('upstream is restarting')
  expect((await failures.now()).state).toBe('working')

  // Once more by hand, by a new secret, and by the old one for a day.
  const { secret } = await ana.call(api.renewWebhookSecret, { params: failures.params })
  await ana.call(api.redeliver, { params: { ...failures.params, deliveryId: waiting!.id } })
  await eventually(async () => (await failures.log())[0]?.tries === 3)
  await eventually(async () => (await failures.log())[0]?.state === 'delivered')
  const again = receiver.arrived.filter((one) => one.path === '/failures').at(-1)!
  expect(again.headers['webhook-id']).toBe(waiting!.messageId)
  for (const key of [secret, failures.secret]) new Webhook(key).verify(again.body, { ...again.headers })
  await pass(world, ana, 25)
  await failures.test()
  await eventually(async () => (await failures.log())[0]?.state === 'delivered')
  const later = receiver.arrived.at(-1)!
  expect(later.headers['webhook-signature']!.split(' ')).toHaveLength(1)

  // Paused, nothing is recorded; a viewer reads; the log of what was done names it.
  await ana.call(api.updateWebhook, { params: both.params, body: { paused: true } })
  const count = receiver.arrived.length
  await reached(ana, await run(ana, await aQuery(ana)), 'completed')
  await ana.call(api.updateWebhook, { params: both.params, body: { paused: false, events: ['execution.completed'] } })
  await reached(ana, await run(ana, await aQuery(ana)), 'completed')
  await eventually(() => Promise.resolve(receiver.arrived.length > count))
  expect(receiver.arrived.slice(count).map((one) => told(one).type)).toEqual(['execution.completed'])
  await ana.call(api.deleteWebhook, { params: both.params })
  await expect(both.log()).rejects.toMatchObject({ type: 'webhook-not-found' })
  const { items } = await ana.call(api.listAudit, { query: { limit: 100 } })
  const done = items.filter(({ object }) => object.kind === 'webhook').map(({ action }) => action)
  expect(done).toEqual(
    expect.arrayContaining(['webhook-added', 'webhook-changed', 'webhook-removed', 'webhook-secret-renewed']),
  )
  expect(JSON.stringify(items)).not.toContain('whsec_')
  const ben = await world.signIn('ben')
  await expect(ben.call(api.testWebhook, { params: failures.params })).rejects.toMatchObject({
    type: 'webhook-not-found',
  })
})

test('what gets through to nobody is given up after a day and its webhook paused after five; 410 pauses at once; all of it goes again by hand', async () => {
  await using receiver = await startReceiver()
  await using world = await startWorld({ env: local })
  const ana = await world.signIn('ana')
  const hook = await add(ana, receiver.url, ['execution.completed'])
  receiver.answer({ status: 302, headers: { location: `${receiver.url}/elsewhere` } })
  await reached(ana, await run(ana, await aQuery(ana)), 'completed')
  await eventually(async () => (await hook.log()).length === 1)
  for (let tries = 1; tries < 9; tries++) {
    await eventually(async () => (await hook.log())[0]?.tries === tries)
    await eventually(async () => (await hook.log())[0]?.status === 302)
    await pass(world, ana, 8.01)
  }
  await eventually(async () => (await hook.log())[0]?.state === 'failed')
  expect((await hook.log())[0]?.error).toContain('redirect')
  expect(receiver.arrived.map(({ path }) => path)).not.toContain('/elsewhere')
  expect(await hook.now()).toMatchObject({ state: 'failing', lost: 1 })
  await pass(world, ana, 3 * 24)
  await hook.test()
  await eventually(async () => (await hook.now()).state === 'paused')
  expect(await hook.now()).toMatchObject({ pausedReason: 'failing', lost: 2 })
  receiver.answer({ status: 200 })
  expect(await ana.call(api.redeliverAll, { params: hook.params })).toEqual({ count: 2 })
  await eventually(async () => (await hook.now()).sent === 2)
  await ana.call(api.updateWebhook, { params: hook.params, body: { paused: false } })
  receiver.answer({ status: 410 })
  await hook.test()
  await eventually(async () => (await hook.now()).pausedReason === 'gone')
})

test('letters and chats are told in words; a connection that needs a person is told once', async () => {
  const letters: string[] = []
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      let text = ''
      stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
      stream.on('end', () => {
        letters.push(text)
        done()
      })
    },
  })
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', () => resolve()))
  const address = smtp.server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  await using receiver = await startReceiver()
  await using world = await startWorld({
    env: { ...local, SMTP_URL: `smtp://127.0.0.1:${port}`, SMTP_FROM: 'RecomAMP <amp@example.com>' },
  })
  const ana = await world.signIn('ana')
  const mail = await add(ana, 'reports@example.com', ['connection.reconnect_needed'], 'email')
  const chat = await add(ana, `${receiver.url}/hooks/T2-secret`, ['connection.reconnect_needed'], 'slack')
  expect([mail.secret, chat.secret]).toEqual(['', ''])
  expect(JSON.stringify(await chat.now())).not.toContain('T2-secret')
  await chat.test()
  await eventually(() => Promise.resolve(receiver.arrived.length === 1))
  expect(JSON.parse(receiver.arrived[0]!.body)).toEqual({ text: expect.stringContaining('Test message') })

  world.emulator.revoke('ana')
  await pass(world, ana, 1.1)
  const { id } = await world.db.selectFrom('connections').select('id').executeTakeFirstOrThrow()
  const amc = await world.amcFor(id)
  const next = () => amc.listAccounts()[Symbol.asyncIterator]().next()
  await expect(acrossWorkspaces(next)).rejects.toMatchObject({ name: 'NeedsReconnect' })
  await eventually(() => Promise.resolve(letters.length === 1))
  expect(letters[0]).toMatch(/^To: reports@example.com$/m)
  expect(letters[0]).toContain('Ana Sorel')
  await eventually(async () => (await mail.log())[0]?.state === 'delivered')
  expect((await mail.log())[0]).toMatchObject({ type: 'connection.reconnect_needed', status: 250 })
  await eventually(async () => (await chat.now()).sent === 2)
  expect(letters).toHaveLength(1)
  await new Promise<void>((resolve) => smtp.close(() => resolve()))
})

test('S-239: nothing inside the network can be reached unless it is listed, by whatever name or form of address', async () => {
  await using receiver = await startReceiver()
  await using world = await startWorld()
  const ana = await world.signIn('ana')
  const port = new URL(receiver.url).port
  const refused = [
    receiver.url,
    `https://127.0.0.1:${port}/`,
    `https://2130706433:${port}/`,
    `https://0x7f.1:${port}/`,
    `https://[::1]:${port}/`,
    `https://[::ffff:127.0.0.1]:${port}/`,
    'https://169.254.169.254/latest/meta-data',
    'https://user:password@example.com/',
    'file:///etc/passwd',
    'hooks.example.com',
  ]
  for (const address of refused) {
    const asked = ana.call(api.createWebhook, { body: { kind: 'webhook', address, events: ['schema.changed'] } })
    await expect(asked, address).rejects.toMatchObject({ type: 'webhook-not-possible' })
  }
  const mail = { kind: 'email', address: 'a@example.com', events: ['schema.changed'] } as const
  await expect(ana.call(api.createWebhook, { body: { ...mail, events: [...mail.events] } })).rejects.toMatchObject({
    type: 'webhook-not-possible',
  })
  // A name is looked at when it is connected.
  const named = await add(ana, `https://localhost:${port}/`, ['schema.changed'])
  await named.test()
  await eventually(async () => (await named.log())[0]?.state === 'failed')
  expect((await named.log())[0]).toMatchObject({ status: null, error: expect.stringContaining('not a public address') })
  expect(receiver.arrived).toEqual([])
})

test.runIf(databaseKinds.includes('postgresql'))('two servers send each message once', async () => {
  await using receiver = await startReceiver()
  await using world = await startWorld({ database: 'postgresql', env: local })
  await world.startAnother()
  const ana = await world.signIn('ana')
  const hook = await add(ana, receiver.url, ['execution.status_changed'])
  for (let number = 0; number < 30; number++) await hook.test()
  const execution = await run(ana, await aQuery(ana))
  await reached(ana, execution, 'completed')
  await eventually(async () => (await hook.now()).waiting === 0 && (await hook.now()).sent > 33)
  const ids = receiver.arrived.map(({ headers }) => headers['webhook-id'])
  expect(new Set(ids).size).toBe(ids.length)
  const statuses = receiver.arrived.map((one) => told(one).data['status']).filter((status) => status !== undefined)
  expect(new Set(statuses).size).toBe(statuses.length)

  // Removed while a message is on its way: neither waits for the other without end.
  receiver.answer('never')
  await hook.test()
  await eventually(() => Promise.resolve(receiver.arrived.length > ids.length))
  const { id } = hook.webhook
  await acrossWorkspaces(() =>
    world
      .server()
      .ctx.db.transaction()
      .execute(async (tx) => {
        await tx.selectFrom('webhooks').where('id', '=', id).select('id').forUpdate().executeTakeFirstOrThrow()
        receiver.answer({ status: 204 })
        // PostgreSQL looks for a deadlock when somebody has waited for a second: the server's statement has passed that when this one begins.
        await wait(1500)
        await tx.deleteFrom('webhooks').where('id', '=', id).execute()
      }),
  )
  await expect(hook.log()).rejects.toMatchObject({ type: 'webhook-not-found' })
})

test('a process that is killed while it sends loses no message', async () => {
  await using receiver = await startReceiver()
  const DATA_DIR = await freshDataDir()
  const database = await openTestDatabase(DATA_DIR)
  const start = () => startServerProcess({ DATA_DIR, ...database.env, ...local, LOG_LEVEL: 'warn' })
  let server = await start()
  try {
    const ana = await signInAt(server.url, 'ana')
    const hook = await add(ana, receiver.url, ['execution.completed'])
    receiver.answer('never')
    await hook.test()
    await eventually(() => Promise.resolve(receiver.arrived.length === 1))
    await server.stop('SIGKILL')
    receiver.answer({ status: 204 })
    server = await start()
    ana.baseUrl = server.url
    await eventually(async () => (await hook.log())[0]?.state === 'delivered', 60_000)
    expect(receiver.arrived[1]?.headers['webhook-id']).toBe(receiver.arrived[0]?.headers['webhook-id'])
    const [delivery] = await hook.log()
    const { attempts } = await ana.call(api.getWebhookDelivery, {
      params: { ...hook.params, deliveryId: delivery!.id },
    })
    expect(attempts.map(({ status, tookMs }) => [status, tookMs === null])).toEqual([
      [null, true],
      [204, false],
    ])
  } finally {
    await server.stop('SIGKILL')
    await database.drop()
    await rm(DATA_DIR, { recursive: true, force: true })
  }
})
