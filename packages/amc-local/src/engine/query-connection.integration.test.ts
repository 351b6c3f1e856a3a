import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { endDay } from '../testing/built-data.ts'
import { dataFilePath, ensureDataFile, ensureFamilyFile } from './data-file.ts'
import { LocalQueryError, openQueryConnection, type QueryConnection } from './query-connection.ts'
import type { LocalValue } from './protocol.ts'

const folder = mkdtempSync(join(tmpdir(), 'recomamp-engine-'))
const options = { folder, seed: 1, size: 'small', endDay } as const
const forever = new AbortController().signal
/** Runs for minutes when nobody stops it. */
const endless = 'SELECT count(*) FROM range(100000000) a, range(100000) b WHERE a.range * b.range % 7 = 3'

let connection: QueryConnection
let file: string
beforeAll(async () => {
  file = await ensureDataFile(options, forever)
  connection = await openQueryConnection({ base: { database: 'synthetic', file }, spillFolder: join(folder, 'spill') })
})
afterAll(async () => {
  await connection.close()
  rmSync(folder, { recursive: true })
})

async function rowsOf(sql: string, timeLimitMs = 30_000): Promise<LocalValue[][]> {
  const rows: LocalValue[][] = []
  for await (const batch of await connection.execute(sql, { timeLimitMs })) rows.push(...batch)
  return rows
}

describe('values', () => {
  test('every value arrives exactly', async () => {
    expect(
      await rowsOf(
        `SELECT 9007199254740993::BIGINT, 1.10::DECIMAL(38,2), DATE '2026-11-01', TIMESTAMP '2026-11-01 07:08:09.5', [1, NULL],
           [{'step': 1, 'campaign': 'a'}], 0.5::DOUBLE, true, NULL, 'é'`,
      ),
    ).toEqual([
      [
        9007199254740993n,
        '1.10',
        '2026-11-01',
        '2026-11-01T07:08:09.500Z',
        [1, null],
        [[1, 'a']],
        0.5,
        true,
        null,
        'é',
      ],
    ])
  })

  test('a long result arrives whole and in order', async () => {
    const rows = await rowsOf('SELECT range FROM range(50000)')
    expect(rows).toHaveLength(50_000)
    expect(rows.at(-1)).toEqual([49_999n])
  })
})

