import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AmcOutputColumn } from '@recomamp/amc-wire'
import { type ChartDescription, type ChartKey, type ChartPoint, ExecutionId, Problem } from '@recomamp/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openFolderStore } from '#platform/files/folder-store.ts'
import { roundWidth } from './chart-scale.ts'
import { type HeldResult, openResultStore, type ResultStore } from './result-store.ts'

interface Row {
  campaign_id: string
  campaign: string | null
  postal_code: string | null
  day: string
  bucket: number
  sales: string
  reach: number
  rate: string
  dsp: boolean
  sp: boolean
  path: string
  hidden: boolean
}

const rows: Row[] = Array.from({ length: 20_000 }, (_, at) => {
  const mixed = (at * 2_654_435_761) % 4_294_967_296
  const hidden = mixed % 17 === 0
  return {
    campaign_id: `58${String(mixed).padStart(16, '0')}`,
    campaign: mixed % 50 === 0 ? null : `Campaign ${mixed % 49}`,
    postal_code: hidden ? null : `US-${mixed % 300}`,
    day: new Date(Date.UTC(2024, 0, 1 + (mixed % 500))).toISOString().slice(0, 10),
    bucket: 1 + (mixed % 25),
    sales: `${mixed % 900}.${String(mixed % 100).padStart(2, '0')}`,
    reach: mixed % 70,
    rate: `0.${String(mixed % 1000).padStart(3, '0')}`,
    dsp: mixed % 3 > 0,
    sp: mixed % 4 > 1,
    path: mixed % 3 === 0 ? '[[1, DSP], [2, SP]]' : '[[1, SP]]',
    hidden,
  }
})

let dataDir: string
let store: ResultStore
let result: HeldResult

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'charts-'))
  store = openResultStore(openFolderStore(join(dataDir, 'results')))
  const id = ExecutionId.parse(crypto.randomUUID())
  const path = join(await store.makeRoom(id), '0.csv')
  const names = Object.keys(rows[0] ?? {}) as (keyof Row)[]
  const lines = rows.map((row) => names.map((name) => (name === 'path' ? `"${row.path}"` : (row[name] ?? ''))).join())
  await writeFile(path, `${names.join()}\n${lines.join('\n')}\n`)
  const types = { day: 'DATE', bucket: 'LONG', reach: 'LONG', rate: 'DOUBLE', dsp: 'BOOLEAN', sp: 'BOOLEAN' } as const
  const columns = names.map((name): AmcOutputColumn => ({
    name,
    dataType: name === 'sales' ? 'DECIMAL' : name === 'hidden' ? 'BOOLEAN' : (types[name as 'day'] ?? 'STRING'),
    columnType: 'DIMENSION',
    precision: name === 'sales' ? 18 : null,
    scale: name === 'sales' ? 2 : null,
  }))
  const privacy = { filtered: 'hidden', reason: null, users: null }
  const stored = await store.keep(id, [{ path, loneBackslash: false }], columns, privacy)
  result = { id, layout: stored.layout, rowCount: stored.rowCount }
})

afterAll(async () => {
  await store.close()
  await rm(dataDir, { recursive: true, force: true })
})

const read = (chart: ChartDescription) => store.readChart(result, chart, [])
const value = (text: unknown): ChartKey => ({ is: 'value', text: String(text) })
const textOf = (key: ChartKey | undefined) => (key?.is === 'value' ? key.text : (key?.is ?? ''))
const cents = (some: readonly Row[]) => some.reduce((sum, { sales }) => sum + BigInt(sales.replace('.', '')), 0n)
const centsOf = (cell: string | null | undefined) => BigInt(cell?.replace('.', '') ?? '-1')

test('F-24: bars are exact sums of all rows, the largest first, the rest in one; an id is never added, a rate is averaged', async () => {
  const data = await read({ kind: 'bar', x: 'postal_code', values: ['sales'] })
  const byCode = [
    ...Map.groupBy(
      rows.filter(({ postal_code: code }) => code !== null),
      (row) => row.postal_code,
    ),
  ]
    .map(([code, group]) => ({ code, sum: cents(group) }))
    .toSorted((a, b) => (a.sum < b.sum ? 1 : -1))
  expect(data.points.slice(0, 30).map(({ keys }) => textOf(keys[0]))).toEqual(
    byCode.slice(0, 30).map(({ code }) => code),
  )
  expect(data.points.slice(0, 30).map(({ values }) => centsOf(values[0]))).toEqual(
    byCode.slice(0, 30).map(({ sum }) => sum),
  )
  const [filtered, other] = data.points.slice(30)
  expect(filtered?.keys).toEqual([{ is: 'filtered' }])
  expect(centsOf(filtered?.values[0])).toBe(cents(rows.filter(({ hidden }) => hidden)))
  expect(filtered?.filtered).toEqual(filtered?.values)
  expect(other?.keys).toEqual([{ is: 'other' }])
  expect(centsOf(other?.values[0])).toBe(byCode.slice(30).reduce((sum, each) => sum + each.sum, 0n))
  expect(data).toMatchObject({ folded: [270], matchingCount: rows.length, drawnCount: rows.length, isAggregated: true })

  const rates = await read({ kind: 'bar', x: 'bucket', values: ['rate', 'reach'] })
  expect(rates.measures.map(({ aggregate }) => aggregate)).toEqual(['mean', 'sum'])
  expect(rates.points.map(({ keys }) => textOf(keys[0]))).toEqual(Array.from({ length: 25 }, (_, at) => String(at + 1)))
  const third = rows.filter(({ bucket }) => bucket === 3)
  expect(Number(rates.points[2]?.values[0])).toBeCloseTo(
    third.reduce((sum, row) => sum + Number(row.rate), 0) / third.length,
    9,
  )
  const refusal: unknown = await read({ kind: 'bar', x: 'day', values: ['campaign_id'] }).catch(
    (error: unknown) => error,
  )
  expect(refusal).toBeInstanceOf(Problem)
  const counted = await read({ kind: 'bar', x: 'dsp', values: [] })
  expect(counted.points.map(({ values }) => Number(values[0])).reduce((a, b) => a + b)).toBe(rows.length)
})

