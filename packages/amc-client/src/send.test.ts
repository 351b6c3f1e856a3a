import { AmcInstanceId, EntityId, MarketplaceId } from '@recomamp/amc-wire'
import { describe, expect, test } from 'vitest'
import { AmcError } from './amc-error.ts'
import { createAmcClient } from './client.ts'
import type { AmcCall } from './send.ts'

const target = { entityId: EntityId.parse('ENTITY1'), marketplaceId: MarketplaceId.parse('ATVPDKIKX0DER') }
const instance = AmcInstanceId.parse('amcabcdefgh')
const workflow = { workflowId: 'w', sqlQuery: 'SELECT secret_column FROM t' }

/** A client before a scripted Amazon: each call takes the next answer. */
function scripted(...answers: ((init: RequestInit) => Response | Promise<Response>)[]) {
  const sent: Headers[] = []
  const renewed: string[] = []
  const log: AmcCall[] = []
  const client = createAmcClient({
    baseUrl: 'https://amc.example',
    clientId: 'client',
    tokens: {
      current: () => Promise.resolve('Atza|old'),
      renew: (stale) => {
        renewed.push(stale)
        return Promise.resolve('Atza|new')
      },
    },
    fetch: async (_url, init = {}) => {
      sent.push(new Headers(init.headers))
      const answer = answers.shift()
      if (answer === undefined) throw new Error('a call too many')
      return answer(init)
    },
    log: (call) => log.push(call),
    timeoutMs: 50,
  })
  return { client, sent, renewed, log }
}

const json = (status: number, body: unknown) => () =>
  new Response(JSON.stringify(body), { status, headers: { 'x-amz-rid': 'RID' } })

async function errorOf(work: Promise<unknown>): Promise<AmcError> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(AmcError)
  return error as AmcError
}

describe('401', () => {
  test('renews once with the refused token and repeats once', async () => {
    const { client, sent, renewed } = scripted(json(401, {}), json(200, {}))
    await client.createWorkflow(target, instance, workflow)
    expect(renewed).toEqual(['Atza|old'])
    expect(sent.map((headers) => headers.get('authorization'))).toEqual(['Bearer Atza|old', 'Bearer Atza|new'])
  })

  test('twice is the end', async () => {
    const { client, sent } = scripted(json(401, {}), json(401, { message: 'no' }))
    expect(await errorOf(client.getInstance(target, instance))).toMatchObject({
      kind: 'unauthorized',
      amcMessage: 'no',
    })
    expect(sent).toHaveLength(2)
  })
})

test.each([400, 403, 404, 429, 500, 504])('F-36: %i is not repeated and renews nothing', async (status) => {
  const { client, sent, renewed } = scripted(json(status, {}))
  await errorOf(client.getInstance(target, instance))
  expect([sent.length, renewed.length]).toEqual([1, 0])
})

describe('no answer', () => {
  test('a broken connection loses a change, not a read', async () => {
    const broken = () => Promise.reject(new TypeError('fetch failed', { cause: new Error('ECONNRESET') }))
    const { client } = scripted(broken, broken)
    expect(await errorOf(client.createWorkflow(target, instance, workflow))).toMatchObject({
      kind: 'unreachable',
      lost: true,
      message: 'createWorkflow: unreachable: ECONNRESET',
    })
    expect(await errorOf(client.getInstance(target, instance))).toMatchObject({ kind: 'unreachable', lost: false })
  })

  test.each(['ECONNREFUSED', 'ENOTFOUND', 'UND_ERR_CONNECT_TIMEOUT'])(
    '%s: no connection stood, so nothing was carried out and nothing is lost',
    async (code) => {
      const fault = Object.assign(new Error(`connect ${code}`), { code })
      const alone = () => Promise.reject(new TypeError('fetch failed', { cause: fault }))
      const each = () => Promise.reject(new TypeError('fetch failed', { cause: new AggregateError([fault, fault]) }))
      const { client } = scripted(alone, each)
      for (let count = 0; count < 2; count += 1)
        expect(await errorOf(client.createWorkflow(target, instance, workflow))).toMatchObject({
          kind: 'unreachable',
          lost: false,
        })
    },
  )

  test('one address refused and another broken off: the change may have been carried out', async () => {
    const faults = ['ECONNREFUSED', 'ECONNRESET'].map((code) => Object.assign(new Error(code), { code }))
    const { client } = scripted(() =>
      Promise.reject(new TypeError('fetch failed', { cause: new AggregateError(faults) })),
    )
    expect(await errorOf(client.createWorkflow(target, instance, workflow))).toMatchObject({ lost: true })
  })

  test('the time-out ends the wait', async () => {
    const never = (init: RequestInit) =>
      new Promise<Response>((_, reject) => init.signal?.addEventListener('abort', () => reject(init.signal?.reason)))
    const { client } = scripted(never)
    const error = await errorOf(client.createWorkflow(target, instance, workflow))
    expect(error).toMatchObject({ kind: 'unreachable', lost: true })
    expect(error.message).toMatch(/no answer within 50 ms/)
  })

  test('a caller that has stopped before sends nothing and loses nothing', async () => {
    const { client, sent } = scripted()
    const work = client.createWorkflow(target, instance, workflow, { signal: AbortSignal.abort() })
    expect(await errorOf(work)).toMatchObject({ kind: 'unreachable', lost: false })
    expect(sent).toHaveLength(0)
  })
})

