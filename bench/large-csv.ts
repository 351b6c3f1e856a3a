import { DuckDBInstance } from '@duckdb/node-api'

export const largeRows = 1_000_000

/** The columns of the large result, as AMC declares them (a DECIMAL without its scale, as in its published answers), with DuckDB's type
 *  and the value of row `i`. */
const made = [
  ['campaign_id', 'STRING', 'VARCHAR', "'58' || lpad(cast(hash(i % 4000) % 10000000000000000 as varchar), 16, '0')"],
  ['campaign', 'STRING', 'VARCHAR', "'Campaign ' || (hash(i % 4000) % 900)"],
  ['line_item', 'STRING', 'VARCHAR', "'Line item ' || (hash(i, 1) % 12000)"],
  ['creative', 'STRING', 'VARCHAR', `'Creative ' || (hash(i, 2) % 3000) || if(hash(i, 2) % 20 = 0, ', "new"', '')`],
  ['device_type', 'STRING', 'VARCHAR', "['Phone', 'Tablet', 'PC', 'TV'][1 + cast(hash(i, 3) % 4 as integer)]"],
  ['postal_code', 'STRING', 'VARCHAR', "lpad(cast(hash(i, 4) % 100000 as varchar), 5, '0')"],
  ['region', 'STRING', 'VARCHAR', "'US-' || chr(65 + cast(hash(i, 5) % 26 as integer))"],
  ['day', 'DATE', 'DATE', "date '2026-01-01' + cast(hash(i, 6) % 300 as integer)"],
  [
    'seen',
    'TIMESTAMP',
    'TIMESTAMP',
    "strftime(timestamp '2026-01-01' + to_seconds(cast(hash(i, 7) % 25000000 as bigint)), '%Y-%m-%dT%H:%M:%S.%g')",
  ],
  ['new_to_brand', 'BOOLEAN', 'BOOLEAN', 'hash(i, 8) % 3 = 0'],
  ['impressions', 'LONG', 'BIGINT', 'hash(i, 9) % 1000000'],
  ['clicks', 'LONG', 'BIGINT', 'hash(i, 10) % 5000'],
  ['users', 'LONG', 'BIGINT', 'hash(i, 11) % 90000'],
  ['purchases', 'LONG', 'BIGINT', 'if(hash(i, 12) % 5 = 0, null, hash(i, 12) % 300)'],
  ['cost', 'DECIMAL', 'DECIMAL(18,2)', 'cast((hash(i, 13) % 9000000) / 100.0 as decimal(18,2))'],
  ['sales', 'DECIMAL', 'DECIMAL(18,2)', 'cast((hash(i, 14) % 90000000) / 100.0 as decimal(18,2))'],
  ['supply_cost', 'DECIMAL', 'DECIMAL(18,4)', 'cast((hash(i, 15) % 900000000) / 10000.0 as decimal(18,4))'],
  ['click_rate', 'DOUBLE', 'DOUBLE', '(hash(i, 16) % 1000003) / 1000003.0'],
  ['purchase_rate', 'DOUBLE', 'DOUBLE', '(hash(i, 17) % 999983) / 999983.0'],
  ['hour', 'INTEGER', 'BIGINT', 'hash(i, 18) % 24'],
] as const

/** The declaration that an answer of AMC carries. */
export const outputColumns = made.map(([name, dataType]) => ({
  name,
  dataType,
  columnType: dataType === 'LONG' || dataType === 'DECIMAL' ? 'METRIC' : 'DIMENSION',
}))

/** Writes the CSV of the large result, about 200 MB. */
export async function writeLargeCsv(path: string): Promise<void> {
  const values = made.map(([name, , , value]) => `${value} as ${name}`)
  await withDuckDb((run) =>
    run(`copy (select ${values.join(', ')} from range(${largeRows}) r(i))
         to '${path}' (format csv, header, delimiter ',', quote '"', escape '\\')`),
  )
}

/** Seconds in which DuckDB's own COPY turns the CSV into Parquet, with one thread and the row groups of the product. */
export async function copySeconds(csv: string, target: string): Promise<number> {
  const types = made.map(([name, , type]) => `'${name}': '${type}'`)
  const source = `read_csv('${csv}', columns = {${types.join(', ')}}, header = true, auto_detect = false, delim = ',', quote = '"', escape = '\\')`
  let seconds = 0
  await withDuckDb(async (run) => {
    const began = performance.now()
    await run(
      `copy (select * from ${source}) to '${target}' (format parquet, compression uncompressed, row_group_size 20480)`,
    )
    seconds = (performance.now() - began) / 1000
  })
  return seconds
}

async function withDuckDb(work: (run: (sql: string) => Promise<unknown>) => Promise<unknown>): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1', memory_limit: '256MB' })
  try {
    const connection = await instance.connect()
    await work((sql) => connection.run(sql))
    connection.closeSync()
  } finally {
    instance.closeSync()
  }
}
