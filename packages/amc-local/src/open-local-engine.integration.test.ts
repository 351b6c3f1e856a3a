import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { loadTemplates } from '@recomamp/amc-catalogue'
import { loadSchema } from '@recomamp/amc-catalogue/schema'
import { compileRun, type ParameterValues } from '@recomamp/amc-sql'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LocalValue } from './engine/protocol.ts'
import { generatorVersion } from './generate/plan.ts'
import { openLocalEngine, type LocalEngine, type LocalQuery } from './open-local-engine.ts'
import { endDay } from './testing/built-data.ts'

const window = { start: '2026-11-01T00:00:00', end: '2026-11-08T00:00:00' }
const dropRows = { behavior: 'REMOVE_ROWS' } as const

let folder: string
let engine: LocalEngine
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'recomamp-engine-'))
  engine = openLocalEngine({ folder, endDay })
  await engine.ready
})
afterAll(async () => {
  await engine.close()
  rmSync(folder, { recursive: true })
})

/** The rows of a query as objects. */
async function run(query: Omit<LocalQuery, 'window'>, by = engine): Promise<Record<string, LocalValue>[]> {
  const result = await by.run({ window, ...query })
  if (!result.ok) throw new Error(result.diagnostics.map((diagnostic) => diagnostic.message).join('; '))
  const rows: Record<string, LocalValue>[] = []
  for await (const batch of result.batches)
    for (const row of batch)
      rows.push(Object.fromEntries(result.columns.map((column, at) => [column.name, row[at] ?? null])))
  return rows
}

async function runTemplate(id: string, values: ParameterValues, privacy: LocalQuery['privacy'] = dropRows) {
  const template = loadTemplates().find((candidate) => candidate.id === id)
  if (template === undefined) throw new Error(`no template ${id}`)
  const compiled = compileRun({
    template: template.sqlTemplate,
    declarations: template.parameters,
    values,
    schema: loadSchema(),
    window: { ...window, timeZone: 'UTC' },
    privacyFilteringBehavior: 'REMOVE_ROWS',
    now: new Date('2026-11-22T10:00:00Z'),
  })
  if (!compiled.ok) throw new Error(compiled.diagnostics.map((diagnostic) => diagnostic.message).join('; '))
  return run({ sql: compiled.sqlQuery, privacy })
}

