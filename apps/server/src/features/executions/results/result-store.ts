import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { AmcOutputColumn } from '@recomamp/amc-wire'
import {
  type ColumnStatistics,
  type ExecutionId,
  Problem,
  type ResultFilter,
  type ResultSort,
} from '@recomamp/contracts'
import { columnStatistics } from './column-statistics.ts'
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
  /** Hands the whole of a result, for a FROM, to `work` in a session of its own that can also write into `folder`. */
  readWhole(
    result: HeldResult,
    folder: string,
    work: (duck: DuckDbSession, from: string) => Promise<void>,
  ): Promise<void>
  close(): Promise<void>
}

const previewRows = 10
const countsKept = 200
const unarranged: Arrangement = { sort: [], filters: [], columns: null }

/** The store in `<dataDir>/results`; made on first use. */
export function openResultStore(dataDir: string): ResultStore {
  const folder = join(dataDir, 'results')
  const fileOf = (id: ExecutionId) => join(folder, `${id}.parquet`)
  const roomOf = (id: ExecutionId) => join(folder, '.incoming', id)
  const counted = new Map<string, number>()
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

  /** Reads a file; whether it is there at all is looked for only after a failure: a look before each page would cost more than it tells. */
  async function reading<T>(id: ExecutionId, read: (duck: DuckDbSession, file: string) => Promise<T>): Promise<T> {
    try {
      return await read(await readingSession(), fileOf(id))
    } catch (error) {
      throw error instanceof Problem || existsSync(fileOf(id)) ? error : new ResultGone({ cause: error })
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
        await putInPlace(unfinished, fileOf(id), folder)
        const { size } = await stat(fileOf(id))
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
    async readWhole({ id }, target, work) {
      if (!existsSync(fileOf(id))) throw new ResultGone({})
      // One thread keeps the order of the rows and the memory low.
      const duck = await openDuckDb(folder, { threads: 1, memoryLimit: '256MB' }, [target])
      try {
        await work(duck, `read_parquet(${literal(fileOf(id))})`)
      } finally {
        duck.close()
      }
    },
    async close() {
      const opened = await reader
      opened?.close()
    },
  }
}

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
  await pipeline(createReadStream(path, { highWaterMark: 1_048_576 }), hash)
  return hash.digest('hex')
}

/** On disk before its name is: after a crash the name stands for the whole file or does not exist. */
async function putInPlace(from: string, to: string, folder: string): Promise<void> {
  await flush(from)
  await rename(from, to)
  await flush(folder)
}

async function flush(path: string): Promise<void> {
  const handle = await open(path)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
