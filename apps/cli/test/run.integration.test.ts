import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { openLocalEngine } from '@recomamp/amc-local'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Circumstances, dataFolder, ended, type Folder, folderWith, recomamp, start } from './recomamp.ts'

const byCampaign = `SELECT campaign, SUM(impressions) AS impressions
FROM dsp_impressions WHERE campaign LIKE '%{{part}}%' GROUP BY campaign`
const users = 'SELECT user_id, impression_dt_utc, impressions FROM dsp_impressions'
/** Busy for longer than any test. */
const endless = `SELECT COUNT(*) AS n FROM dsp_impressions a CROSS JOIN dsp_impressions b CROSS JOIN dsp_impressions c
WHERE a.impressions + b.impressions + c.impressions > 5`

let data: Folder

beforeAll(async () => {
  data = await dataFolder()
})
afterAll(() => data.remove())

const run = (sql: string, args: string[] = [], circumstances: Circumstances = {}) =>
  recomamp(['sql', 'run', '-', ...args], { input: sql, env: { DATA_DIR: data.path }, ...circumstances })

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)

describe('a result', () => {
  test('a table of your own runs at AMC only, and that is said once, at its place', async () => {
    const { code, stdout, stderr } = await run(
      'SELECT tier, COUNT(DISTINCT user_id) AS users FROM crm_members GROUP BY tier',
    )
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('warning  crm_members is no table that is known here')
    expect(stderr.match(/  error  .*/g)).toEqual(['  error  Local data has no table crm_members  not-lowered'])
    expect(stderr).toContain('Data sets that you uploaded are only in AMC')
  })

  test("CSV in the text of AMC's files, and all else on standard error", async () => {
    const { code, stdout, stderr } = await run(byCampaign, ['--param', 'part=a'])
    expect(code).toBe(0)
    const [header, ...rows] = stdout.trimEnd().split('\n')
    expect(header).toBe('campaign,impressions')
    expect(rows.length).toBeGreaterThan(1)
    for (const row of rows) expect(row).toMatch(/^[^,]+,\d+$/)
    expect(stderr).toMatch(new RegExp(`^${rows.length} rows of synthetic data; rows below their threshold`, 'm'))
  })

  test('an audience is the people in it, and its size is said', async () => {
    const sql = 'SELECT user_id FROM dsp_impressions_for_audiences WHERE user_id IS NOT NULL GROUP BY user_id'
    const { code, stdout, stderr } = await run(sql)
    expect(code).toBe(0)
    const [header, ...rows] = stdout.trimEnd().split('\n')
    expect(header).toBe('user_id')
    expect(rows.length).toBeGreaterThan(2000)
    expect(stderr).toContain(`An audience of ${rows.length} synthetic people`)
  })

  test('an old column means the one that took its place', async () => {
    const column = async (name: string) =>
      (await run(`SELECT ${name} AS c, COUNT(*) AS n FROM conversions GROUP BY ${name}`)).stdout.split('\n').toSorted()
    expect(await column('event_source')).toEqual(await column('conversion_event_source_name'))
  })

  test('JSON: numbers as numbers, NULL as null, ids that a double would round as text', async () => {
    const sql = `SELECT 'x"' AS Text, 577411234567890123 AS id, 12 AS n, 1.50 AS price, NULL AS nothing, TRUE AS yes,
      ARRAY[1, 2] AS list, CAST('2026-01-02' AS DATE) AS day FROM dsp_impressions GROUP BY 1`
    const { stdout } = await run(sql, ['--format', 'json'])
    expect(JSON.parse(stdout)).toEqual([
      {
        text: 'x"',
        id: '577411234567890123',
        n: 12,
        price: 1.5,
        nothing: null,
        yes: true,
        list: [1, 2],
        day: '2026-01-02',
      },
    ])
    expect(stdout).toContain('"price":1.50')
  })

  test('JSON and a table without rows', async () => {
    const nothing = `${byCampaign} HAVING SUM(impressions) < 0`
    const args = ['--param', 'part=a', '--format']
    expect((await run(nothing, [...args, 'json'])).stdout).toBe('[\n]\n')
    const { stdout, stderr } = await run(nothing, [...args, 'table'])
    expect(stdout).toBe('campaign  impressions\n────────  ───────────\n')
    expect(stderr).toContain('0 rows of synthetic data')
  })

  test('a table has its columns below each other, numbers on the right', async () => {
    const { stdout } = await run(byCampaign, ['--param', 'part=a', '--format', 'table'])
    const [header = '', line = '', ...rows] = stdout.trimEnd().split('\n')
    expect(header).toMatch(/^campaign +impressions$/)
    expect(line).toMatch(/^─+ {2}─+$/)
    for (const row of rows) expect(row).toHaveLength(line.length)
  })

  test('every row of a large result, and its sum', async () => {
    const { stdout, stderr } = await run(users, [
      '--no-privacy',
      '--window-start',
      daysAgo(80),
      '--window-end',
      daysAgo(1),
    ])
    const rows = stdout.split('\n').length - 2
    expect(rows).toBeGreaterThan(100_000)
    expect(stderr).toContain(`${rows.toLocaleString('en-US')} rows of synthetic data, with the privacy rules off`)
  })

  test('a reader that goes away ends the query quietly', async () => {
    const args = ['sql', 'run', '-', '--no-privacy', '--window-start', daysAgo(80), '--window-end', daysAgo(1)]
    const child = start(args, { env: { DATA_DIR: data.path } })
    child.stdin.end(users)
    child.stdout.once('data', () => child.stdout.destroy())
    const { code, stderr } = await ended(child)
    expect(code).toBe(0)
    expect(stderr).not.toMatch(/error|rows of/)
  })
})

