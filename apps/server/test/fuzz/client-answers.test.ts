import { readFileSync, readdirSync } from 'node:fs'
import {
  type AmcClient,
  AmcError,
  LwaError,
  type LwaTokens,
  createAmcClient,
  createLwaClient,
} from '@recomamp/amc-client'
import {
  type AmcExecution,
  AmcExecutionId,
  AmcInstanceId,
  AmcWorkflowId,
  EntityId,
  MarketplaceId,
  isFinalAmcStatus,
} from '@recomamp/amc-wire'
import { expect, test } from 'vitest'
import { seeded } from '@recomamp/testkit/seeded'
import { type Answer, mutateAnswer } from './mutate-answer.ts'

const folder = new URL('../../../../packages/amc-wire/fixtures/', import.meta.url)
const fixtures = readdirSync(folder).map((file) => {
  const { status, contentType, body } = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Answer
  return { name: file.replace('.json', ''), answer: { status, contentType, body: JSON.stringify(body) } }
})

const target = { entityId: EntityId.parse('ENTITY1'), marketplaceId: MarketplaceId.parse('ATVPDKIKX0DER') }
const instance = AmcInstanceId.parse('amcabcdefgh')
const workflowId = AmcWorkflowId.parse('w')
const execution = AmcExecutionId.parse('11111111-2222-3333-4444-555555555555')
const window = {
  timeWindowStart: '2026-01-01T00:00:00',
  timeWindowEnd: '2026-01-02T00:00:00',
  timeWindowTimeZone: 'UTC',
}
const run = { workflowId, timeWindowType: 'EXPLICIT', ...window } as Parameters<AmcClient['createWorkflowExecution']>[2]

const amcCalls: ((client: AmcClient) => Promise<unknown>)[] = [
  (client) => Array.fromAsync(client.listAccounts()),
  (client) => Array.fromAsync(client.listInstances(target)),
  (client) => client.getInstance(target, instance),
  (client) => Array.fromAsync(client.listAdvertisers(target, instance)),
  (client) => Array.fromAsync(client.listSchedules(target, instance)),
  (client) => Array.fromAsync(client.listDataSources(target, instance)),
  (client) => client.getDataSource(target, instance, 'x'),
  (client) => Array.fromAsync(client.listWorkflows(target, instance)),
  (client) => client.getWorkflow(target, instance, workflowId),
  (client) => client.createWorkflow(target, instance, { workflowId, sqlQuery: 'SELECT 1 AS one' }),
  (client) => client.getDownloadUrls(target, instance, execution),
  (client) => client.cancelWorkflowExecution(target, instance, execution),
]
const executionCalls: ((client: AmcClient) => Promise<AmcExecution[]>)[] = [
  async (client) => (await Array.fromAsync(client.listWorkflowExecutions(target, instance, { workflowId }))).flat(),
  async (client) => [await client.getWorkflowExecution(target, instance, execution)],
  async (client) => [await client.createWorkflowExecution(target, instance, run)],
]

function respond({ status, contentType, body }: Answer): Response {
  return new Response(status === 204 ? null : body, { status, headers: { 'content-type': contentType } })
}

/** A decoder drops the byte order mark. */
function withoutMark(body: string): string {
  return body.replace(/^\uFEFF/, '')
}

/** The objects of a body that name an execution, read without our schemas. */
function rawExecutions(body: string): { id: unknown; status: unknown }[] {
  const found: { id: unknown; status: unknown }[] = []
  JSON.parse(withoutMark(body), (_key, value: unknown) => {
    if (value !== null && typeof value === 'object' && 'workflowExecutionId' in value)
      found.push({ id: value.workflowExecutionId, status: 'status' in value ? value.status : undefined })
    return value
  })
  return found
}

const addresses = { authorizeUrl: 'https://a.example', tokenUrl: 'https://a.example', profileUrl: 'https://a.example' }

function lwaAnswered(answer: Answer) {
  return createLwaClient({
    ...addresses,
    clientId: 'c',
    clientSecret: 's',
    fetch: () => Promise.resolve(respond(answer)),
  })
}

