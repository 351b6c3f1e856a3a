import { join } from 'node:path'
import type { CustomParameter, Diagnostic, OutputColumn, ParameterValues } from '@recomamp/amc-sql'
import { lower, type LowerOptions } from '@recomamp/amc-sql/lower'
import { dataFilePath, ensureDataFile, ensureFamilyFile } from './engine/data-file.ts'
import type { AttachedFile, LocalValue } from './engine/protocol.ts'
import { openQueryConnection, type QueryConnection } from './engine/query-connection.ts'
import { familyOf, localSchema, neverZero, type Family } from './generate/families.ts'

export interface LocalQuery {
  sql: string
  /** UTC, `YYYY-MM-DDTHH:MM:SS`, the end exclusive. */
  window: { start: string; end: string }
  parameterValues?: ParameterValues
  customParameters?: readonly CustomParameter[]
  /** null switches the privacy rules off, as on a sandbox instance. */
  privacy: LowerOptions['privacy']
}

export type LocalResult =
  | { ok: false; diagnostics: Diagnostic[] }
  | { ok: true; columns: OutputColumn[]; batches: AsyncIterable<LocalValue[][]> }

export interface LocalEngine {
  /** Resolves when queries can run, on most tables at once; rejects when the data could not be built. */
  ready: Promise<void>
  isReady(): boolean
  /** First day without data, `YYYY-MM-DD`. */
  endDay: string
  /** The DuckDB file with ad traffic and conversions, for programs that read it themselves. */
  file(): string
  /**
   * Runs one AMC query on the synthetic data; waits for the data, which for rarer tables is made when a query first reads them. A query that the language refuses is a value with diagnostics; a
   * query that is stopped or fails rejects with LocalQueryError, an aborted one with the signal's reason. Read the batches to their
   * end, or leave the loop: until then the query holds memory, at most until its time limit.
   */
  run(query: LocalQuery, options?: { signal?: AbortSignal; timeLimitMs?: number }): Promise<LocalResult>
  close(): Promise<void>
}

const defaultTimeLimitMs = 60_000

/**
 * An AMC of synthetic data in this process: the same options give the same rows in every process. Returns at once; the data is
 * built in a thread of its own when its file is not there yet. `small` covers the 92 days before the end day, Amazon's sandbox 13
 * months; `large` covers 13 months with five million DSP impressions.
 */
export function openLocalEngine(options: {
  folder: string
  seed?: number
  size?: 'small' | 'large'
  /** First day without data, `YYYY-MM-DD`; the current day in UTC by default. */
  endDay?: string
}): LocalEngine {
  const dataOptions = {
    folder: options.folder,
    seed: options.seed ?? 1,
    size: options.size ?? 'small',
    endDay: options.endDay ?? new Date().toISOString().slice(0, 10),
  }
  const schema = localSchema()
  const closing = new AbortController()
  let connection: QueryConnection | null = null

  const open = async (): Promise<QueryConnection> => {
    const file = await ensureDataFile(dataOptions, closing.signal)
    const base = { database: databaseOf(null), file }
    connection = await openQueryConnection({ base, spillFolder: join(options.folder, 'spill') })
    return connection
  }
  const building = new Map<Family, Promise<string>>()
  const attachedFile = async (family: Family): Promise<AttachedFile> => {
    const file = building.get(family) ?? ensureFamilyFile(dataOptions, family, closing.signal)
    building.set(family, file)
    try {
      return { database: databaseOf(family), file: await file }
    } finally {
      building.delete(family)
    }
  }
  const opening = open()
  const ready = opening.then(() => undefined)
  // Whoever waits on `ready` or runs a query gets the error; with nobody waiting it must not end the process.
  ready.catch(() => undefined)

  return {
    ready,
    isReady: () => connection !== null,
    endDay: dataOptions.endDay,
    file: () => dataFilePath(dataOptions),
    async run(query, { signal, timeLimitMs = defaultTimeLimitMs } = {}) {
      const { sql, ...lowering } = query
      const lowered = lower(sql, { schema, neverZero, databaseOf: (table) => databaseOf(familyOf(table)), ...lowering })
      if (!lowered.ok) return lowered
      const opened = await opening
      const families = new Set(lowered.tables.map(familyOf).filter((family) => family !== null))
      const files = await unlessAborted(Promise.all([...families].map(attachedFile)), signal)
      const batches = await opened.execute(lowered.sql, { signal, timeLimitMs, files })
      return { ok: true, columns: lowered.columns, batches }
    },
    async close() {
      closing.abort(new Error('The local engine is closed'))
      await opening.then(
        (opened) => opened.close(),
        () => undefined,
      )
      await Promise.allSettled(building.values())
      connection = null
    },
  }
}

function databaseOf(family: Family | null): string {
  return family === null ? 'synthetic' : `synthetic_${family}`
}

/** The outcome of work that goes on for others when this caller's signal is aborted. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work
  signal.throwIfAborted()
  const { promise, reject } = Promise.withResolvers<never>()
  const stop = () => reject(signal.reason)
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await Promise.race([work, promise])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
