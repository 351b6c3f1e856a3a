import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { AmcOutputColumn } from '@recomamp/amc-wire'
import {
  type ChartDescription,
  type ColumnStatistics,
  ExecutionId,
  Problem,
  type ResultFilter,
  type ResultSort,
} from '@recomamp/contracts'
import type { FileStore } from '#platform/files/file-store.ts'
import { idsOfNames } from '#platform/files/ids-of-names.ts'
import { chartData, type DrawnPoints } from './chart-data.ts'
import { columnStatistics } from './column-statistics.ts'
import { type Matched, type MatchedWanted, readMatched } from './compare-results.ts'
import { openComparisons } from './comparisons.ts'
import { convertResult, type Part } from './convert-result.ts'
import { type DuckDbSession, identifier, literal, openDuckDb } from './duckdb-session.ts'
import { findRows } from './find-rows.ts'
import { readNumbered, readRange, type StoredPage } from './read-rows.ts'
import type { PrivacyColumns, ResultLayout } from './result-layout.ts'
import { type BoundSql, conditionOf, requireColumn, sortKeysOf } from './result-query.ts'

/** What is known of a result once its file stands in the store. */
export interface StoredResult {
  layout: ResultLayout
  rowCount: number
  /** Rows in which AMC blanked a value; null when it was not asked to say. */
  filteredRowCount: number | null
  bytes: number
  /** SHA-256 of the file, in hex. */
  checksum: string
  preview: (string | null)[][]
}

/** What is asked of a stored result beside a place in it. */
export interface Arrangement {
  sort: readonly ResultSort[]
  filters: readonly ResultFilter[]
  /** Names of the columns to answer; null for all. */
  columns: readonly string[] | null
}

/** The file of a stored result is not there any more: removed by hand, or the folder is another one. */
export class ResultGone extends Error {
  override readonly name = 'ResultGone'

  constructor(options: ErrorOptions) {
    super('The file of this result is gone', options)
  }
}

/** A result that the store keeps. */
export interface HeldResult {
  id: ExecutionId
  layout: ResultLayout
  rowCount: number
}

export interface ArrangedPage extends StoredPage {
  /** Rows that the filters leave. */
  matching: number
}

export interface ComparedPage extends Pick<Matched, 'columns' | 'isUnique' | 'counts'> {
  matching: number
  rows: { before: (string | null)[] | null; after: (string | null)[] | null; changes: (number | null)[] }[]
}

/** The folder of result files, one Parquet file per execution, and the only code that opens them. Reading throws ResultGone
 *  when there is no file of the execution. */
export interface ResultStore {
  /** A new folder for the parts of one download; what an earlier attempt left behind is removed. */
  makeRoom(id: ExecutionId): Promise<string>
  /** Converts the parts in their order and puts the file in its place, all of it or nothing; empties the room. */
  keep(
    id: ExecutionId,
    parts: readonly Part[],
    declared: readonly AmcOutputColumn[],
    privacy: PrivacyColumns,
  ): Promise<StoredResult>
  /** Rows from `offset`, every cell as exact text. */
  readPage(result: HeldResult, offset: number, limit: number, arranged?: Arrangement): Promise<ArrangedPage>
  readStatistics(
    result: HeldResult,
    column: string,
    filters: readonly ResultFilter[],
  ): Promise<Omit<ColumnStatistics, 'column'>>
  /** The points of a chart, put together from all rows that the filters leave. */
  readChart(result: HeldResult, chart: ChartDescription, filters: readonly ResultFilter[]): Promise<DrawnPoints>
  /** A page of the rows of two results, matched by keys; the columns are those that both have. */
  compare(
    before: HeldResult,
    after: HeldResult,
    keys: readonly string[] | null,
    wanted: MatchedWanted,
  ): Promise<ComparedPage>
  /** Hands the whole of a result, for a FROM, to `work` in a session of its own that can also write into `folder`. */
  readWhole(
    result: HeldResult,
    folder: string,
    work: (duck: DuckDbSession, from: string) => Promise<void>,
  ): Promise<void>
  /** Removes everything of an execution; nothing happens where there is nothing. */
  remove(id: ExecutionId): Promise<void>
  /** The executions of which there is something, some hundreds at a time: files, and what downloads have left behind. */
  present(): AsyncIterable<readonly ExecutionId[]>
  /** The executions of which this process or this machine alone holds something beside the files. */
  heldHere(): AsyncIterable<readonly ExecutionId[]>
  /** Drops what this process and this machine alone hold of an execution. */
  dropHere(id: ExecutionId): Promise<void>
  close(): Promise<void>
}

