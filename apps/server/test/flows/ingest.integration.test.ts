import { usualKind, eventually, startWorld, type World } from '@recomamp/testkit'
import { type Execution, getExecution, getResults } from '@recomamp/contracts'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { aQuery, byCampaign, type Caller, ended, run } from './runs.ts'

const download = 'downloadResult'
const links = 'getWorkflowExecutionDownloadUrls'

/** Many small parts: AMC gives at most five for one run. */
let world: World

describe.each(usualKind)('fetching results, on %s', (database) => {
  beforeAll(async () => {
    world = await startWorld({ database, emulator: { settings: { partBytes: 100 } } })
  })

  afterEach(() => world.emulator.faults.clear())

  afterAll(() => world[Symbol.asyncDispose]())

  const rowsAsStored = async (person: Caller, { id }: Execution) =>
    (await person.call(getResults, { params: { executionId: id }, query: { limit: 1000 } })).rows

  /** In the order of their text: without ORDER BY none is promised, and DuckDB's groups come now so, now so. */
  const rowsOf = async (person: Caller, execution: Execution) =>
    (await rowsAsStored(person, execution)).toSorted((a, b) => (String(a) < String(b) ? -1 : 1))

  const fresh = async (person: Caller, sql = byCampaign) => ended(person, await run(person, await aQuery(person, sql)))

  test('S-061: every part is fetched, its header line is no row, and a part that was cut off is fetched anew', async () => {
    const ana = await world.signIn('ana')
    const calls = () => world.emulator.count('call', download)
    const before = calls()
    const whole = await fresh(ana)
    const parts = calls() - before
    expect(parts).toBeGreaterThan(2)
    const rows = await rowsOf(ana, whole)
    expect(rows.length).toBe(whole.rowCount)
    expect(rows.filter(([campaign]) => campaign === 'campaign')).toEqual([])

    world.emulator.faults.add({ operation: download, times: 1, truncateAfterBytes: 60 })
    const cut = await fresh(ana)
    expect(cut).toMatchObject({ status: 'completed', rowCount: whole.rowCount })
    expect(await rowsOf(ana, cut)).toEqual(rows)
  })

  test('S-061: the rows of several parts stand in the order in which AMC gave them, in every run alike', async () => {
    const ana = await world.signIn('ana')
    const descending = `${byCampaign}\nORDER BY campaign DESC`
    const before = world.emulator.count('call', download)
    const [first, second] = [await fresh(ana, descending), await fresh(ana, descending)]
    expect(world.emulator.count('call', download) - before).toBeGreaterThan(4)
    const rows = await rowsAsStored(ana, first)
    expect(rows).toEqual((await rowsOf(ana, first)).toReversed())
    expect(await rowsAsStored(ana, second)).toEqual(rows)
  })

  test('S-238: a link that expires between two parts is asked for again, and no part is fetched twice', async () => {
    const ana = await world.signIn('ana')
    const rows = await rowsOf(ana, await fresh(ana))
    const [parts, asked] = [world.emulator.count('call', download), world.emulator.count('call', links)]
    const execution = await run(ana, await aQuery(ana))
    await eventually(() => world.emulator.count('call', download) > parts)
    world.emulator.faults.add({ operation: download, times: 1, status: 403, details: 'Request has expired' })
    const done = await ended(ana, execution)
    expect(await rowsOf(ana, done)).toEqual(rows)
    expect(world.emulator.count('call', links) - asked).toBeLessThanOrEqual(2)
  })

  test('a store that is out of order, and links that AMC does not give yet, cost time and no rows', async () => {
    const ana = await world.signIn('ana')
    const rows = await rowsOf(ana, await fresh(ana))
    world.emulator.faults.add({
      operation: links,
      times: 1,
      status: 404,
      details: 'Execution with ID x is unavailable for download.',
    })
    world.emulator.faults.add({ operation: download, times: 1, status: 500 })
    const done = await fresh(ana)
    expect(done.status).toBe('completed')
    expect(await rowsOf(ana, done)).toEqual(rows)
  })

  test('an empty result is complete, with its columns', async () => {
    const ana = await world.signIn('ana')
    const done = await fresh(ana, `${byCampaign}\nHAVING SUM(impressions) < 0`)
    expect(done).toMatchObject({ status: 'completed', rowCount: 0 })
    expect(done.columns.map(({ name, dataType }) => [name, dataType])).toEqual([
      ['campaign', 'STRING'],
      ['impressions', 'LONG'],
    ])
    expect(await rowsOf(ana, done)).toEqual([])
  })

  test('F-24: ids of eighteen digits, quotes and backslashes arrive as they are, typed as AMC declares them', async () => {
    const ana = await world.signIn('ana')
    const done = await fresh(
      ana,
      `SELECT campaign_id, campaign_id_string, 'a "quoted" C:\\new, part' AS words, CAST(1.50 AS DECIMAL(10, 2)) AS cost,
  SUM(impressions) AS impressions FROM dsp_impressions GROUP BY 1, 2`,
    )
    expect(done.status).toBe('completed')
    const types = new Map(done.columns.map(({ name, dataType }) => [name, dataType]))
    expect([types.get('campaign_id'), types.get('campaign_id_string')]).toEqual(['LONG', 'STRING'])
    const rows = await rowsOf(ana, done)
    for (const [id, text, words, cost] of rows) {
      expect(id).toBe(text)
      expect(id).toMatch(/^\d{15,}$/)
      expect([words, Number(cost)]).toEqual(['a "quoted" C:\\new, part', 1.5])
    }
    expect(rows.length).toBeGreaterThan(2)
    expect((await ana.call(getExecution, { params: { executionId: done.id } })).rowCount).toBe(rows.length)
  })
})

test('S-061: a file that an answer names several times holds its rows once', async () => {
  await using twice = await startWorld({
    emulator: { settings: { partBytes: 100 } },
    between: {
      answer({ path }, answer) {
        if (!path.endsWith('/downloadUrls')) return answer
        const links = JSON.parse(String(answer.body)) as { downloadUrls: string[] }
        return {
          ...answer,
          body: JSON.stringify({ ...links, downloadUrls: links.downloadUrls.flatMap((one) => [one, one]) }),
        }
      },
    },
  })
  const ana = await twice.signIn('ana')
  const done = await ended(ana, await run(ana, await aQuery(ana, `${byCampaign}\nORDER BY campaign`)))
  const { rows } = await ana.call(getResults, { params: { executionId: done.id }, query: { limit: 1000 } })
  expect(rows.length).toBeGreaterThan(2)
  expect(new Set(rows.map(String)).size).toBe(rows.length)
})
