import type { AmcExecutionId } from '@recomamp/amc-wire'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lastWeek, openEmulator, openTestEngine } from './open-emulator.ts'
import type { TestEmulator } from './open-emulator.ts'

const engine = openTestEngine()
let clock = new Date()
let world: TestEmulator
let finished: AmcExecutionId

beforeAll(async () => {
  await engine.ready
  world = await openEmulator(engine, { now: () => clock, settings: { partBytes: 1 } })
  const sqlQuery = `SELECT advertiser, impression_dt, SUM(impressions) AS impressions FROM dsp_impressions
GROUP BY advertiser, impression_dt`
  const window = { ...lastWeek, timeWindowStart: '2025-10-10T00:00:00' }
  const execution = await world.runToEnd({ ...window, workflow: { sqlQuery } })
  if (execution.status !== 'SUCCEEDED') throw new Error(execution.statusReason ?? execution.status)
  finished = execution.workflowExecutionId
})
afterAll(async () => {
  await world[Symbol.asyncDispose]()
  await engine.close()
})

const links = () => world.amc.getDownloadUrls(world.target, world.instance, finished)

test('a link works for ten minutes and not longer', async () => {
  const { downloadUrls } = await links()
  const [url = ''] = downloadUrls
  expect(url).toContain('X-Amz-Expires=600')
  clock = new Date(clock.getTime() + 590_000)
  const { body, contentLength } = await world.amc.download(url)
  expect((await new Response(body).arrayBuffer()).byteLength).toBe(contentLength)
  clock = new Date(clock.getTime() + 20_000)
  await expect(world.amc.download(url)).rejects.toMatchObject({
    kind: 'forbidden',
    amcMessage: 'Request has expired',
  })
  const fresh = await links()
  await (await world.amc.download(fresh.downloadUrls[0]!)).body.cancel()
})

test('a damaged link, a prolonged one and one with a token are refused', async () => {
  const [url = ''] = (await links()).downloadUrls
  const mismatch = { kind: 'forbidden', amcMessage: expect.stringContaining('does not match') as string }
  await expect(world.amc.download(`${url.slice(0, -4)}0000`)).rejects.toMatchObject(mismatch)
  await expect(world.amc.download(url.replace('Expires=600', 'Expires=9999'))).rejects.toMatchObject(mismatch)
  const withToken = await fetch(url, { headers: { authorization: 'Bearer Atza|x' } })
  expect([withToken.status, await withToken.text()]).toEqual([400, expect.stringContaining('Only one auth mechanism')])
})

test('the metadata file tells about the run, with its SQL', async () => {
  const { metadataDownloadUrls } = await links()
  const { body } = await world.amc.download(metadataDownloadUrls[0]!)
  expect(await new Response(body).json()).toMatchObject({
    workflowExecutionId: finished,
    sqlQuery: expect.stringContaining('dsp_impressions') as string,
  })
})