/** Numbers read from the file by DuckDB alone, to compare with. */
async function askDirectly(sql: string): Promise<string[][]> {
  const instance = await DuckDBInstance.create(engine.file(), { access_mode: 'READ_ONLY' })
  const connection = await instance.connect()
  try {
    return (await connection.runAndReadAll(sql)).getRows().map((row) => row.map(String))
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

function sorted(rows: string[][]): string[] {
  return rows.map((row) => row.join(' ; ')).toSorted()
}

describe('the engine', () => {
  test('it is ready with its file, whose name says what is in it', () => {
    expect(engine.isReady()).toBe(true)
    expect(basename(engine.file())).toBe(`synthetic-${generatorVersion}-1-small-${endDay}.duckdb`)
  })

  test('a query gives what DuckDB says of the same window', async () => {
    const rows = await run({
      sql: 'SELECT campaign, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY campaign',
      privacy: null,
    })
    const expected = await askDirectly(
      `SELECT campaign, sum(impressions) FROM dsp_impressions
       WHERE impression_dt_utc >= '2026-11-01' AND impression_dt_utc < '2026-11-08' GROUP BY campaign`,
    )
    expect(sorted(rows.map((row) => [row['campaign'], row['impressions']].map(String)))).toEqual(sorted(expected))
  })

  test('a query that the language refuses comes back with places, not as an exception', async () => {
    const result = await engine.run({ sql: 'SELECT no_such_column FROM dsp_impressions', window, privacy: null })
    expect(result).toMatchObject({ ok: false, diagnostics: [{ severity: 'error', from: 7, to: 21 }] })
  })

  test('no text reaches files, settings or other tables through the language', async () => {
    for (const sql of [
      `SELECT * FROM read_csv('/etc/passwd')`,
      `SELECT content FROM TABLE(read_text('/etc/passwd'))`,
      `SELECT getenv('HOME') AS x FROM dsp_impressions`,
      `SELECT COUNT(person) AS x FROM store.dsp`,
      `SELECT COUNT(*) AS x FROM duckdb_settings()`,
      `SET memory_limit = '8GB'`,
      `ATTACH '/tmp/x' AS y`,
      `COPY (SELECT 1) TO '/tmp/x'`,
      `SELECT campaign FROM dsp_impressions; DROP VIEW dsp_impressions`,
      `SELECT campaign FROM dsp_impressions; SELECT 1`,
      `SELECT campaign FROM "dsp_impressions"" WHERE 1 = 1; SELECT 1 --"`,
      `SELECT "campaign"" FROM x; --" FROM dsp_impressions`,
      `SELECT campaign FROM '/etc/passwd'`,
      `SELECT campaign FROM "/etc/passwd"`,
      `SELECT campaign FROM synthetic.store.dsp`,
      `SELECT campaign FROM information_schema.tables`,
      `SELECT campaign FROM dsp_impressions WHERE campaign IN (SELECT content FROM read_text('/etc/passwd'))`,
      `SELECT (SELECT content FROM read_text('/etc/passwd')) AS x FROM dsp_impressions`,
      `WITH x AS (COPY dsp_impressions TO '/tmp/x') SELECT * FROM x`,
      `SELECT campaign FROM TABLE(EXTEND_TIME_WINDOW('read_text(''/etc/passwd'')', 'P1D', 'P0D'))`,
      `SELECT campaign FROM TABLE(EXTEND_TIME_WINDOW('dsp_impressions" --', 'P1D', 'P0D'))`,
      `SELECT campaign FROM TABLE(EXTEND_TIME_WINDOW('dsp_impressions', 'P1D''); SELECT 1 --', 'P0D'))`,
      `SELECT COUNT(*) FROM dsp_impressions LIMIT (SELECT COUNT(*) FROM duckdb_settings())`,
      `SELECT CAST(campaign AS "VARCHAR); DROP VIEW x; --") FROM dsp_impressions`,
      `SELECT SUM(impressions) OVER (ORDER BY campaign ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) SELECT 1) FROM dsp_impressions`,
      `SELECT EXTRACT("DAY FROM now()); --" FROM impression_dt) FROM dsp_impressions`,
    ])
      expect({ sql, ...(await engine.run({ sql, window, privacy: null })) }).toMatchObject({ sql, ok: false })
  })

  test('names and texts full of quotes, brackets and semicolons stay names and texts', async () => {
    const odd = `x"'; DROP VIEW "y" -- /* */ {{z}} \\ é 😀`
    const said = `'; COPY (SELECT 1) TO '/tmp/x'; -- " \\`
    const name = (text: string): string => `"${text.replaceAll('"', '""')}"`
    const sql =
      `WITH ${name(odd)} (${name(odd)}, n) AS (SELECT '${said.replaceAll("'", "''")}', SUM(impressions) FROM dsp_impressions AS ${name(`t${odd}`)}) ` +
      `SELECT ${name(`a${odd}`)}.${name(odd)} AS ${name(odd)}, n AS "n;" FROM ${name(odd)} AS ${name(`a${odd}`)} ` +
      `WHERE ${name(odd)} LIKE '%;%' OR ${name(odd)} = CUSTOM_PARAMETER('p') ORDER BY ${name(odd)}`
    const customParameters = [{ name: 'p', dataType: 'STRING' as const }]
    for (const privacy of [null, dropRows]) {
      const [row] = await run({ sql, privacy, customParameters, parameterValues: { p: `x'; DROP VIEW y; --` } })
      expect(row).toMatchObject({ [odd]: said })
      expect(Number(row?.['n;'])).toBeGreaterThan(0)
    }
    const columns = { discriminatorColumn: `f"; --`, userCountColumn: `u'"`, reasonColumn: `r"";` }
    const [row] = await run({
      sql: 'SELECT campaign, SUM(impressions) AS n FROM dsp_impressions GROUP BY 1',
      privacy: { behavior: 'REMOVE_VALUES', ...columns },
    })
    expect(Object.keys(row ?? {})).toEqual(['campaign', 'n', ...Object.values(columns)])
  })

  test('a query asked before the data is there waits for it', async () => {
    const other = openLocalEngine({ folder: join(folder, 'later'), endDay })
    try {
      expect(other.isReady()).toBe(false)
      const rows = await run({ sql: 'SELECT SUM(impressions) AS n FROM dsp_impressions', privacy: null }, other)
      expect(rows).toHaveLength(1)
      expect(other.isReady()).toBe(true)
    } finally {
      await other.close()
    }
  })

  test('closing while the data is being built ends the build, and asking then fails in words', async () => {
    const other = openLocalEngine({ folder: join(folder, 'closed'), endDay })
    await other.close()
    await expect(other.ready).rejects.toThrow('The local engine is closed')
    await expect(other.run({ sql: 'SELECT 1 AS one', window, privacy: null })).rejects.toThrow(
      'The local engine is closed',
    )
    await other.close()
  })

  test('a rarer table is made when a query first reads it, beside the ad tables of the same query', async () => {
    const other = openLocalEngine({ folder: join(folder, 'family'), endDay })
    try {
      await other.ready
      const files = () => readdirSync(join(folder, 'family')).filter((name) => name.endsWith('.duckdb'))
      expect(files()).toEqual([`synthetic-${generatorVersion}-1-small-${endDay}.duckdb`])
      const sql = `SELECT COUNT(DISTINCT p.user_id) AS buyers FROM amazon_retail_purchases p JOIN dsp_impressions i ON i.user_id = p.user_id`
      const [rows, again] = await Promise.all([run({ sql, privacy: null }, other), run({ sql, privacy: null }, other)])
      expect(Number(rows[0]?.['buyers'])).toBeGreaterThan(100)
      expect(again).toEqual(rows)
      expect(files()).toEqual([
        `synthetic-${generatorVersion}-1-small-${endDay}-shopping.duckdb`,
        `synthetic-${generatorVersion}-1-small-${endDay}.duckdb`,
      ])
    } finally {
      await other.close()
    }
  })

  test('a query whose signal is aborted rejects with its reason', async () => {
    const reason = new Error('no longer wanted')
    await expect(
      engine.run({ sql: 'SELECT 1 AS one', window, privacy: null }, { signal: AbortSignal.abort(reason) }),
    ).rejects.toBe(reason)
  })

  test('thresholds show: the pilot campaign of a few people goes, the large ones stay', async () => {
    const sql =
      'SELECT campaign, creative, postal_code, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY 1, 2, 3'
    const open = await run({ sql, privacy: null })
    const filtered = await run({ sql, privacy: dropRows })
    expect(filtered.length).toBeGreaterThan(5)
    expect(filtered.length).toBeLessThan(open.length)
    expect(filtered.some((row) => String(row['campaign']).includes('Pilot'))).toBe(false)
  })
})

describe('the analyses that ship with the product', () => {
  test('campaign-inventory: every campaign with traffic, its impressions as the tables have them', async () => {
    const rows = await runTemplate('campaign-inventory', {}, null)
    const within = (time: string) => `${time} >= '2026-11-01' AND ${time} < '2026-11-08'`
    const expected = await askDirectly(
      `SELECT campaign_id_string, sum(impressions), count(DISTINCT user_id) FROM dsp_impressions WHERE ${within('impression_dt_utc')} GROUP BY 1
       UNION ALL
       SELECT campaign_id_string, sum(impressions), count(DISTINCT user_id) FILTER (impressions = 1) FROM sponsored_ads_traffic
       WHERE ${within('event_dt_utc')} GROUP BY 1`,
    )
    const found = rows.map((row) => [row['campaign_id_string'], row['impressions'], row['unique_reach']].map(String))
    expect(sorted(found)).toEqual(sorted(expected))
  })

  test('campaign-inventory: a part of the name selects, in any case', async () => {
    const rows = await runTemplate('campaign-inventory', { campaign_name_contains: 'STV' })
    expect(rows.map((row) => String(row['campaign'])).toSorted()).toEqual([
      'Fernhill | STV | Prospecting | Always On',
      'Kestrel Ridge | STV | Brand Launch',
      'Lumen Reel | STV | Free Trial',
      'Vantry Motors | STV | Model Launch',
    ])
    expect(await runTemplate('campaign-inventory', { campaign_name_contains: 'stv' })).toHaveLength(4)
  })

  test('reach-and-frequency: the buckets add up to the reach, and the cap closes the tail', async () => {
    const rows = await runTemplate('reach-and-frequency', { max_bucket: 3, campaign_ids: ['570000000003000009'] }, null)
    expect(rows.map((row) => String(row['frequency_bucket'])).toSorted()).toEqual(['1', '2', '3'])
    const [expected = []] = await askDirectly(
      `SELECT count(DISTINCT user_id), count(*) FROM dsp_impressions WHERE campaign_id = 570000000003000009 AND user_id IS NOT NULL
         AND impression_dt_utc >= '2026-11-01' AND impression_dt_utc < '2026-11-08'`,
    )
    const sum = (name: string) => rows.reduce((total, row) => total + Number(row[name]), 0)
    expect([sum('users_in_bucket'), sum('impressions_in_bucket')].map(String)).toEqual(expected)
    expect(sum('reach_percentage')).toBeCloseTo(100)
  })

  test('path-to-conversion: paths of the wanted length, whose users are those with traffic', async () => {
    const rows = await runTemplate('path-to-conversion', { max_path_length: 2 }, null)
    expect(rows.length).toBeGreaterThan(20)
    for (const row of rows) {
      const path = row['path']
      expect(
        Array.isArray(path) &&
          path.length <= 2 &&
          path.every((step, at) => Array.isArray(step) && Number(step[0]) === at + 1),
      ).toBe(true)
    }
    const [[expected] = []] = await askDirectly(
      `SELECT count(DISTINCT user_id) FROM (
         SELECT user_id, impression_dt_utc AS dt FROM dsp_impressions UNION ALL SELECT user_id, event_dt_utc FROM sponsored_ads_traffic
       ) WHERE dt >= '2026-11-01' AND dt < '2026-11-08'`,
    )
    expect(String(rows.reduce((total, row) => total + Number(row['path_occurrences']), 0))).toBe(expected)
  })

  test('new-to-brand-by-campaign: shares between 0 and 100, and an ASIN narrows them', async () => {
    const rows = await runTemplate('new-to-brand-by-campaign', {}, null)
    for (const row of rows) {
      expect(Number(row['ntb_users'])).toBeLessThanOrEqual(Number(row['all_users_with_purchase']))
      expect(Number(row['ntb_percentage'])).toBeCloseTo(
        (100 * Number(row['ntb_users'])) / Number(row['all_users_with_purchase']),
      )
    }
    const narrowed = await runTemplate('new-to-brand-by-campaign', { asins: ['B0FERN0101'] }, null)
    const buyers = (from: typeof rows) => from.reduce((total, row) => total + Number(row['all_users_with_purchase']), 0)
    expect(buyers(narrowed)).toBeGreaterThan(0)
    expect(buyers(narrowed)).toBeLessThan(buyers(rows))
  })

  test('time-to-conversion: reads past the window, and shares rise to 100 in each campaign', async () => {
    const rows = await runTemplate('time-to-conversion', {}, null)
    const [[expected] = []] = await askDirectly(
      `SELECT sum(total_purchases) FROM amazon_attributed_events_by_traffic_time
       WHERE user_id IS NOT NULL AND traffic_event_dt_utc >= '2026-11-01' AND traffic_event_dt_utc < '2026-11-08'`,
    )
    expect(String(rows.reduce((total, row) => total + Number(row['total_brand_purchases']), 0))).toBe(expected)
    const last = new Map(
      rows
        .toSorted((a, b) => String(a['time_to_conversion']).localeCompare(String(b['time_to_conversion'])))
        .map((row) => [row['campaign_id_string'], Number(row['cumulative_share'])]),
    )
    for (const share of last.values()) expect(share).toBeCloseTo(100)
  })
})

test('two processes that start at the same time on an empty folder share what they build', async () => {
  const shared = join(folder, 'shared')
  const script = `
    import { openLocalEngine } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)}
    const engine = openLocalEngine({ folder: ${JSON.stringify(shared)}, endDay: '${endDay}' })
    const result = await engine.run({ sql: 'SELECT COUNT(*) AS n FROM amazon_your_garage', window: ${JSON.stringify(window)}, privacy: null })
    if (!result.ok) throw new Error('refused')
    for await (const batch of result.batches) console.log(String(batch[0]))
    await engine.close()`
  writeFileSync(join(folder, 'reader.mjs'), script)
  const start = async () => promisify(execFile)(process.execPath, [join(folder, 'reader.mjs')])
  const [first, second] = await Promise.all([start(), start()])
  expect(Number(first.stdout)).toBeGreaterThan(1000)
  expect(second.stdout).toBe(first.stdout)
  expect(readdirSync(shared)).toEqual([
    `synthetic-${generatorVersion}-1-small-${endDay}-vehicles.duckdb`,
    `synthetic-${generatorVersion}-1-small-${endDay}.duckdb`,
  ])
})

test('every table of the catalogue can be read, each for its audiences too', async () => {
  for (const { name } of loadSchema().tables) {
    const [row] = await run({ sql: `SELECT COUNT(*) AS n FROM ${name}`, privacy: null })
    expect(Number(row?.['n']), name).toBeGreaterThan(0)
  }
})

test('a table that the local data does not have is named at its place', async () => {
  const result = await engine.run({ sql: `SELECT COUNT(*) AS n\nFROM foursquare_visits`, window, privacy: dropRows })
  if (result.ok) throw new Error('foursquare_visits was run')
  const [first] = result.diagnostics
  expect(first).toMatchObject({
    severity: 'error',
    message: 'Local data has no table foursquare_visits',
    from: 26,
    to: 26 + 'foursquare_visits'.length,
  })
})
