import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AmcOutputColumn } from '@recomamp/amc-wire'
import { ExecutionId, Problem, type ResultFilter, type ResultSort } from '@recomamp/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openFolderStore } from '#platform/files/folder-store.ts'
import { type HeldResult, openResultStore, type ResultStore } from './result-store.ts'

/** More than a heap of the best rows holds, so that deep pages go by the band of values in which they lie. */
const rowCount = 60_000

interface Row {
  id: string
  name: string | null
  n: number | null
  cost: string
  day: string
  same: string
}

/** Rows with repeated values, NULLs, and ids whose digits a number would lose. */
const rows: Row[] = Array.from({ length: rowCount }, (_, at) => {
  const mixed = (at * 2_654_435_761) % 4_294_967_296
  return {
    id: `58${String(mixed * 1_000_003).padStart(16, '0')}`,
    name: mixed % 11 === 0 ? null : `Campaign ${mixed % 700}`,
    n: mixed % 5 === 0 ? null : (mixed % 90_001) - 45_000,
    cost: `${Math.floor(mixed / 7) % 9000}.${String(mixed % 100).padStart(2, '0')}`,
    day: `2026-0${1 + (mixed % 9)}-1${mixed % 10}`,
    same: 'x',
  }
})

let dataDir: string
let store: ResultStore
let result: HeldResult

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'arranged-'))
  store = openResultStore(openFolderStore(join(dataDir, 'results')))
  const id = ExecutionId.parse(crypto.randomUUID())
  const path = join(await store.makeRoom(id), '0.csv')
  const lines = rows.map(({ id: one, name, n, cost, day, same }) => [one, name ?? '', n ?? '', cost, day, same].join())
  await writeFile(path, `id,name,n,cost,day,same\n${lines.join('\n')}\n`)
  const columns = [
    column('id', 'STRING'),
    column('name', 'STRING'),
    column('n', 'LONG'),
    { ...column('cost', 'DECIMAL'), precision: 18, scale: 2 },
    column('day', 'DATE'),
    column('same', 'STRING'),
  ]
  const stored = await store.keep(id, [{ path, loneBackslash: false }], columns, {
    filtered: null,
    reason: null,
    users: null,
  })
  result = { id, layout: stored.layout, rowCount: stored.rowCount }
})

afterAll(async () => {
  await store.close()
  await rm(dataDir, { recursive: true, force: true })
})

function column(name: string, dataType: string): AmcOutputColumn {
  return { name, dataType, columnType: 'DIMENSION', precision: null, scale: null }
}

function page(
  offset: number,
  limit: number,
  arranged: { sort?: ResultSort[]; filters?: ResultFilter[]; columns?: string[] },
) {
  const { sort = [], filters = [], columns = null } = arranged
  return store.readPage(result, offset, limit, { sort, filters, columns })
}

const valueOf: Record<keyof Row, (row: Row) => string | number | null> = {
  id: (row) => row.id,
  name: (row) => row.name,
  n: (row) => row.n,
  cost: (row) => Number(row.cost),
  day: (row) => row.day,
  same: (row) => row.same,
}

/** The order that the API promises: NULL last, equal keys as AMC gave them. */
function sorted(given: Row[], sort: ResultSort[]): Row[] {
  return given.toSorted((a, b) => {
    for (const { column: name, direction } of sort) {
      const read = valueOf[name as keyof Row]
      const [left, right] = [read(a), read(b)]
      if (left === right) continue
      if (left === null) return 1
      if (right === null) return -1
      return left < right === (direction === 'asc') ? -1 : 1
    }
    return 0
  })
}

const places = [0, 150, 19_990, 30_000, 45_123, 47_950, 54_500, 59_950, 60_000]

test.each([
  [[{ column: 'id', direction: 'asc' }]],
  [[{ column: 'name', direction: 'desc' }]],
  [[{ column: 'n', direction: 'asc' }]],
  [[{ column: 'n', direction: 'desc' }]],
  [[{ column: 'same', direction: 'asc' }]],
  [
    [
      { column: 'day', direction: 'desc' },
      { column: 'cost', direction: 'asc' },
    ],
  ],
] satisfies ResultSort[][][])(
  'every page of the result sorted by %j holds the rows that belong there',
  async (sort) => {
    const expected = sorted(rows, sort).map(({ id }) => [id])
    for (const offset of places) {
      const found = await page(offset, 100, { sort, columns: ['id'] })
      expect(found.rows).toEqual(expected.slice(offset, offset + 100))
      expect(found.matching).toBe(rowCount)
    }
  },
)

