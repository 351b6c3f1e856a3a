import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ExecutionId } from '@recomamp/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openFolderStore } from '#platform/files/folder-store.ts'
import type { MatchedWanted } from './compare-results.ts'
import { type HeldResult, openResultStore, type ResultStore } from './result-store.ts'

let dataDir: string
let store: ResultStore

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'compared-'))
  store = openResultStore(openFolderStore(join(dataDir, 'results')))
})
afterAll(async () => {
  await store.close()
  await rm(dataDir, { recursive: true, force: true })
})

const types: Record<string, [dataType: string, columnType: 'DIMENSION' | 'METRIC']> = {
  campaign: ['STRING', 'DIMENSION'],
  bucket: ['LONG', 'DIMENSION'],
  reach: ['LONG', 'METRIC'],
  cost: ['DOUBLE', 'METRIC'],
  label: ['STRING', 'METRIC'],
}

/** A stored result with these lines. */
async function stored(header: string, lines: readonly string[], text: readonly string[] = []): Promise<HeldResult> {
  const id = ExecutionId.parse(crypto.randomUUID())
  const path = join(await store.makeRoom(id), '0.csv')
  await writeFile(path, `${[header, ...lines].join('\n')}\n`)
  const columns = header.split(',').map((name) => {
    const [dataType, columnType] = types[name] ?? ['STRING', 'DIMENSION']
    return { name, dataType: text.includes(name) ? 'STRING' : dataType, columnType, precision: null, scale: null }
  })
  const none = { filtered: null, reason: null, users: null }
  const { layout, rowCount } = await store.keep(id, [{ path, loneBackslash: false }], columns, none)
  return { id, layout, rowCount }
}

const changed: MatchedWanted = { kind: 'changed', sort: null, direction: 'size', least: 0, offset: 0, limit: 100 }

describe('two results, row by row', () => {
  const header = 'campaign,bucket,reach,cost'
  const before = ['A,1,100,10.5', 'A,2,200,20', 'B,1,0,5', 'C,1,7,7', ',1,3,3']
  const after = ['C,1,7,7', 'A,1,150,10.5', 'A,2,199,10', 'B,1,4,5', 'D,1,1,1', ',1,6,3']

  test('rows match by the dimensions, whatever their order and also where a key is NULL; each is in one kind', async () => {
    const page = await store.compare(await stored(header, before), await stored(header, after), null, changed)
    expect(page.counts).toEqual({ changed: 4, added: 1, removed: 0, same: 1 })
    expect(page.isUnique).toBe(true)
    expect(page.columns.map((column) => column.isKey)).toEqual([true, true, false, false])
    expect(page.rows).toEqual([
      { before: ['A', '1', '100', '10.5'], after: ['A', '1', '150', '10.5'], changes: [null, null, 0.5, 0] },
      { before: ['A', '2', '200', '20.0'], after: ['A', '2', '199', '10.0'], changes: [null, null, -0.005, -0.5] },
      // From nothing there is no relative change.
      { before: ['B', '1', '0', '5.0'], after: ['B', '1', '4', '5.0'], changes: [null, null, null, 0] },
      { before: [null, '1', '3', '3.0'], after: [null, '1', '6', '3.0'], changes: [null, null, 1, 0] },
    ])
  })

  test('a count that AMC gives as a dimension is compared, not matched by, where the rows are told apart without it', async () => {
    const [one, two] = [
      await stored('campaign,bucket', ['A,1', 'B,2']),
      await stored('campaign,bucket', ['A,5', 'B,2']),
    ]
    const page = await store.compare(one, two, null, changed)
    expect(page.columns.map((column) => column.isKey)).toEqual([true, false])
    expect(page.counts).toEqual({ changed: 1, added: 0, removed: 0, same: 1 })
    // It tells rows apart here.
    const three = await stored('campaign,bucket', ['A,1', 'A,2'])
    expect((await store.compare(three, one, null, changed)).counts).toEqual({
      changed: 0,
      added: 1,
      removed: 1,
      same: 1,
    })
    const alone = await store.compare(await stored('bucket', ['1']), await stored('bucket', ['2']), null, changed)
    expect(alone.counts).toEqual({ changed: 0, added: 1, removed: 1, same: 0 })
  })

  test('rows are ordered by the change of a column, small ones are hidden, and pages follow each other', async () => {
    const [one, two] = [await stored(header, before), await stored(header, after)]
    const reach = async (wanted: Partial<MatchedWanted>) => {
      const page = await store.compare(one, two, null, { ...changed, sort: 'reach', ...wanted })
      return { reach: page.rows.map((row) => row.changes[2]), matching: page.matching }
    }
    expect(await reach({})).toEqual({ reach: [1, 0.5, -0.005, null], matching: 4 })
    expect(await reach({ direction: 'down' })).toEqual({ reach: [-0.005, 0.5, 1, null], matching: 4 })
    expect(await reach({ least: 0.6 })).toEqual({ reach: [1, null], matching: 2 })
    expect(await reach({ offset: 1, limit: 2 })).toEqual({ reach: [0.5, -0.005], matching: 4 })
    const added = await store.compare(one, two, null, { ...changed, kind: 'added' })
    expect(added).toMatchObject({ matching: 1, rows: [{ before: null, after: ['D', '1', '1', '1.0'] }] })
    const removed = await store.compare(two, one, null, { ...changed, kind: 'removed' })
    expect(removed).toMatchObject({ matching: 1, rows: [{ before: ['D', '1', '1', '1.0'], after: null }] })
    await expect(reach({ sort: 'nothing' })).rejects.toMatchObject({ type: 'results-query-refused' })
    await expect(store.compare(one, two, ['nothing'], changed)).rejects.toMatchObject({ type: 'results-query-refused' })
  })

  test('keys that name no single row match in their order, and say so; without a key whole results do', async () => {
    const [one, two] = [await stored(header, before), await stored(header, after)]
    const byCampaign = await store.compare(one, two, ['campaign'], changed)
    expect(byCampaign.isUnique).toBe(false)
    expect(byCampaign.counts).toMatchObject({ added: 1, removed: 0 })
    const totals = await store.compare(await stored('reach', ['5']), await stored('reach', ['6']), null, changed)
    expect(totals).toMatchObject({ isUnique: false, counts: { changed: 1 }, rows: [{ changes: [0.2] }] })
  })

  test('columns that are kept in different types are compared by what they say, and those of one result are left out', async () => {
    const one = await stored('campaign,bucket,reach', ['A,1,10', 'B,2,20'], ['bucket'])
    const two = await stored('campaign,bucket,reach,label', ['A,1,10,x', 'B,2,21,y'])
    const page = await store.compare(one, two, null, changed)
    expect(page.counts).toEqual({ changed: 1, added: 0, removed: 0, same: 1 })
    expect(page.columns.map((column) => column.after.name)).toEqual(['campaign', 'bucket', 'reach'])
  })
})
