/** A value as a DuckDB literal. Numbers keep their digits; text is quoted; arrays become lists. */
export function literal(value: string | number | bigint | boolean | null | readonly (string | number)[]): string {
  if (value === null) return 'NULL'
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`
  if (typeof value === 'object') return `[${value.map(literal).join(', ')}]`
  return String(value)
}

type Cell = Parameters<typeof literal>[0]

/** CREATE TABLE for a small table of facts, temporary without a schema in its name; `columns` gives names with their types. */
export function factTable(
  name: string,
  columns: Readonly<Record<string, string>>,
  rows: readonly (readonly Cell[])[],
): string {
  const names = Object.keys(columns)
  const casts = Object.entries(columns).map(([column, type]) => `${column}::${type} AS ${column}`)
  const values = rows.map((row) => `(${row.map(literal).join(', ')})`)
  return `CREATE ${name.includes('.') ? '' : 'TEMP '}TABLE ${name} AS SELECT ${casts.join(', ')} FROM (VALUES ${values.join(', ')}) t(${names.join(', ')})`
}

/** A list of hours, each repeated by its share, so that a uniform number picks an hour by its share. */
export function repeatByShare(shares: readonly number[]): number[] {
  return shares.flatMap((share, at) => Array.from({ length: share }, () => at))
}
