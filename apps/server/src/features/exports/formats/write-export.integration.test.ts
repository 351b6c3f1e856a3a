import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { DuckDBInstance } from '@duckdb/node-api'
import type { AmcOutputColumn } from '@recomamp/amc-wire'
import { ExecutionId, type ExportFormat } from '@recomamp/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openFolderStore } from '#platform/files/folder-store.ts'
import { openResultStore, type ResultStore } from '#features/executions/index.ts'
import { ExportImpossible } from './export-impossible.ts'
import { writeExport } from './write-export.ts'

let dataDir: string
let store: ResultStore

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'formats-'))
  store = openResultStore(openFolderStore(join(dataDir, 'results')))
})

afterAll(async () => {
  await store.close()
  await rm(dataDir, { recursive: true, force: true })
})

const columns = [
  column('campaign_id', 'STRING'),
  column('name', 'STRING'),
  column('impressions', 'LONG'),
  column('users', 'LONG'),
  { ...column('cost', 'DECIMAL'), precision: 38, scale: 2 },
  column('day', 'DATE'),
  column('seen', 'TIMESTAMP'),
  column('new', 'BOOLEAN'),
  column('=header', 'STRING'),
]

const csv = [
  'campaign_id,name,impressions,users,cost,day,seen,new,=header',
  '581234567890123456,"=HYPERLINK(\\"x\\")",12,9007199254740993,12345678901.25,2026-11-02,2026-11-02T10:20:30.450,true,-5',
  '000000000000000001,"line\nbreak, \u0007 & <b> _x0041_",-3,1,0.10,1899-12-31,,false,+cmd|x',
  ',"",,,,,,,',
  '',
].join('\n')

function column(name: string, dataType: string): AmcOutputColumn {
  return { name, dataType, columnType: 'DIMENSION', precision: null, scale: null }
}

async function write(format: ExportFormat, options: { text?: string; keepsFormulas?: boolean } = {}): Promise<string> {
  const id = ExecutionId.parse(crypto.randomUUID())
  const room = await store.makeRoom(id)
  const path = join(room, '0.csv')
  await writeFile(path, options.text ?? csv)
  const privacy = { filtered: null, reason: null, users: null }
  const { layout, rowCount } = await store.keep(id, [{ path, loneBackslash: false }], columns, privacy)
  const folder = await mkdtemp(join(dataDir, 'out-'))
  const target = join(folder, 'file')
  const { keepsFormulas = false } = options
  await store.readWhole({ id, layout, rowCount }, folder, (duck, from) =>
    writeExport(duck, { from, layout, format, keepsFormulas, target, provenance: `{"query":"It's one"}` }),
  )
  return target
}

test('CSV: ids keep their digits, NULL and the empty text differ, and no cell begins a formula', async () => {
  const lines = (await readFile(await write('csv'), 'utf8')).split('\n')
  expect(lines[0]).toBe(`campaign_id,name,impressions,users,cost,day,seen,new,'=header`)
  expect(lines[1]).toBe(
    `581234567890123456,"'=HYPERLINK(""x"")",12,9007199254740993,12345678901.25,2026-11-02,2026-11-02T10:20:30.450,true,-5`,
  )
  expect(lines.slice(2, 4).join('\n')).toBe(
    `000000000000000001,"line\nbreak, \u0007 & <b> _x0041_",-3,1,0.10,1899-12-31,,false,'+cmd|x`,
  )
  expect(lines[4]).toBe(',"",,,,,,,')
})

test('CSV: formulas stay when they are asked for', async () => {
  const text = await readFile(await write('csv', { keepsFormulas: true }), 'utf8')
  expect(text).toContain('"=HYPERLINK(""x"")"')
  expect(text).toContain(',+cmd|x')
  expect(text.split('\n')[0]).toContain(',=header')
})

test('JSON and NDJSON: typed, and a column whose numbers a reader would change is text', async () => {
  const first = {
    campaign_id: '581234567890123456',
    name: '=HYPERLINK("x")',
    impressions: 12,
    users: '9007199254740993',
    cost: 12345678901.25,
    day: '2026-11-02',
    seen: '2026-11-02T10:20:30.450',
    new: true,
    '=header': '-5',
  }
  const json: unknown = JSON.parse(await readFile(await write('json'), 'utf8'))
  expect(json).toHaveLength(3)
  expect(json).toMatchObject([first, { campaign_id: '000000000000000001', users: '1', seen: null }, { name: '' }])
  const lines = (await readFile(await write('ndjson'), 'utf8')).trimEnd().split('\n')
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual(json)
})