const filtered: [ResultFilter, (row: Row) => boolean][] = [
  [{ column: 'name', operator: 'contains', value: 'CAMPAIGN 7' }, ({ name }) => name?.includes('Campaign 7') ?? false],
  [{ column: 'name', operator: 'equals', value: 'Campaign 7' }, ({ name }) => name === 'Campaign 7'],
  [{ column: 'name', operator: 'not-equals', value: 'Campaign 7' }, ({ name }) => name !== 'Campaign 7'],
  [{ column: 'name', operator: 'is-null' }, ({ name }) => name === null],
  [{ column: 'n', operator: 'greater', value: '100.5' }, ({ n }) => n !== null && n > 100.5],
  [{ column: 'n', operator: 'at-most', value: '-1e3' }, ({ n }) => n !== null && n <= -1000],
  [{ column: 'n', operator: 'is-not-null' }, ({ n }) => n !== null],
  [{ column: 'cost', operator: 'less', value: '17.255' }, ({ cost }) => Number(cost) < 17.255],
  [{ column: 'cost', operator: 'at-least', value: '8990' }, ({ cost }) => Number(cost) >= 8990],
  [{ column: 'day', operator: 'at-least', value: '2026-08-01' }, ({ day }) => day >= '2026-08-01'],
  [{ column: 'name', operator: 'contains', value: `' or 1=1 --` }, () => false],
]

test.each(filtered)(
  'the filter %j leaves the rows for which it holds, in their order and sorted',
  async (filter, holds) => {
    const left = rows.filter(holds)
    const sort: ResultSort[] = [{ column: 'cost', direction: 'desc' }]
    const inOrder = sorted(left, sort)
    for (const offset of [0, Math.floor(left.length / 2), Math.max(0, left.length - 30)]) {
      const plain = await page(offset, 50, { filters: [filter], columns: ['id'] })
      expect(plain.matching).toBe(left.length)
      expect(plain.rows).toEqual(left.slice(offset, offset + 50).map(({ id }) => [id]))
      const arranged = await page(offset, 50, { filters: [filter], sort, columns: ['id'] })
      expect(arranged.rows).toEqual(inOrder.slice(offset, offset + 50).map(({ id }) => [id]))
    }
  },
)

test('columns are answered in the order in which they were named', async () => {
  const { rows: found } = await page(7, 1, { columns: ['day', 'id'] })
  expect(found).toEqual([[rows[7]?.day, rows[7]?.id]])
})

test.each([
  [{ filters: [{ column: 'nothing', operator: 'is-null' }] }, 'no column nothing'],
  [{ sort: [{ column: 'row_number', direction: 'asc' }] }, 'no column row_number'],
  [{ columns: ['id", (select 1) as "x'] }, 'no column'],
  [{ filters: [{ column: 'n', operator: 'contains', value: '1' }] }, 'n holds numbers'],
  [{ filters: [{ column: 'n', operator: 'less', value: 'many' }] }, 'a number such as'],
  [{ filters: [{ column: 'day', operator: 'less', value: '2026-02-31' }] }, 'a day such as'],
] satisfies [Parameters<typeof page>[2], string][])('%j is refused in words', async (arranged, words) => {
  const refusal: unknown = await page(0, 10, arranged).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(Problem)
  expect(refusal).toMatchObject({ type: 'results-query-refused', message: expect.stringContaining(words) })
})

test('the statistics of a column count, sum and find the most frequent values exactly', async () => {
  const numbers = rows.flatMap(({ n }) => (n === null ? [] : [n]))
  const statistics = await store.readStatistics(result, 'n', [])
  expect(statistics).toMatchObject({
    count: rowCount,
    nulls: rowCount - numbers.length,
    distinct: new Set(numbers).size,
    min: String(numbers.reduce((a, b) => Math.min(a, b))),
    max: String(numbers.reduce((a, b) => Math.max(a, b))),
    sum: String(numbers.reduce((a, b) => a + b, 0)),
  })
  expect(Number(statistics.mean)).toBeCloseTo(numbers.reduce((a, b) => a + b, 0) / numbers.length, 6)
  expect(statistics.histogram).toHaveLength(20)
  expect(statistics.histogram.reduce((sum, { count }) => sum + count, 0)).toBe(numbers.length)

  const names = await store.readStatistics(result, 'name', [{ column: 'n', operator: 'less', value: '-44000' }])
  const left = rows.filter(({ n }) => n !== null && n < -44_000)
  expect(names).toMatchObject({ count: left.length, sum: null, mean: null, histogram: [] })
  const counts = Map.groupBy(
    left.filter(({ name }) => name !== null),
    ({ name }) => name,
  )
  const most = [...counts.values()].map((group) => group.length).toSorted((a, b) => b - a)
  expect(names.top.map(({ count }) => count)).toEqual(most.slice(0, 20))

  const costs = await store.readStatistics(result, 'cost', [])
  const cents = rows.reduce((sum, { cost }) => sum + BigInt(cost.replace('.', '')), 0n)
  expect(costs.sum?.replace('.', '')).toBe(String(cents))
})
