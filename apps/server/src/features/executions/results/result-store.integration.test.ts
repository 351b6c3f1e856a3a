import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AmcOutputColumn } from '@recomamp/amc-wire'
import { ExecutionId } from '@recomamp/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openFolderStore } from '#platform/files/folder-store.ts'
import { loneBackslashFinder } from './csv-dialect.ts'
import type { PrivacyColumns } from './result-layout.ts'
import { type HeldResult, openResultStore, type ResultStore, type StoredResult } from './result-store.ts'

let dataDir: string
let store: ResultStore

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'results-'))
  store = openResultStore(openFolderStore(join(dataDir, 'results')))
})

afterAll(async () => {
  await store.close()
  await rm(dataDir, { recursive: true, force: true })
})

const none: PrivacyColumns = { filtered: null, reason: null, users: null }

function column(name: string, dataType: string, rest: Partial<AmcOutputColumn> = {}): AmcOutputColumn {
  return { name, dataType, columnType: 'DIMENSION', precision: null, scale: null, ...rest }
}

async function keep(texts: string[], columns: AmcOutputColumn[], privacy = none) {
  const id = ExecutionId.parse(crypto.randomUUID())
  const room = await store.makeRoom(id)
  const parts = await Promise.all(
    texts.map(async (content, index) => {
      const path = join(room, `${index}.csv`)
      await writeFile(path, content)
      const finder = loneBackslashFinder()
      finder.feed(Buffer.from(content))
      return { path, loneBackslash: finder.found() }
    }),
  )
  return { id, stored: await store.keep(id, parts, columns, privacy) }
}

function held(id: ExecutionId, { layout, rowCount }: StoredResult): HeldResult {
  return { id, layout, rowCount }
}

test('F-24: long ids, 64-bit numbers and decimals come back digit by digit', async () => {
  const { id, stored } = await keep(
    [
      'campaign_id,impressions,spend,rate\n123456789012345678,9007199254740993,0.10,0.1\n000123,,1234567890123456.78,1.5\n',
    ],
    [
      column('campaign_id', 'STRING'),
      column('impressions', 'LONG', { columnType: 'METRIC' }),
      column('spend', 'DECIMAL', { precision: 38, scale: 2, columnType: 'METRIC' }),
      column('rate', 'DOUBLE'),
    ],
  )
  expect(stored).toMatchObject({ rowCount: 2, filteredRowCount: null })
  expect(stored.layout.map((one) => one.stored)).toEqual(['VARCHAR', 'BIGINT', 'DECIMAL(18,2)', 'DOUBLE'])
  expect((await store.readPage(held(id, stored), 0, 10)).rows).toEqual([
    ['123456789012345678', '9007199254740993', '0.10', '0.1'],
    ['000123', null, '1234567890123456.78', '1.5'],
  ])
})

test('a decimal that 64 bits cannot hold is stored in its declared width', async () => {
  const { id, stored } = await keep(
    ['spend\n12345678901234567890123.4567\n'],
    [column('spend', 'DECIMAL', { precision: 38, scale: 4 })],
  )
  expect(stored.layout[0]?.stored).toBe('DECIMAL(38,4)')
  expect((await store.readPage(held(id, stored), 0, 1)).rows).toEqual([['12345678901234567890123.4567']])
})

test('a decimal without a declared scale keeps every digit', async () => {
  const { id, stored } = await keep(
    ['a,b\n1.5,1E5\n-0.000000000000001,2\n'],
    [column('a', 'DECIMAL'), column('b', 'DECIMAL')],
  )
  expect(stored.layout.map((one) => one.stored)).toEqual(['DECIMAL(18,15)', 'VARCHAR'])
  expect((await store.readPage(held(id, stored), 0, 2)).rows).toEqual([
    ['1.500000000000000', '1E5'],
    ['-0.000000000000001', '2'],
  ])
})

test('a decimal without a declared scale keeps the digits of rows far down, however they are written', async () => {
  const many = '1.5\n'.repeat(25_000)
  for (const [value, stored, shown] of [
    ['0.123456', 'DECIMAL(7,6)', '0.123456'],
    ['1E-7', 'VARCHAR', '1E-7'],
    ['12345678901234567890.5', 'DECIMAL(21,1)', '12345678901234567890.5'],
  ] as const) {
    const kept = await keep([`a\n${many}${value}\n`], [column('a', 'DECIMAL')])
    expect(kept.stored.layout[0]?.stored).toBe(stored)
    expect((await store.readPage(held(kept.id, kept.stored), 25_000, 1)).rows).toEqual([[shown]])
  }
})

test('quotes, commas, line breaks and backslashes inside values survive', async () => {
  const csv = 'name,n\n"say \\"hi\\", ok",1\n"C:\\temp",2\n"line\nbreak",3\n"ends \\\\",4\n"",5\n,6\n'
  const { id, stored } = await keep([csv], [column('name', 'STRING'), column('n', 'LONG')])
  expect((await store.readPage(held(id, stored), 0, 10)).rows.map((row) => row[0])).toEqual([
    'say "hi", ok',
    'C:\\temp',
    'line\nbreak',
    'ends \\',
    '',
    null,
  ])
})