const previewRows = 10
const countsKept = 200
const unarranged: Arrangement = { sort: [], filters: [], columns: null }

/** The store over these files; made on first use. */
export function openResultStore(files: FileStore): ResultStore {
  const { folder } = files
  const nameOf = (id: ExecutionId) => `${id}.parquet`
  const fileOf = (id: ExecutionId) => files.pathOf(nameOf(id))
  const roomOf = (id: ExecutionId) => join(folder, '.incoming', id)
  const counted = new Map<string, number>()
  const comparisons = openComparisons(folder, fileOf)
  let reader: Promise<DuckDbSession> | null = null

  async function openedReader(): Promise<DuckDbSession> {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return openDuckDb(folder, { threads: 2, memoryLimit: '256MB' })
  }

  function readingSession(): Promise<DuckDbSession> {
    reader ??= openedReader().catch((error: unknown) => {
      reader = null
      throw error
    })
    return reader
  }

  /** Reads a file; whether it is here at all is looked for only after a failure: a look before each page would cost more than it tells. */
  async function reading<T>(id: ExecutionId, read: (duck: DuckDbSession, file: string) => Promise<T>): Promise<T> {
    files.used(nameOf(id))
    const duck = await readingSession()
    try {
      return await read(duck, fileOf(id))
    } catch (error) {
      if (error instanceof Problem || existsSync(fileOf(id))) throw error
      if (!(await files.fetch(nameOf(id)))) throw new ResultGone({ cause: error })
      return read(duck, fileOf(id))
    }
  }

  /** A filter is counted once and not again for each of its pages: a stored result never changes. */
  async function matchingRows(duck: DuckDbSession, from: string, { text, values }: BoundSql): Promise<number> {
    const key = JSON.stringify([from, text, values])
    let count = counted.get(key)
    if (count === undefined) {
      const [found] = await duck.rows(`select cast(count(*) as varchar) from ${from} where ${text}`, values)
      count = Number(found?.[0])
      counted.set(key, count)
      for (const oldest of counted.keys()) if (counted.size > countsKept) counted.delete(oldest)
    }
    return count
  }

  return {
    async makeRoom(id) {
      await rm(roomOf(id), { recursive: true, force: true })
      const room = join(roomOf(id), randomUUID())
      await mkdir(room, { recursive: true, mode: 0o700 })
      return room
    },
    async keep(id, parts, declared, privacy) {
      const unfinished = join(roomOf(id), `${randomUUID()}.parquet`)
      // A session of its own: closing it gives its memory back.
      const duck = await openDuckDb(folder, { threads: 1, memoryLimit: '256MB' })
      try {
        const layout = await convertResult(duck, parts, declared, privacy, unfinished)
        const counts = await countRows(duck, unfinished, layout)
        const { rows: preview } = await readRange(duck, unfinished, layout, 0, previewRows)
        const checksum = await checksumOf(unfinished)
        const { size } = await stat(unfinished)
        await files.keep(nameOf(id), unfinished)
        return { layout, ...counts, bytes: size, checksum, preview }
      } finally {
        duck.close()
        await rm(roomOf(id), { recursive: true, force: true })
      }
    },
    readPage: (result, offset, limit, arranged = unarranged) =>
      reading(result.id, async (duck, file) => {
        const { layout, rowCount } = result
        const shown = shownColumns(layout, arranged.columns)
        const condition = conditionOf(layout, arranged.filters)
        const keys = sortKeysOf(layout, arranged.sort)
        if (arranged.filters.length === 0 && keys.length === 0)
          return { ...(await readRange(duck, file, shown, offset, limit)), matching: rowCount }
        const from = `read_parquet(${literal(file)})`
        const matching = arranged.filters.length === 0 ? rowCount : await matchingRows(duck, from, condition)
        const numbers =
          offset < matching ? await findRows(duck, { from, condition, keys, matching, offset, limit }) : []
        return { ...(await readNumbered(duck, file, shown, numbers)), matching }
      }),
    readStatistics: ({ id, layout }, column, filters) =>
      reading(id, (duck, file) => {
        const condition = conditionOf(layout, filters)
        return columnStatistics(duck, `read_parquet(${literal(file)})`, requireColumn(layout, column), condition)
      }),
    readChart: ({ id, layout }, chart, filters) =>
      reading(id, (duck, file) =>
        chartData(duck, `read_parquet(${literal(file)})`, layout, conditionOf(layout, filters), chart),
      ),
    compare: async (before, after, keys, wanted) =>
      reading(before.id, (duck) =>
        reading(after.id, async () => {
          const matched = await comparisons.match(before, after, keys)
          const { rows, matching } = await readMatched(duck, matched, wanted)
          const { columns, isUnique, counts } = matched
          const cellsOf = async ({ id }: HeldResult, side: 'before' | 'after') => {
            const numbers = rows.flatMap((row) => row[side] ?? [])
            const layout = columns.map((column) => column[side])
            const page = await readNumbered(duck, fileOf(id), layout, numbers)
            return new Map(numbers.map((number, at) => [number, page.rows[at] ?? []]))
          }
          const [cellsBefore, cellsAfter] = await Promise.all([cellsOf(before, 'before'), cellsOf(after, 'after')])
          return {
            columns,
            isUnique,
            counts,
            matching,
            rows: rows.map((row) => ({
              before: row.before === null ? null : (cellsBefore.get(row.before) ?? null),
              after: row.after === null ? null : (cellsAfter.get(row.after) ?? null),
              changes: row.changes,
            })),
          }
        }),
      ),
    async readWhole({ id }, target, work) {
      if (!(await files.fetch(nameOf(id)))) throw new ResultGone({})
      // One thread keeps the order of the rows and the memory low.
      const duck = await openDuckDb(folder, { threads: 1, memoryLimit: '256MB' }, [target])
      try {
        await work(duck, `read_parquet(${literal(fileOf(id))})`)
      } finally {
        duck.close()
      }
    },
    async remove(id) {
      await rm(roomOf(id), { recursive: true, force: true })
      await files.remove(nameOf(id))
      await comparisons.forget(id)
    },
    async *present() {
      for await (const names of files.pages()) yield idsOf(names)
      yield idsOf(await readdir(join(folder, '.incoming')).catch(() => []))
    },
    async *heldHere() {
      for await (const names of files.copies()) yield idsOf(names)
      yield comparisons.compared()
    },
    async dropHere(id) {
      await files.dropCopy(nameOf(id))
      await comparisons.forget(id)
    },
    async close() {
      const opened = await reader
      opened?.close()
      await comparisons.close()
    },
  }
}

