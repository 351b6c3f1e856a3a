import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keysInOrder, openPlainWorld, reach, week } from './plain-client.ts'
import type { PlainWorld } from './plain-client.ts'

let clock = new Date('2026-01-02T00:00:00Z')
let world: PlainWorld
let path: string
let csv: string

beforeAll(async () => {
  world = await openPlainWorld({ now: () => clock, settings: { partBytes: 1, accessTokenSeconds: 10_000_000 } })
  const executions = `/amc/reporting/${world.emulator.instanceId}/workflowExecutions`
  const body = { ...week, workflow: { sqlQuery: reach } }
  const { json } = await world.send(`POST ${executions}`, { body })
  const { workflowExecutionId: id } = json as { workflowExecutionId: string }
  await world.ended(world.emulator.instanceId, id)
  path = `${executions}/${id}/downloadUrls`
  csv = await (await fetch(await link())).text()
})
afterAll(() => world[Symbol.asyncDispose]())

async function links(): Promise<{ downloadUrls: string[]; metadataDownloadUrls: string[] }> {
  return (await world.ask('getWorkflowExecutionDownloadUrls', `GET ${path}`)).json as never
}

const link = async () => (await links()).downloadUrls[0] ?? ''

async function xmlOf(answer: Promise<Response>): Promise<[number, string | null, string]> {
  const { status, headers, ...rest } = await answer.then(async (one) => ({
    status: one.status,
    headers: one.headers,
    text: await one.text(),
  }))
  expect(headers.get('content-type')).toBe('application/xml')
  expect(rest.text).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<Error><Code>/)
  expect(rest.text).toMatch(/<RequestId>[A-Z0-9]{16}<\/RequestId><HostId>[^<]+<\/HostId><\/Error>$/)
  return [status, /<Code>([^<]*)/.exec(rest.text)?.[1] ?? null, rest.text]
}

describe('S-061: links', () => {
  test('plain texts on another address, signed for ten minutes, at most five parts, each with its header line', async () => {
    const answer = await world.ask('getWorkflowExecutionDownloadUrls', `GET ${path}`)
    expect(answer.contentType).toBe('application/vnd.amcworkflowexecutions.v1+json')
    expect(keysInOrder(answer.json)).toEqual(['downloadUrls', 'metadataDownloadUrls'])
    const { downloadUrls, metadataDownloadUrls } = await links()
    expect(downloadUrls.length).toBeGreaterThan(1)
    expect(downloadUrls.length).toBeLessThanOrEqual(5)
    for (const url of downloadUrls) {
      expect(url.startsWith(`${world.emulator.linksUrl}/`)).toBe(true)
      expect(url.startsWith(world.emulator.url)).toBe(false)
      expect(new URL(url).searchParams.get('X-Amz-Expires')).toBe('600')
      const part = await fetch(url)
      expect([part.status, part.headers.get('content-type')]).toEqual([200, 'text/csv'])
      expect((await part.text()).split('\n')[0]).toBe('campaign,impressions,reach')
    }
    const metadata = await (await fetch(metadataDownloadUrls[0] ?? '')).json()
    expect(metadata).toMatchObject({ sqlQuery: reach })
  })

  test('ten minutes and not longer: S3 answers 403 in XML, a new link works', async () => {
    const old = await link()
    clock = new Date(clock.getTime() + 599_000)
    expect((await fetch(old)).status).toBe(200)
    clock = new Date(clock.getTime() + 2000)
    const [status, code, xml] = await xmlOf(fetch(old))
    expect([status, code]).toEqual([403, 'AccessDenied'])
    expect(xml).toContain(
      '<Message>Request has expired</Message><X-Amz-Expires>600</X-Amz-Expires><Expires>2026-01-02T',
    )
    expect((await fetch(await link())).status).toBe(200)
  })

  test('ranges', async () => {
    const url = await link()
    const ask = async (range: string) => {
      const answer = await fetch(url, { headers: { range } })
      return [answer.status, answer.headers.get('content-range'), await answer.text()]
    }
    const size = Buffer.byteLength(csv)
    expect(await ask('bytes=0-7')).toEqual([206, `bytes 0-7/${size}`, 'campaign'])
    expect(await ask('bytes=-5')).toEqual([206, `bytes ${size - 5}-${size - 1}/${size}`, csv.slice(-5)])
    expect(await ask('bytes=9-')).toEqual([206, `bytes 9-${size - 1}/${size}`, Buffer.from(csv).subarray(9).toString()])
    expect(await ask('bytes=0-')).toEqual([200, null, csv])
    const [status, code, xml] = await xmlOf(fetch(url, { headers: { range: `bytes=${size}-` } }))
    expect([status, code]).toEqual([416, 'InvalidRange'])
    expect(xml).toContain(`<ActualObjectSize>${size}</ActualObjectSize>`)
    const whole = await fetch(url)
    expect(whole.headers.get('accept-ranges')).toBe('bytes')
    expect(whole.headers.get('content-length')).toBe(String(size))
    expect(whole.headers.get('etag')).toMatch(/^"[0-9a-f]{32}"$/)
    await whole.body?.cancel()
  })

  test('a damaged link, one without a signature, another method, a token: as S3 refuses them', async () => {
    const url = await link()
    expect((await xmlOf(fetch(`${url.slice(0, -4)}0000`))).slice(0, 2)).toEqual([403, 'SignatureDoesNotMatch'])
    expect((await xmlOf(fetch(url.replace('Expires=600', 'Expires=9999')))).slice(0, 2)).toEqual([
      403,
      'SignatureDoesNotMatch',
    ])
    expect((await xmlOf(fetch(url.split('?')[0] ?? ''))).slice(0, 2)).toEqual([403, 'AccessDenied'])
    const token = fetch(url, { headers: { authorization: 'Bearer Atza|x' } })
    expect((await xmlOf(token)).slice(0, 2)).toEqual([400, 'InvalidArgument'])
    // A link is signed for GET; S3 refuses the others, HEAD without a body.
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(403)
  })
})

describe('faults of the store', () => {
  test('a download that breaks off announces all bytes and sends fewer', async () => {
    world.emulator.faults.add({ operation: 'downloadResult', times: 1, truncateAfterBytes: 20 })
    const answer = await fetch(await link())
    expect([answer.status, answer.headers.get('content-length')]).toEqual([200, String(Buffer.byteLength(csv))])
    await expect(answer.text()).rejects.toThrow('terminated')
    expect(await (await fetch(await link())).text()).toBe(csv)
  })

  test.each([
    [403, 'AccessDenied'],
    [404, 'NoSuchKey'],
    [500, 'InternalError'],
    [503, 'SlowDown'],
  ])('%i comes as XML: %s', async (status, code) => {
    world.emulator.faults.add({ operation: 'downloadResult', times: 1, status })
    expect((await xmlOf(fetch(await link()))).slice(0, 2)).toEqual([status, code])
  })
})
