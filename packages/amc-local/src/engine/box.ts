import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import type { AttachedFile } from './protocol.ts'

export interface BoxConnection {
  connection: DuckDBConnection
  close(): void
}

/**
 * A locked-down DuckDB. Everything that reaches outside is switched off after the data is there, and the switches are locked: a
 * query can read neither files nor the network nor change a setting, even when a text got past the language's own checks.
 */
export async function openLocked(
  prepare: (connection: DuckDBConnection) => Promise<void>,
  settings: Readonly<Record<string, string>> = {},
): Promise<DuckDBInstance> {
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: '1GB',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    ...settings,
  })
  const connection = await instance.connect()
  try {
    await prepare(connection)
    await connection.run(`SET GLOBAL TimeZone = 'UTC'`)
    // DuckDB 1.5.6 ends with an internal error in it where a filter on ROW_NUMBER stands over a join or a union.
    await connection.run(`SET GLOBAL disabled_optimizers = 'top_n_window_elimination'`)
    await connection.run('SET enable_external_access = false')
    await connection.run('SET lock_configuration = true')
  } catch (error) {
    connection.closeSync()
    instance.closeSync()
    throw error
  }
  connection.closeSync()
  return instance
}

/** One such DuckDB over files, for all queries that read no other. */
class Box {
  readonly #instance: DuckDBInstance
  #connections = 0
  #retired = false

  private constructor(instance: DuckDBInstance) {
    this.#instance = instance
  }

  static async open(files: Iterable<AttachedFile>, spillFolder: string): Promise<Box> {
    const attach = async (connection: DuckDBConnection) => {
      for (const { database, file } of files)
        await connection.run(`ATTACH '${file.replaceAll("'", "''")}' AS ${database} (READ_ONLY)`)
    }
    return new Box(await openLocked(attach, { temp_directory: spillFolder }))
  }

  async connect(): Promise<BoxConnection> {
    this.#connections += 1
    const connection = await this.#instance.connect()
    const close = () => {
      connection.closeSync()
      this.#connections -= 1
      this.#closeWhenUnused()
    }
    return { connection, close }
  }

  /** Takes no further queries; closes with the last one that runs. */
  retire(): void {
    this.#retired = true
    this.#closeWhenUnused()
  }

  #closeWhenUnused(): void {
    if (this.#retired && this.#connections === 0) this.#instance.closeSync()
  }
}

/**
 * The box that queries run in. A locked box cannot attach a further file, so a query that reads one moves everybody to a new box
 * with all files so far; queries that still run end in the old one.
 */
export class Boxes {
  readonly #spillFolder: string
  #files: ReadonlyMap<string, AttachedFile>
  #current: Box
  /** Queries enter one after the other, so that none enters a box that has just been retired. */
  #last: Promise<unknown> = Promise.resolve()

  private constructor(base: AttachedFile, spillFolder: string, box: Box) {
    this.#files = new Map([[base.database, base]])
    this.#spillFolder = spillFolder
    this.#current = box
  }

  static async open(base: AttachedFile, spillFolder: string): Promise<Boxes> {
    return new Boxes(base, spillFolder, await Box.open([base], spillFolder))
  }

  /** A connection that sees the base and these files; close it when the query has ended. */
  async connect(files: readonly AttachedFile[]): Promise<BoxConnection> {
    const entered = this.#last.then(async () => {
      await this.#hold(files)
      return this.#current.connect()
    })
    // A file that cannot be opened must not stand in the way of queries that do not read it.
    this.#last = entered.catch(() => undefined)
    return entered
  }

  async #hold(files: readonly AttachedFile[]): Promise<void> {
    if (files.every(({ database }) => this.#files.has(database))) return
    const all = new Map([...this.#files, ...files.map((file) => [file.database, file] as const)])
    const box = await Box.open(all.values(), this.#spillFolder)
    this.#current.retire()
    this.#current = box
    this.#files = all
  }

  /** Once every connection is closed. */
  close(): void {
    this.#current.retire()
  }
}
