import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshToken, openPlainWorld, reach, week } from './plain-client.ts'
import type { PlainWorld } from './plain-client.ts'

let world: PlainWorld
let reporting: string
let executions: string
beforeAll(async () => {
  world = await openPlainWorld()
  reporting = `/amc/reporting/${world.emulator.instanceId}`
  executions = `${reporting}/workflowExecutions`
})
afterAll(() => world[Symbol.asyncDispose]())

const body = { ...week, workflow: { sqlQuery: reach, workflowId: 'clumsy' } }

describe('an AMC client of any make is answered as Amazon does', () => {
  test.each([
    ['application/json'],
    ['application/json; charset=utf-8'],
    ['APPLICATION/JSON'],
    ['application/vnd.amcworkflowexecutions.v1+json'],
    ['application/x-www-form-urlencoded'],
    ['text/plain'],
    ['*/*'],
    ['application/json, application/json'],
    ['application/json;'],
    ['nonsense'],
    [null],
  ])('content type %s', async (contentType) => {
    const answer = await world.send(`POST ${executions}`, { body, headers: { 'Content-Type': contentType } })
    expect([answer.status, (answer.json as { status: string }).status]).toEqual([200, 'PENDING'])
  })

  test.each(['application/json', 'application/vnd.amcworkflows.v1+json', 'text/html', '*/*', 'nonsense'])(
    'accept %s',
    async (accept) => {
      const answer = await world.send(`GET ${reporting}/workflows`, { headers: { Accept: accept } })
      expect([answer.status, answer.contentType]).toEqual([200, 'application/vnd.amcworkflows.v1+json'])
    },
  )

  test("AWS's slash before the question mark, doubled slashes, parameters that nobody knows", async () => {
    for (const path of [
      `${executions}/?minCreationTime=2020-01-01T00%3A00%3A00&nextToken=`,
      `${executions}?workflowId=clumsy&foo=bar&limit=&workflowId=clumsy`,
      `//amc//reporting/${world.emulator.instanceId}/workflowExecutions?workflowId=clumsy`,
      '/amc/instances/',
      '/amc/accounts/?entityId=ENTITY2ANA7K4M9QX1',
      `/amc/instances/${world.emulator.instanceId}/`,
    ])
      expect([path, (await world.send(`GET ${path}`)).status]).toEqual([path, 200])
  })

  test('header names in any case, the scope header of other Amazon Ads APIs, the account header of newer ones', async () => {
    const { clientId, entityId, marketplaceId } = world.emulator
    const answer = await fetch(`${world.emulator.url}/amc/instances`, {
      headers: {
        AUTHORIZATION: `bearer ${await freshToken(world.emulator)}`,
        'amazon-advertising-api-clientID': clientId,
        'AMAZON-ADVERTISING-API-ADVERTISERID': entityId,
        'Amazon-Advertising-API-marketplaceid': marketplaceId,
        'Amazon-Advertising-API-Scope': '1234567890',
        'Amazon-Ads-AccountId': entityId,
        'User-Agent': 'python-requests/2.32.3',
      },
    })
    expect(answer.status).toBe(200)
  })

  test('a GET and a DELETE with a body, as urllib3 sends them', async () => {
    const token = await freshToken(world.emulator)
    const send = (method: string, path: string, text: string, contentType?: string) =>
      new Promise<number>((resolve, reject) => {
        const url = new URL(world.emulator.url + path)
        const sent = httpRequest(url, {
          method,
          headers: {
            authorization: `Bearer ${token}`,
            'amazon-advertising-api-clientid': world.emulator.clientId,
            'amazon-advertising-api-advertiserid': world.emulator.entityId,
            'amazon-advertising-api-marketplaceid': world.emulator.marketplaceId,
            'content-length': Buffer.byteLength(text),
            ...(contentType === undefined ? {} : { 'content-type': contentType }),
          },
        })
        sent.on('response', (answer) => resolve(answer.resume().statusCode ?? 0))
        sent.on('error', reject)
        sent.end(text)
      })
    await world.send(`POST ${reporting}/workflows`, { body: { workflowId: 'w', sqlQuery: reach } })
    expect(await send('GET', `${reporting}/workflows/w`, '{}', 'application/json')).toBe(200)
    expect(await send('GET', `${reporting}/workflows/w`, 'x')).toBe(200)
    expect(await send('DELETE', `${reporting}/workflows/w`, '{}', 'application/json')).toBe(200)
    expect(await send('DELETE', `${reporting}/workflows/w`, '')).toBe(404)
    expect(await send('DELETE', `${reporting}/workflows/w`, '', 'application/json')).toBe(404)
  })

  test('texts in place of numbers and booleans, null in place of what is left out', async () => {
    const odd = {
      ...body,
      timeWindowType: 'EXPLICIT',
      dryRun: 'True',
      ignoreDataGaps: 'True',
      workflowExecutionTimeoutSeconds: '86400',
      skipPublish: null,
      parameterValues: null,
      timeWindowTimeZone: null,
      workflowId: null,
      outputFormat: 'CSV',
    }
    const { json } = await world.ask('createWorkflowExecution', `POST ${executions}`, { body: odd })
    expect(json).toMatchObject({
      ignoreDataGaps: true,
      workflowExecutionTimeoutSeconds: 86_400,
      timeWindowTimeZoneOriginal: 'UTC',
    })
  })

  test.each([
    ['', 422],
    ['{', 422],
    ['workflowId=x', 422],
    ['[]', 400],
    ['"text"', 400],
    ['null', 400],
    [JSON.stringify(JSON.stringify(body)), 400],
  ])('a body that is no JSON object: %s', async (text, status) => {
    const answer = await world.ask('createWorkflowExecution', `POST ${executions}`, { body: text })
    expect(answer.status).toBe(status)
  })

  test('SQL with line breaks, tabs, quotes, comments and letters of every script', async () => {
    const sqlQuery = `-- Größe “quoted”\r\nSELECT\tcampaign,\n  /* 売上 */ SUM(impressions) AS "impressions"\nFROM dsp_impressions\nWHERE campaign <> 'it''s \\ 🚀'\nGROUP BY campaign`
    const { json } = await world.ask('createWorkflowExecution', `POST ${executions}`, {
      body: { ...week, workflow: { sqlQuery } },
    })
    const { workflowExecutionId: id } = json as { workflowExecutionId: string }
    expect((await world.ended(world.emulator.instanceId, id))['status']).toBe('SUCCEEDED')
    const asked = await world.send(`GET ${executions}/${id}?includeWorkflow=true`)
    expect((asked.json as { sqlQuery: string }).sqlQuery).toBe(sqlQuery)
  })

  test('ids with odd letters are looked up and not crashed on', async () => {
    for (const id of ['%F0%9F%9A%80', 'a%2Fb', '..%2f..', '%00', `x${'y'.repeat(3000)}`, "'; drop table workflows"]) {
      const { status } = await world.send(`GET ${reporting}/workflows/${id}`)
      expect([id, status]).toEqual([id, 404])
    }
  })
})