test('a log entry and an error carry ids and no token or query text', async () => {
  const { client, log } = scripted(json(403, { code: '403', details: 'Unauthorized request.' }))
  const error = await errorOf(client.createWorkflow(target, instance, workflow))
  expect(log).toEqual([
    {
      operation: 'createWorkflow',
      method: 'POST',
      path: '/amc/reporting/amcabcdefgh/workflows',
      instanceId: 'amcabcdefgh',
      entityId: 'ENTITY1',
      marketplaceId: 'ATVPDKIKX0DER',
      status: 403,
      amcRequestId: 'RID',
      durationMs: expect.any(Number) as number,
    },
  ])
  const written = JSON.stringify([log, error, error.stack, error.message])
  expect(written).not.toMatch(/Atza|secret_column/)
})

test('S-073: a 403 says which instance, entity and marketplace were sent', async () => {
  const { client } = scripted(json(403, { code: '403', details: 'Unauthorized request.' }))
  const error = await errorOf(client.getInstance(target, instance))
  expect(error.sent).toEqual({ instanceId: 'amcabcdefgh', entityId: 'ENTITY1', marketplaceId: 'ATVPDKIKX0DER' })
  expect(error.message).toContain('(sent: instance amcabcdefgh, entity ENTITY1, marketplace ATVPDKIKX0DER)')
})

test('an endless answer is given up and is no answer', async () => {
  const endless = () =>
    new Response(new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(4_000_000)) }))
  const { client } = scripted(endless)
  expect(await errorOf(client.getInstance(target, instance))).toMatchObject({ kind: 'unreadable', status: 200 })
})

describe('pages', () => {
  const page = (items: string[], nextToken: string | null) =>
    json(200, { amcAccounts: items.map((accountId) => ({ accountId, marketplaceId: 'M' })), nextToken })

  test('are read to the last one', async () => {
    const { client } = scripted(page(['A', 'B'], 'next'), page(['C'], ''))
    const seen: string[][] = []
    for await (const accounts of client.listAccounts()) seen.push(accounts.map((account) => account.accountId))
    expect(seen).toEqual([['A', 'B'], ['C']])
  })

  test('a token that comes twice is an error and no endless loop', async () => {
    const { client } = scripted(page(['A'], 'next'), page(['B'], 'next'))
    const all = Array.fromAsync(client.listAccounts())
    expect(await errorOf(all)).toMatchObject({ kind: 'unreadable' })
  })
})

test('pages that lead in a circle are an error too', async () => {
  const page = (nextToken: string) => json(200, { amcAccounts: [], nextToken })
  const { client } = scripted(page('a'), page('b'), page('a'))
  expect(await errorOf(Array.fromAsync(client.listAccounts()))).toMatchObject({ kind: 'unreadable' })
})

test('signs that no database stores are replaced in what was read', async () => {
  const body = '{"instance":{"instanceId":"amcabcdefgh","instanceName":"a\\u0000b\\ud800c"}}'
  const { client } = scripted(() => new Response(body))
  expect((await client.getInstance(target, instance)).instanceName).toBe('a\uFFFDb\uFFFDc')
})

describe('download', () => {
  const options = (body: string, init: ResponseInit) => () => new Response(body, init)

  test('sends no header of Amazon Ads and streams', async () => {
    const { client, sent } = scripted(options('a,b\n1,2\n', { headers: { 'content-length': '8' } }))
    const { body, contentLength } = await client.download('https://store.example/part')
    expect(contentLength).toBe(8)
    expect(await new Response(body).text()).toBe('a,b\n1,2\n')
    expect([...(sent[0]?.keys() ?? [])]).toEqual(['accept-encoding'])
  })

  test('an expired link is forbidden, in the words of the store', async () => {
    const xml = '<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>'
    const { client } = scripted(options(xml, { status: 403 }))
    const error = await errorOf(client.download('https://store.example/part?X-Amz-Signature=secret'))
    expect(error).toMatchObject({ kind: 'forbidden', amcMessage: 'Request has expired' })
    expect(error.message).not.toMatch(/secret/)
  })

  test('a store that falls silent ends the stream with an error', async () => {
    const { client } = scripted((init) => {
      const body = new ReadableStream({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('a\n'))
          init.signal?.addEventListener('abort', () => controller.error(init.signal?.reason))
        },
      })
      return new Response(body)
    })
    const { body } = await client.download('https://store.example/part')
    expect(await errorOf(new Response(body).text())).toMatchObject({ kind: 'unreachable' })
  })
})
