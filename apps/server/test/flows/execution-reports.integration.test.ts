import {
  compareResults,
  getErrorReport,
  getExecutionRequest,
  getProvenance,
  listInstances,
  repeatExecution,
} from '@recomamp/contracts'
import { startWorld } from '@recomamp/testkit'
import { expect, test } from 'vitest'
import { aQuery, byCampaign, ended, run } from './runs.ts'

test('S-096 S-152: an execution tells what was sent, what came back and where it comes from; it runs again to the letter and is compared', async () => {
  await using world = await startWorld()
  const ana = await world.signIn('ana')
  const query = await aQuery(ana)
  const first = await ended(ana, await run(ana, query))
  const params = { executionId: first.id }
  const sent = await ana.call(getExecutionRequest, { params })
  expect(JSON.parse(sent.body)).toMatchObject({ workflow: { sqlQuery: byCampaign }, timeWindowType: 'EXPLICIT' })
  expect(sent.headers['authorization']).toMatch(/^Bearer Atza\|•+$/)
  expect(sent.answers.map(({ about }) => about)).toEqual(['sent', 'ended'])
  expect(await ana.call(getProvenance, { params })).toMatchObject({
    sqlSent: byCampaign,
    amcExecutionId: first.amcExecutionId,
    provenance: first.provenance,
  })

  const headers = { 'idempotency-key': 'once more' }
  const again = await ana.call(repeatExecution, { params, headers })
  expect((await ana.call(repeatExecution, { params, headers })).id).toBe(again.id)
  const second = await ended(ana, again)
  expect(second.provenance.sqlHash).toBe(first.provenance.sqlHash)
  expect([second.window, second.values, second.version]).toEqual([first.window, first.values, first.version])
  const compared = await ana.call(compareResults, { params: { executionId: second.id }, query: { with: first.id } })
  expect(compared).toMatchObject({ keys: ['campaign'], isUnique: true, matchingCount: 0 })
  expect(compared.counts).toMatchObject({ changed: 0, added: 0, removed: 0, same: first.rowCount })
  await expect(ana.call(getErrorReport, { params })).rejects.toMatchObject({ type: 'execution-not-failed' })

  // One of the instances has no tables of Amazon DSP, which AMC tells only when it is asked.
  const { items } = await ana.call(listInstances, { query: { limit: 100 } })
  const lacking = items.find(({ name }) => name === 'Tidewater Outdoor Living')
  const refused = await ended(ana, await run(ana, query, lacking === undefined ? {} : { instanceId: lacking.id }))
  const report = await ana.call(getErrorReport, { params: { executionId: refused.id } })
  expect(report).toMatchObject({ title: 'A table is not there', where: { isCertain: true } })
  expect(byCampaign.slice(report.where.template?.from, report.where.template?.to)).toBe('dsp_impressions')
  expect(JSON.stringify(report)).not.toMatch(/Atz[ar]\|(?!•)/)
})