test('a line has no more points than can be drawn: days become weeks, and the seventh series is in other', async () => {
  const data = await read({ kind: 'line', x: 'day', values: ['sales'], series: 'campaign' })
  expect(data.grain).toBe('week')
  const names = new Set(data.points.map(({ keys }) => textOf(keys[1])))
  expect(names.size).toBe(9)
  expect(names).toContain('other')
  expect(names).toContain('null')
  const days = [...new Set(data.points.map(({ keys }) => textOf(keys[0])))]
  expect(days).toEqual(days.toSorted())
  expect(data.points.reduce((sum, point) => sum + centsOf(point.values[0]), 0n)).toBe(cents(rows))
  const months = await read({ kind: 'line', x: 'day', values: ['reach'], grain: 'month' })
  expect(months.grain).toBe('month')
  expect(months.points[0]?.keys).toEqual([value('2024-01-01')])
  const people = await read({ kind: 'line', x: 'bucket', values: ['rate'], behind: 'reach' })
  expect(people.measures.map(({ column }) => column?.name)).toEqual(['rate', 'reach'])
})

test('stages, flows, overlaps, grids, points and steps are made of all rows or say of how many', async () => {
  const stages = await read({ kind: 'funnel', stages: ['reach', 'bucket'] })
  expect(stages.points).toHaveLength(1)
  expect(stages.points[0]?.values).toEqual(
    [rows.reduce((sum, row) => sum + row.reach, 0), rows.reduce((sum, row) => sum + row.bucket, 0)].map(String),
  )
  const paths = await read({ kind: 'sankey', steps: ['path'], value: 'reach' })
  expect(paths.points.map(({ keys }) => textOf(keys[0]))).toEqual(['[[1, SP]]', '[[1, DSP], [2, SP]]'])
  const sets = await read({ kind: 'overlap', sets: ['dsp', 'sp'] })
  expect(sets.points).toHaveLength(4)
  expect(Number(sets.points.find(({ keys }) => keys.every((key) => textOf(key) === 'true'))?.values[0])).toBe(
    rows.filter(({ dsp, sp }) => dsp && sp).length,
  )
  const grid = await read({ kind: 'heatmap', x: 'bucket', y: 'campaign', value: 'sales' })
  expect(new Set(grid.points.map(({ keys }) => textOf(keys[1]))).size).toBe(33)
  const scattered = await read({ kind: 'scatter', x: 'sales', y: 'reach', label: 'campaign_id', series: 'dsp' })
  expect(scattered).toMatchObject({ drawnCount: 2000, matchingCount: rows.length, isAggregated: false })
  const byId = new Map(rows.map((row) => [row.campaign_id, row]))
  expect(scattered.points.every(({ keys, values }) => byId.get(textOf(keys[0]))?.reach === Number(values[1]))).toBe(
    true,
  )
  const histogram = await read({ kind: 'histogram', x: 'sales' })
  expect(histogram.step).toBe(50)
  const inSecond = rows.filter(({ sales }) => Number(sales) >= 50 && Number(sales) < 100)
  expect(histogram.points[1]).toMatchObject({ keys: [value('50')], rows: inSecond.length })
  expect(histogram.points.reduce((sum: number, point: ChartPoint) => sum + point.rows, 0)).toBe(rows.length)
})

test.each([
  [0, 100, 24, true, 5],
  [0, 1, 24, false, 0.05],
  [3, 3, 24, true, 1],
  [-12, 980_000, 24, true, 50_000],
  [0, 7, 24, true, 1],
])('numbers from %d to %d fall into at most %d round steps', (min, max, most, isWhole, width) => {
  expect(roundWidth(min, max, most, isWhole)).toBeCloseTo(width, 12)
})