test('dates, times, booleans and arrays are written as AMC writes them', async () => {
  const { id, stored } = await keep(
    ['d,t,b,a\n2026-11-01,2026-11-01T10:20:30.450,true,"[a, b]"\n,,,\n'],
    [
      column('d', 'DATE'),
      column('t', 'TIMESTAMP'),
      column('b', 'BOOLEAN'),
      { ...column('a', ''), dataType: { type: 'ARRAY', elementDataType: 'STRING' } },
    ],
  )
  expect(stored.layout.map((one) => one.dataType)).toEqual(['DATE', 'TIMESTAMP', 'BOOLEAN', 'ARRAY<STRING>'])
  expect((await store.readPage(held(id, stored), 0, 10)).rows).toEqual([
    ['2026-11-01', '2026-11-01T10:20:30.450', 'true', '[a, b]'],
    [null, null, null, null],
  ])
})

test('a file with only a header is an empty result with its columns', async () => {
  const { id, stored } = await keep(['a,b\n'], [column('a', 'STRING'), column('b', 'LONG')])
  expect(stored).toMatchObject({ rowCount: 0, preview: [] })
  expect((await store.readPage(held(id, stored), 0, 100)).rows).toEqual([])
})

test('parts follow each other, with the header repeated or not', async () => {
  const { id, stored } = await keep(['a\n1\n2\n', 'a\n3\n', '4\n5\n'], [column('a', 'LONG')])
  expect(stored.rowCount).toBe(5)
  expect((await store.readPage(held(id, stored), 1, 3)).rows).toEqual([['2'], ['3'], ['4']])
})

test('columns are found by the name in the header, and two of one name both stay', async () => {
  const { id, stored } = await keep(
    ['n,Name,name,row_number\n7,x,y,z\n'],
    [column('name', 'STRING'), column('n', 'LONG')],
  )
  expect(stored.layout.map((one) => [one.name, one.dataType])).toEqual([
    ['n', 'LONG'],
    ['Name', 'STRING'],
    ['name', 'STRING'],
    ['row_number', 'STRING'],
  ])
  expect((await store.readPage(held(id, stored), 0, 1)).rows).toEqual([['7', 'x', 'y', 'z']])
})

test('a value that its declared type cannot hold costs the type and not the result', async () => {
  const { id, stored } = await keep(['n\n1\nmany\n'], [column('n', 'LONG')])
  expect((await store.readPage(held(id, stored), 0, 10)).rows).toEqual([['1'], ['many']])
})

test('a file that quotes every field still has numbers', async () => {
  const { id, stored } = await keep(['"s","n"\n"a","1"\n"b",""\n'], [column('s', 'STRING'), column('n', 'LONG')])
  expect(stored.layout.map((one) => one.stored)).toEqual(['VARCHAR', 'BIGINT'])
  expect((await store.readPage(held(id, stored), 0, 10)).rows).toEqual([
    ['a', '1'],
    ['b', null],
  ])
})

test('what AMC says about filtering becomes marks and a count, not columns', async () => {
  const { id, stored } = await keep(
    ["postal,clicks,f,r,u\n,220,true,97 'dsp_impressions' users < 100 required,97\n10115,400,false,,120\n"],
    [column('postal', 'STRING'), column('clicks', 'LONG')],
    { filtered: 'f', reason: 'r', users: 'u' },
  )
  expect(stored.filteredRowCount).toBe(1)
  expect(await store.readPage(held(id, stored), 0, 10)).toEqual({
    rows: [
      [null, '220'],
      ['10115', '400'],
    ],
    matching: 2,
    marks: [{ reason: "97 'dsp_impressions' users < 100 required", users: '97' }, null],
  })
})

test('a file appears under its name only when it is whole', async () => {
  const { id, stored } = await keep(['a\n1\n'], [column('a', 'LONG')])
  expect(await readdir(join(dataDir, 'results'))).toContain(`${id}.parquet`)
  expect(stored.checksum).toMatch(/^[0-9a-f]{64}$/)
  const broken = ExecutionId.parse(crypto.randomUUID())
  const room = await store.makeRoom(broken)
  await writeFile(join(room, '0.csv'), 'a,b\n1\n"2,3\n')
  await expect(
    store.keep(broken, [{ path: join(room, '0.csv'), loneBackslash: false }], [column('a', 'LONG')], none),
  ).rejects.toThrow('no CSV')
  const left = await readdir(join(dataDir, 'results'))
  expect(left).not.toContain(`${broken}.parquet`)
  expect(await readdir(join(dataDir, 'results', '.incoming'))).toEqual([])
})
