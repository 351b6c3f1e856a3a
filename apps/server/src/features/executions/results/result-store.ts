import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { AmcOutputColumn } from '@recomamp/amc-wire'
import type { ExecutionId } from '@recomamp/contracts'
import { convertResult, type Part } from './convert-result.ts'
import { type DuckDbSession, identifier, literal, openDuckDb } from './duckdb-session.ts'
import { cellText } from './duckdb-types.ts'
import type { LayoutColumn, PrivacyColumns, ResultLayout } from './result-layout.ts'
import { rowNumberField } from './result-layout.ts'

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

/** Rows of a page with what AMC says about filtering in each. */
export interface StoredPage {
  rows: (string | null)[][]
  marks: ({ reason: string | null; users: string | null } | null)[]
}

/** The file of a stored result is not there any more: removed by hand, or the folder is another one. */
export class ResultGone extends Error {
  override readonly name = 'ResultGone'

  constructor(options: ErrorOptions) {
    super('The file of this result is gone', options)
  }
}

/** The folder of result files, one Parquet file per execution, and the only code that opens them. */
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
  /** Rows from `offset`, every cell as exact text; throws ResultGone when the store has no file of this execution. */
  readPage(id: ExecutionId, layout: ResultLayout, offset: number, limit: number): Promise<StoredPage>
  close(): Promise<void>
}

const previewRows = 10

/** The store in `<dataDir>/results`; made on first use. */
export function openResultStore(dataDir: string): ResultStore {
  const folder = join(dataDir, 'results')
  const fileOf = (id: ExecutionId) => join(folder, `${id}.parquet`)
  const roomOf = (id: ExecutionId) => join(folder, '.incoming', id)
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
        const { rows: preview } = await page(duck, unfinished, layout, 0, previewRows)
        const checksum = await checksumOf(unfinished)
        await putInPlace(unfinished, fileOf(id), folder)
        const { size } = await stat(fileOf(id))
        return { layout, ...counts, bytes: size, checksum, preview }
      } finally {
        duck.close()
        await rm(roomOf(id), { recursive: true, force: true })
      }
    },
    async readPage(id, layout, offset, limit) {
      try {
        return await page(await readingSession(), fileOf(id), layout, offset, limit)
      } catch (error) {
        // Looked for only now: a look before each page would cost more than it tells.
        throw existsSync(fileOf(id)) ? error : new ResultGone({ cause: error })
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

async function page(
  duck: DuckDbSession,
  file: string,
  layout: ResultLayout,
  offset: number,
  limit: number,
): Promise<StoredPage> {
  const cells = layout.map((column) => cellText(identifier(column.field), column.stored))
  const row = identifier(rowNumberField)
  // A range of numbers instead of OFFSET: DuckDB then opens the one row group that holds it.
  const found = await duck.rows(
    `select ${cells.join(', ')} from read_parquet(${literal(file)})
     where ${row} >= ${offset} and ${row} < ${offset + limit} order by ${row}`,
  )
  return {
    rows: found.map((cellsOfRow) =>
      layout.flatMap((column, at) => (column.purpose === 'value' ? [text(cellsOfRow[at])] : [])),
    ),
    marks: layout.some((column) => column.purpose === 'filtered')
      ? found.map((cellsOfRow) => markOf(layout, cellsOfRow))
      : [],
  }
}

function markOf(layout: ResultLayout, cells: readonly unknown[]) {
  const valueOf = (purpose: LayoutColumn['purpose']) =>
    text(cells[layout.findIndex((column) => column.purpose === purpose)])
  if (valueOf('filtered')?.toLowerCase() !== 'true') return null
  return { reason: valueOf('reason'), users: valueOf('users') }
}

function text(cell: unknown): string | null {
  // Every column is asked for as text.
  return typeof cell === 'string' ? cell : null
}

async function checksumOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
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