describe('a query cannot leave its box', () => {
  const secret = join(folder, 'secret.csv')
  beforeAll(() => writeFileSync(secret, 'a,b\n1,2\n'))

  test.each([
    `SELECT * FROM read_csv('${secret}')`,
    `SELECT * FROM read_csv_auto('${secret}')`,
    `SELECT * FROM sniff_csv('${secret}')`,
    `SELECT * FROM read_text('${secret}')`,
    `SELECT * FROM read_blob('${secret}')`,
    `SELECT * FROM read_json('${secret}')`,
    `SELECT * FROM read_parquet('${secret}')`,
    `SELECT * FROM read_parquet('http://127.0.0.1:9/x.parquet')`,
    `SELECT * FROM '${secret}'`,
    `SELECT * FROM glob('${folder}/*')`,
    `SELECT * FROM query('COPY (SELECT 1) TO ''${secret}''')`,
    `COPY (SELECT 1) TO '${folder}/out.csv'`,
    `ATTACH '${folder}/other.duckdb' AS other`,
    `EXPORT DATABASE '${folder}/export'`,
    'INSTALL httpfs',
    'LOAD httpfs',
    `SET memory_limit = '8GB'`,
    'RESET lock_configuration',
    'SET enable_external_access = true',
    `PRAGMA memory_limit = '8GB'`,
    `CALL pragma_version()`,
    'CREATE TABLE t AS SELECT 1',
    'INSERT INTO synthetic.store.dsp SELECT * FROM synthetic.store.dsp LIMIT 1',
    'DROP VIEW synthetic.main.conversions',
    'SELECT 1; SELECT 2',
    `SELECT getenv('HOME')`,
    `SELECT * FROM read_ndjson('${secret}')`,
    `SELECT * FROM read_json_objects('${secret}')`,
    `SELECT * FROM parquet_metadata('${secret}')`,
    `SELECT * FROM parquet_file_metadata('${secret}')`,
    `SELECT * FROM read_csv(['${secret}', '${secret}'])`,
    `SELECT * FROM (FROM '${secret}')`,
    `SELECT (SELECT max(a) FROM read_csv('${secret}'))`,
    `SELECT 1 WHERE EXISTS (FROM read_text('/etc/passwd'))`,
    `WITH x AS (FROM read_text('/etc/passwd')) SELECT * FROM x`,
    `WITH x AS MATERIALIZED (FROM glob('/etc/*')) SELECT count(*) FROM x`,
    `SELECT * FROM query('SELECT * FROM read_text(''/etc/passwd'')')`,
    `SELECT * FROM query_table('/etc/passwd')`,
    `FROM json_execute_serialized_sql(json_serialize_sql('FROM read_text(''/etc/passwd'')'))`,
    `SELECT * FROM "/etc/passwd"`,
    `SELECT * FROM "${secret}"`,
    `COPY synthetic.store.dsp TO '${folder}/out.csv'`,
    `COPY (SELECT 1) TO '${folder}/out.csv' (FORMAT parquet)`,
    `COPY synthetic.store.dsp FROM '${secret}'`,
    `EXPLAIN ANALYZE COPY (SELECT 1) TO '${folder}/out.csv'`,
    `PREPARE p AS COPY (SELECT 1) TO '${folder}/out.csv'`,
    'EXECUTE p',
    `IMPORT DATABASE '${folder}'`,
    'DETACH synthetic',
    'USE synthetic',
    'BEGIN TRANSACTION',
    'CHECKPOINT',
    'VACUUM',
    'SET VARIABLE x = 1',
    'SET SESSION threads = 64',
    "SET GLOBAL temp_directory = '/tmp'",
    'PRAGMA enable_profiling',
    `PRAGMA profiling_output = '${folder}/out.csv'`,
    `CALL enable_logging()`,
    `CREATE SECRET s (TYPE http, BEARER_TOKEN 'x')`,
    'CREATE MACRO m() AS 1',
    'CREATE TEMP TABLE t AS SELECT 1',
    `CREATE TABLE synthetic.main.t AS SELECT 1`,
    'UPDATE synthetic.store.dsp SET person = 1',
    'DELETE FROM synthetic.store.dsp',
    'ALTER TABLE synthetic.store.dsp ADD COLUMN x INTEGER',
    'TRUNCATE synthetic.store.dsp',
    `FORCE INSTALL httpfs FROM '${folder}'`,
    'SELECT 1; DROP VIEW synthetic.main.conversions',
    'SELECT 1;;SELECT 2',
    '/* ; */ SELECT 1 -- ;\n; SET threads = 64',
    '',
    '-- nothing',
  ])('%s is refused', async (sql) => {
    await expect(rowsOf(sql)).rejects.toBeInstanceOf(LocalQueryError)
    expect(readdirSync(folder)).not.toContain('out.csv')
  })

  test('what looks like further statements inside texts, names and comments is none', async () => {
    expect(
      await rowsOf(`SELECT '; DROP TABLE x; --' AS "a""; SET threads = 64; --" /* ; SELECT 2 */ -- ; SELECT 3`),
    ).toEqual([['; DROP TABLE x; --']])
  })

  test('the data is as it was afterwards', async () => {
    expect(await rowsOf('SELECT count(*) FROM synthetic.main.dsp_impressions')).toEqual([[240_000n]])
  })
})

describe('stopping', () => {
  test('a query over its time limit ends with that reason, and the next one runs', async () => {
    const started = performance.now()
    await expect(rowsOf(endless, 200)).rejects.toMatchObject({ reason: 'time-limit' })
    expect(performance.now() - started).toBeLessThan(5_000)
    expect(await rowsOf('SELECT 42')).toEqual([[42]])
  })

  test('an aborted query rejects with the reason of the abort', async () => {
    const controller = new AbortController()
    const run = connection.execute(endless, { signal: controller.signal, timeLimitMs: 60_000 })
    setTimeout(() => controller.abort(new Error('no longer wanted')), 100)
    await expect(run).rejects.toThrow('no longer wanted')
    await expect(connection.execute('SELECT 1', { signal: controller.signal, timeLimitMs: 1_000 })).rejects.toThrow(
      'no longer wanted',
    )
  })

  test('a reader that leaves early, or stops for long, holds nothing up', async () => {
    for await (const batch of await connection.execute('SELECT range FROM range(10000000)', { timeLimitMs: 30_000 })) {
      expect(batch.length).toBeGreaterThan(0)
      break
    }
    const slow = (await connection.execute('SELECT range FROM range(10000000)', { timeLimitMs: 300 }))[
      Symbol.asyncIterator
    ]()
    await slow.next()
    await new Promise((resolve) => setTimeout(resolve, 500))
    await expect(slow.next()).rejects.toMatchObject({ reason: 'time-limit' })
    expect(await rowsOf('SELECT 42')).toEqual([[42]])
  })

  test('several queries run side by side', async () => {
    const answers = await Promise.all(
      [1, 2, 3].map((n) => rowsOf(`SELECT ${n}, count(*) FROM synthetic.main.dsp_impressions`)),
    )
    expect(answers).toEqual([[[1, 240_000n]], [[2, 240_000n]], [[3, 240_000n]]])
  })
})