/** A client of its own for each call: a mutated 429 would keep the next one from being sent. */
function amcAnswered(answer: Answer) {
  const tokens = { current: () => Promise.resolve('Atza|x'), renew: () => Promise.resolve('Atza|y') }
  return createAmcClient({
    baseUrl: 'https://a.example',
    clientId: 'c',
    tokens,
    fetch: () => Promise.resolve(respond(answer)),
  })
}

/** Whether the tokens are those of the body, for a time that a token may live. */
function areOfBody(tokens: LwaTokens, body: string): boolean {
  const raw = JSON.parse(withoutMark(body)) as Record<string, unknown>
  const { accessToken, refreshToken, expiresInSeconds } = tokens
  return (
    accessToken === raw['access_token'] &&
    (refreshToken === null || refreshToken === raw['refresh_token']) &&
    expiresInSeconds > 0 &&
    expiresInSeconds <= 86_400
  )
}

/** Whether every execution that counts as ended is ended in the body. */
function endedInBody(executions: readonly AmcExecution[], body: string): boolean {
  const ended = executions.filter(({ status }) => isFinalAmcStatus(status))
  if (ended.length === 0) return true
  const raw = rawExecutions(body)
  return ended.every(({ workflowExecutionId, status }) =>
    raw.some((one) => String(one.id).replaceAll('\0', '\uFFFD') === workflowExecutionId && one.status === status),
  )
}

const rounds = 10_000

test(`${rounds} mutated answers: the client answers or fails in its own words, ends no run that Amazon has not ended, invents no token`, async () => {
  const random = seeded(20_261_126)
  const outcomes = { answered: 0, refused: 0 }
  const faults: unknown[] = []
  const settle = async <T>(answer: Answer, work: Promise<T>, isTrue: (value: T) => boolean): Promise<void> => {
    try {
      if (!isTrue(await work)) faults.push(answer)
      outcomes.answered += 1
    } catch (error) {
      if (!(error instanceof AmcError) && !(error instanceof LwaError)) faults.push(answer, error)
      outcomes.refused += 1
    }
  }
  for (let round = 0; round < rounds; round += 1) {
    const fixture = fixtures[round % fixtures.length]
    if (fixture === undefined) throw new Error('no fixture')
    const answer = mutateAnswer(fixture.answer, random)
    if (/token|profile/.test(fixture.name)) {
      await settle(answer, lwaAnswered(answer).refresh('Atzr|kept'), (tokens) => areOfBody(tokens, answer.body))
      await settle(answer, lwaAnswered(answer).profile('Atza|x'), (profile) => profile.userId !== '')
      continue
    }
    const call = amcCalls[Math.floor(random() * amcCalls.length)]
    if (call !== undefined) await settle(answer, call(amcAnswered(answer)), () => true)
    for (const ask of executionCalls)
      await settle(answer, ask(amcAnswered(answer)), (executions) => endedInBody(executions, answer.body))
  }
  expect(faults).toEqual([])
  expect(outcomes.answered).toBeGreaterThan(1000)
  expect(outcomes.refused).toBeGreaterThan(1000)
}, 120_000)

test('a refusal that ends a grant is only the one that Amazon was seen to give', async () => {
  const random = seeded(36)
  const refusal = fixtures.find(({ name }) => name === 'token-refused')
  if (refusal === undefined) throw new Error('no fixture')
  const ending: unknown[] = []
  for (let round = 0; round < 1000; round += 1) {
    const answer = mutateAnswer(refusal.answer, random)
    const error: unknown = await lwaAnswered(answer)
      .refresh('Atzr|kept')
      .catch((reason: unknown) => reason)
    if (!(error instanceof LwaError) || error.kind !== 'invalid-grant') continue
    const { error: word } = JSON.parse(withoutMark(answer.body)) as { error: unknown }
    ending.push(`${answer.status} ${String(word)}`)
  }
  expect([...new Set(ending)]).toEqual(['400 invalid_grant'])
})
