import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'

/** A DuckDB in memory that can read and write the folders that it is given and nothing else, and whose settings cannot be changed any more. */
export interface DuckDbSession {
  /** Every cell as text, null or what DuckDB's client makes of another type: ask for text. `values` fill the `?` of the statement. */
  rows(sql: string, values?: readonly string[]): Promise<unknown[][]>
  /** As `rows`, some thousand at a time, for what must not be in memory at once. */
  chunks(sql: string): AsyncIterable<unknown[][]>
  run(sql: string): Promise<void>
  close(): void
}

/** Opens a session that is confined to `folder` and `further` ones. One thread and a low limit keep a long conversion near 100 MB;
 *  `memory_limit` alone does not bound the process. */
export async function openDuckDb(
  folder: string,
  limits: { threads: number; memoryLimit: string },
  further: readonly string[] = [],
): Promise<DuckDbSession> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(limits.threads),
    memory_limit: limits.memoryLimit,
    temp_directory: `${folder}/.spill`,
  })
  const connection = await instance.connect()
  const allowed = [folder, ...further].map((one) => literal(`${one}/`))
  await connection.run(`set allowed_directories = [${allowed.join(', ')}]`)
  await connection.run('set parquet_metadata_cache = true')
  await connection.run('set enable_external_access = false')
  await connection.run('set lock_configuration = true')
  connection.closeSync()
  return {
    rows: (sql, values = []) =>
      withConnection(instance, async (one) => (await one.runAndReadAll(sql, [...values])).getRows()),
    chunks: (sql) => chunksOf(instance, sql),
    run: (sql) =>
      withConnection(instance, async (one) => {
        await one.run(sql)
      }),
    close: () => instance.closeSync(),
  }
}

async function* chunksOf(instance: DuckDBInstance, sql: string): AsyncGenerator<unknown[][]> {
  const connection = await instance.connect()
  try {
    const result = await connection.stream(sql)
    for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk())
      yield chunk.getRows()
  } finally {
    connection.closeSync()
  }
}

/** A connection of its own per statement, so that pages are read side by side. */
async function withConnection<T>(instance: DuckDBInstance, work: (connection: DuckDBConnection) => Promise<T>) {
  const connection = await instance.connect()
  try {
    return await work(connection)
  } finally {
    connection.closeSync()
  }
}

/** A text as an SQL literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** A name as a quoted SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
