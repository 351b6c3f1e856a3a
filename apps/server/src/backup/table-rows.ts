import type { RawSql } from '#platform/db/open-database.ts'

/** Rows that are written and read at once: enough to be quick, few enough for any row. */
const atOnce = 500

/** Tables in an order in which each comes after those that its foreign keys lead to. */
export async function inOrder(sql: RawSql, tables: readonly string[]): Promise<string[]> {
  const keys = await sql.query(`
    select conrelid::regclass::text as "from", confrelid::regclass::text as "to" from pg_constraint
    where contype = 'f' and conrelid <> confrelid`)
  const needs = Map.groupBy(keys, (key) => String(key['from']))
  const ordered: string[] = []
  const place = (table: string): void => {
    if (ordered.includes(table) || !tables.includes(table)) return
    for (const key of needs.get(table) ?? []) place(String(key['to']))
    ordered.push(table)
  }
  for (const table of tables.toSorted()) place(table)
  return ordered
}

/** Instants and numbers have one spelling each in what follows. */
export async function spellAlike(sql: RawSql): Promise<void> {
  await sql.script(`set local timezone to 'UTC'; set local extra_float_digits to 1; set local datestyle to 'ISO'`)
}

/** Every row of a table as a line of JSON, which no number is read from on the way. */
export async function* rowsOf(sql: RawSql, table: string): AsyncGenerator<string> {
  await sql.script(`declare rows cursor for select to_jsonb(t)::text as row from ${table} t`)
  for (;;) {
    const rows = await sql.query(`fetch ${atOnce} from rows`)
    for (const { row } of rows) yield String(row)
    if (rows.length < atOnce) break
  }
  await sql.script('close rows')
}

/** How many rows there are, and a number that changes when any of them does. */
export async function fingerprintOf(sql: RawSql, table: string): Promise<{ rows: number; fingerprint: string }> {
  const [found] = await sql.query(`
    select count(*) as rows, coalesce(sum(('x' || left(md5(to_jsonb(t)::text), 15))::bit(60)::bigint), 0)::text as fingerprint
    from ${table} t`)
  return { rows: Number(found?.['rows']), fingerprint: String(found?.['fingerprint']) }
}

/** Puts lines of JSON into a table, ids that the database would give included, and lets it go on behind the last of them. */
export async function fill(sql: RawSql, table: string, lines: AsyncIterable<string>): Promise<void> {
  let batch: string[] = []
  const put = async (): Promise<void> => {
    if (batch.length > 0)
      await sql.query(
        `insert into ${table} overriding system value
          select filled.* from jsonb_array_elements($1::jsonb) line, jsonb_populate_record(null::${table}, line) filled`,
        [`[${batch.join(',')}]`],
      )
    batch = []
  }
  for await (const line of lines) {
    batch.push(line)
    if (batch.length === atOnce) await put()
  }
  await put()
  const identities = await sql.query(
    `select attname as name from pg_attribute where attrelid = '${table}'::regclass and attidentity <> ''`,
  )
  for (const { name } of identities)
    await sql.query(
      `select setval(pg_get_serial_sequence('${table}', '${String(name)}'), greatest(coalesce(max(${String(name)}), 0), 1)) from ${table}`,
    )
}