test('Parquet: the columns of the query with their types, and no number of ours', async () => {
  const path = await write('parquet')
  const duck = await (await DuckDBInstance.create()).connect()
  const described = await duck.runAndReadAll(`describe select * from read_parquet('${path}')`)
  expect(described.getRows().map(([name, type]) => `${String(name)} ${String(type)}`)).toEqual([
    'campaign_id VARCHAR',
    'name VARCHAR',
    'impressions BIGINT',
    'users BIGINT',
    'cost DECIMAL(18,2)',
    'day DATE',
    'seen TIMESTAMP',
    'new BOOLEAN',
    '=header VARCHAR',
  ])
  const kept = await duck.runAndReadAll(`select decode(key), decode(value) from parquet_kv_metadata('${path}')`)
  expect(kept.getRows()).toContainEqual(['recomamp_provenance', `{"query":"It's one"}`])
  const rows = await duck.runAndReadAll(`select campaign_id, users from read_parquet('${path}')`)
  expect(rows.getRows()[0]).toEqual(['581234567890123456', 9007199254740993n])
})

test('XLSX: numbers, times and booleans are typed, ids are text, nothing is a formula', async () => {
  const sheet = partOf(await readFile(await write('xlsx')), 'xl/worksheets/sheet1.xml')
  const rows = [...sheet.matchAll(/<row>(.*?)<\/row>/gs)].map(([, row = '']) => row.match(/<c\/>|<c.*?<\/c>/gs) ?? [])
  const inline = (text: string) => `<c t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`
  expect(rows).toHaveLength(4)
  expect(rows[1]).toEqual([
    inline('581234567890123456'),
    inline('=HYPERLINK("x")'),
    '<c><v>12</v></c>',
    inline('9007199254740993'),
    '<c><v>12345678901.25</v></c>',
    inline('2026-11-02'),
    expect.stringMatching(/^<c s="2"><v>46328\.430\d*<\/v><\/c>$/),
    '<c t="b"><v>1</v></c>',
    inline('-5'),
  ])
  expect(rows[2]?.[1]).toBe(inline('line\nbreak, _x0007_ &amp; &lt;b&gt; _x005F_x0041_'))
  expect(rows[3]).toEqual(['<c/>', inline(''), ...Array.from({ length: 7 }, () => '<c/>')])
  expect(sheet).not.toContain('<f>')
})

test('XLSX: a value that no cell holds is refused in words and not cut', async () => {
  const text = `campaign_id,name\n1,${'x'.repeat(32_768)}\n`
  const refusal: unknown = await write('xlsx', { text }).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(ExportImpossible)
  expect(refusal).toMatchObject({ message: expect.stringContaining('name has a value of 32768') })
})

test('an empty result gives a whole file with its columns in every format', async () => {
  const text = `${csv.split('\n')[0] ?? ''}\n`
  expect((await readFile(await write('csv', { text }), 'utf8')).trimEnd().split('\n')).toHaveLength(1)
  expect(JSON.parse(await readFile(await write('json', { text }), 'utf8'))).toEqual([])
  expect(await readFile(await write('ndjson', { text }), 'utf8')).toBe('')
  const sheet = partOf(await readFile(await write('xlsx', { text })), 'xl/worksheets/sheet1.xml')
  expect(sheet.match(/<row>/g)).toHaveLength(1)
  const duck = await (await DuckDBInstance.create()).connect()
  const parquet = await duck.runAndReadAll(`select * from read_parquet('${await write('parquet', { text })}')`)
  expect([parquet.currentRowCount, parquet.columnCount]).toEqual([0, 9])
})

/** One file of a zip archive, found by its central directory. */
function partOf(zip: Buffer, name: string): string {
  const end = zip.lastIndexOf('PK\u0005\u0006')
  let at = zip.readUInt32LE(end + 16)
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const [size, nameLength, extra, comment] = [20, 28, 30, 32].map((offset) =>
      offset === 20 ? zip.readUInt32LE(at + offset) : zip.readUInt16LE(at + offset),
    ) as [number, number, number, number]
    const local = zip.readUInt32LE(at + 42)
    if (zip.toString('utf8', at + 46, at + 46 + nameLength) === name) {
      const data = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
      return inflateRawSync(zip.subarray(data, data + size)).toString('utf8')
    }
    at += 46 + nameLength + extra + comment
  }
  throw new Error(`the archive has no ${name}`)
}