describe('parameters', () => {
  const chosen = 'SELECT campaign, COUNT(*) AS n FROM dsp_impressions WHERE campaign IN {{names}} GROUP BY campaign'

  test('a list by naming it again, as a JSON array, or of one value', async () => {
    const { stdout } = await run(byCampaign, ['--param', 'part='])
    const names = stdout
      .trimEnd()
      .split('\n')
      .slice(1, 3)
      .map((row) => row.split(',')[0] ?? '')
    const [first = '', second = ''] = names
    const sorted = async (args: string[]) => {
      const rows = (await run(chosen, args)).stdout.trimEnd().split('\n').slice(1)
      return rows.map((row) => row.split(',')[0] ?? '').toSorted()
    }
    expect(await sorted(['--param', `names=${first}`, '--param', `names=${second}`])).toEqual(names.toSorted())
    expect(await sorted(['--param', `names=${JSON.stringify(names)}`])).toEqual(names.toSorted())
    expect(await sorted(['--param', `names=${first}`])).toEqual([first])
  })

  test('CUSTOM_PARAMETER takes its value the same way', async () => {
    const sql = `SELECT CUSTOM_PARAMETER('label') AS label, CARDINALITY(CUSTOM_PARAMETER('ids')) AS n FROM dsp_clicks GROUP BY 1, 2`
    const { stdout } = await run(sql, ['--param', "label=it's", '--param', 'ids=["a","b"]'])
    expect(stdout).toBe("label,n\nit's,2\n")
  })

  test('the type of a CUSTOM_PARAMETER comes from what it is compared with, or from --declare', async () => {
    const sql = `SELECT campaign, SUM(impressions) AS n FROM dsp_impressions GROUP BY campaign
      HAVING SUM(impressions) > CUSTOM_PARAMETER('least')`
    const most = async (args: string[]) =>
      (await run(sql, args)).stdout
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((row) => Number(row.split(',')[1]))
    const some = await most(['--param', 'least=900'])
    expect(some.length).toBeGreaterThan(0)
    expect(Math.min(...some)).toBeGreaterThan(900)
    expect(await most(['--declare', 'least:LONG=900'])).toHaveLength(some.length)
  })

  test('a value is never taken for syntax', async () => {
    const value = `'; DROP TABLE x -- {{v}}`
    const { code, stdout } = await run('SELECT {{v}} AS v FROM dsp_clicks GROUP BY 1', ['--param', `v=${value}`])
    expect([code, stdout]).toEqual([0, `v\n${value}\n`])
  })

  test('a missing value is told at its place, and nothing runs', async () => {
    const { code, stdout, stderr } = await run(byCampaign)
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain('standard input:2:')
    expect(stderr).toContain('part has no value')
  })

  test.each([
    [
      'a name that the query lacks',
      ['--param', 'pert=a'],
      '--param pert: the query has no parameter of this name; did you mean part?',
    ],
    ['no name', ['--param', 'a'], '--param a is not NAME=VALUE'],
    ['a window of one end', ['--window-start', '2026-01-01'], '--window-start and --window-end belong together'],
    [
      'F-05: a window with a zone',
      ['--window-start', '2026-01-01T00:00:00Z', '--window-end', '2026-01-02'],
      '--window-start 2026-01-01T00:00:00Z is not understood',
    ],
    [
      'a window that ends first',
      ['--window-start', '2026-01-02', '--window-end', '2026-01-01'],
      '--window-end must be later',
    ],
    ['a day that is none', ['--settled-after', 'soon'], '--settled-after soon is not understood'],
    ['an unknown zone', ['--time-zone', 'Mars/Olympus'], '--time-zone Mars/Olympus is not understood'],
    ['an unknown format', ['--format', 'jsn'], 'There is no --format jsn; did you mean json?'],
    ['two kinds of privacy', ['--no-privacy', '--blank-values'], '--blank-values and --no-privacy exclude each other'],
    ['two queries', ['other.sql'], 'One query at a time: other.sql is one too many'],
  ])('2 for %s', async (_, args, message) => {
    const { code, stdout, stderr } = await run(byCampaign, args)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(message)
  })

  test('2 for a file that is not there', async () => {
    const { code, stderr } = await recomamp(['sql', 'run', 'gone.sql'])
    expect([code, stderr]).toEqual([2, 'gone.sql: the file cannot be read (ENOENT)\n'])
  })
})