const idsOf = (names: readonly string[]): ExecutionId[] => idsOfNames(ExecutionId, names)

async function countRows(duck: DuckDbSession, file: string, layout: ResultLayout) {
  const filtered = layout.find((column) => column.purpose === 'filtered')
  const isFiltered = filtered === undefined ? 'false' : `try_cast(${identifier(filtered.field)} as boolean)`
  const [counts = []] = await duck.rows(
    `select cast(count(*) as varchar), cast(count(*) filter (${isFiltered}) as varchar) from read_parquet(${literal(file)})`,
  )
  return { rowCount: Number(counts[0]), filteredRowCount: filtered === undefined ? null : Number(counts[1]) }
}

/** The columns to read: those that were named, in that order, and what AMC says about filtering. */
function shownColumns(layout: ResultLayout, names: readonly string[] | null): ResultLayout {
  if (names === null) return layout
  return [...names.map((name) => requireColumn(layout, name)), ...layout.filter((column) => column.purpose !== 'value')]
}

async function checksumOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  // One buffer for all of the file: a new one for each piece would have the whole heap collected several times over.
  const buffer = Buffer.allocUnsafe(1_048_576)
  const file = await open(path)
  try {
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length)
      if (bytesRead === 0) return hash.digest('hex')
      hash.update(buffer.subarray(0, bytesRead))
    }
  } finally {
    await file.close()
  }
}