describe('further files', () => {
  const adserver = async () => ({
    database: 'synthetic_adserver',
    file: await ensureFamilyFile(options, 'adserver', forever),
  })

  test('a query that reads one runs beside queries that began before, and neither notices', async () => {
    const early = (
      await connection.execute('SELECT impression_day FROM synthetic.main.dsp_impressions', { timeLimitMs: 30_000 })
    )[Symbol.asyncIterator]()
    const first = await early.next()
    const files = [await adserver()]
    const sql =
      'SELECT count(*) > 0 FROM synthetic_adserver.main.adserver_traffic JOIN synthetic.main.dsp_impressions USING (request_tag)'
    for await (const batch of await connection.execute(sql, { timeLimitMs: 30_000, files }))
      expect(batch).toEqual([[true]])
    let rows = first.done === true ? 0 : first.value.length
    for (let next = await early.next(); next.done !== true; next = await early.next()) rows += next.value.length
    expect(rows).toBe(240_000)
  })

  test('the box with them is as tight as the first one', async () => {
    const files = [await adserver()]
    for (const sql of [
      `SELECT * FROM read_text('${folder}/secret.csv')`,
      'INSERT INTO synthetic_adserver.store.traffic SELECT * FROM synthetic_adserver.store.traffic',
      `ATTACH '${folder}/other.duckdb' AS other`,
      'SET enable_external_access = true',
      'DETACH synthetic_adserver',
    ])
      await expect(connection.execute(sql, { timeLimitMs: 5_000, files }), sql).rejects.toBeInstanceOf(LocalQueryError)
  })

  test('one that cannot be opened fails its own query only', async () => {
    const broken = { database: 'synthetic_broken', file: join(folder, 'no-such-file.duckdb') }
    await expect(connection.execute('SELECT 1', { timeLimitMs: 5_000, files: [broken] })).rejects.toMatchObject({
      reason: 'failed',
    })
    expect(await rowsOf('SELECT 42')).toEqual([[42]])
  })
})

describe('the data file', () => {
  test('two builders at once both end with the same complete file, and files of end days long past go', async () => {
    const other = { ...options, folder: join(folder, 'two-builders') }
    const old = dataFilePath({ ...other, endDay: '2025-01-01' })
    const recent = dataFilePath({ ...other, endDay: '2026-11-21' })
    mkdirSync(other.folder)
    for (const stale of [old, recent]) writeFileSync(stale, '')
    utimesSync(old, new Date('2025-01-01'), new Date('2025-01-01'))
    const files = await Promise.all([ensureDataFile(other, forever), ensureDataFile(other, forever)])
    expect(files).toEqual([dataFilePath(other), dataFilePath(other)])
    expect(readdirSync(other.folder).map((name) => join(other.folder, name))).toEqual([recent, dataFilePath(other)])
    expect(await ensureDataFile(other, forever)).toBe(dataFilePath(other))
  })

  test('two builders of a further file at once both end with the same complete file, and build what it is made from', async () => {
    const other = { ...options, folder: join(folder, 'two-family-builders') }
    const [first, second] = await Promise.all([
      ensureFamilyFile(other, 'adserver', forever),
      ensureFamilyFile(other, 'adserver', forever),
    ])
    expect(second).toBe(first)
    expect(readdirSync(other.folder).map((name) => join(other.folder, name))).toEqual([
      dataFilePath(other, 'adserver'),
      dataFilePath(other),
    ])
  })

  test('several connections read it at once, one from outside of the engine', async () => {
    const second = await openQueryConnection({
      base: { database: 'synthetic', file },
      spillFolder: join(folder, 'spill'),
    })
    const direct = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' })
    try {
      const outside = await direct.connect()
      const reader = await outside.runAndReadAll('SELECT count(*) FROM conversions')
      for (const reading of [connection, second]) {
        for await (const batch of await reading.execute('SELECT count(*) FROM synthetic.main.conversions', {
          timeLimitMs: 5_000,
        }))
          expect(batch).toEqual(reader.getRows())
      }
      outside.closeSync()
    } finally {
      direct.closeSync()
      await second.close()
    }
  })

  test('a build that is given up leaves nothing behind', async () => {
    const other = { ...options, folder: join(folder, 'given-up') }
    const controller = new AbortController()
    const build = ensureDataFile(other, controller.signal)
    setTimeout(() => controller.abort(new Error('closing')), 300)
    await expect(build).rejects.toThrow('closing')
    expect(readdirSync(other.folder)).toEqual([])
  })
})

test('a query that was started at the last moment does not outlive its connection', async () => {
  const other = await openQueryConnection({ base: { database: 'synthetic', file }, spillFolder: join(folder, 'spill') })
  const started = other.execute(endless, { timeLimitMs: 600_000 })
  const closed = other.close()
  await expect(started).rejects.toThrow(/stopped|closed/)
  await closed
})