describe('the window', () => {
  const bounds = `SELECT CAST(BUILT_IN_PARAMETER('TIME_WINDOW_START') AS DATE) AS a,
    BUILT_IN_PARAMETER('TIME_WINDOW_END') AS b FROM dsp_impressions GROUP BY 1, 2`

  test('S-081: without a window the seven days that ended 14 days ago, said before the run', async () => {
    const { stdout, stderr } = await run(bounds)
    expect(stdout).toBe(`a,b\n${daysAgo(21)},${daysAgo(14)}T00:00:00.000Z\n`)
    expect(stderr).toMatch(
      new RegExp(`^Window: ${daysAgo(21)} 00:00:00 to ${daysAgo(14)} 00:00:00 UTC, the end exclusive`),
    )
  })

  test('a window is read in its zone', async () => {
    const args = ['--window-start', daysAgo(30), '--window-end', `${daysAgo(29)}T06:30:00`, '--time-zone', 'Asia/Tokyo']
    const { stdout } = await run(bounds, args)
    expect(stdout).toBe(`a,b\n${daysAgo(31)},${daysAgo(30)}T21:30:00.000Z\n`)
  })
})

describe('privacy', () => {
  const detailed = `SELECT postal_code, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY postal_code`

  test('rows below their threshold go, or lose their values, or stay', async () => {
    const rowsOf = (csv: string) => csv.trimEnd().split('\n').slice(1)
    const removed = await run(detailed)
    const all = await run(detailed, ['--no-privacy'])
    const blanked = await run(detailed, ['--blank-values', '--format', 'json'])
    expect(rowsOf(all.stdout).length).toBeGreaterThan(rowsOf(removed.stdout).length)
    const rows: { filtered: boolean; postal_code: string | null }[] = JSON.parse(blanked.stdout)
    const filtered = rows.filter((row) => row.filtered)
    expect(filtered).toMatchObject([{ postal_code: null }])
    expect(blanked.stderr).toContain(`${rows.length} rows of synthetic data, 1 row with values blanked`)
  })

  test('what AMC never shows is refused, and runs with --no-privacy', async () => {
    const refused = await run(users)
    expect([refused.code, refused.stdout]).toEqual([1, ''])
    expect(refused.stderr).toContain('AMC002')
    expect((await run(users, ['--no-privacy'])).code).toBe(0)
  })

  test('a refusal of the engine is told at its place in the text as it was written', async () => {
    const sql = `SELECT {{name}} AS name,\n  COUNT(*) OVER (ROWS BETWEEN x PRECEDING AND CURRENT ROW) AS n FROM dsp_clicks`
    const { code, stderr } = await run(sql, ['--no-privacy', '--param', `name=${'long '.repeat(30)}`])
    expect(code).toBe(1)
    expect(stderr).toContain('standard input:2:')
  })
})

describe('the data folder', () => {
  test('--data-dir goes before DATA_DIR', async () => {
    const args = ['--data-dir', data.path, '--param', 'part=a']
    const { code } = await run(byCampaign, args, { env: { DATA_DIR: '/nowhere' } })
    expect(code).toBe(0)
  })

  test('works while another process has the data open', async () => {
    const engine = openLocalEngine({ folder: join(data.path, 'synthetic') })
    await engine.ready
    expect((await run(byCampaign, ['--param', 'part=a'])).code).toBe(0)
    await engine.close()
  })
})

describe('Ctrl-C', () => {
  const stopped = async (dataDir: string, sql: string) => {
    const child = start(['sql', 'run', '-'], { env: { DATA_DIR: dataDir } })
    child.stdin.end(sql)
    const end = ended(child)
    await new Promise((resolve) => child.stderr.once('data', resolve))
    const asked = performance.now()
    child.kill('SIGINT')
    return { ...(await end), ms: performance.now() - asked }
  }

  test('ends a query at once with 130', async () => {
    const { code, stdout, stderr, ms } = await stopped(data.path, endless)
    expect([code, stdout]).toEqual([130, ''])
    expect(stderr).not.toMatch(/error/i)
    expect(ms).toBeLessThan(5000)
  })

  test('ends the making of the data, of which nothing is left', async () => {
    const fresh = folderWith()
    const { code, ms } = await stopped(fresh.path, endless)
    expect(code).toBe(130)
    expect(ms).toBeLessThan(5000)
    const folder = join(fresh.path, 'synthetic')
    expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([])
    fresh.remove()
  })
})
