import type { RawSql } from './open-database.ts'

/** The schema as the catalogue views tell it, ordered by name and equal on both databases: for reviewers, never run. */
export async function printSchema(sql: RawSql): Promise<string> {
  const columns = await sql.query(`
    select c.relname as table_name, a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as required,
      case a.attidentity when 'a' then 'generated always as identity' else pg_get_expr(d.adbin, d.adrelid) end as filled
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where c.relkind = 'r'
    order by c.relname collate "C", a.attname collate "C"`)
  const constraints = await sql.query(`
    select c.relname as table_name, k.conname as name, pg_get_constraintdef(k.oid) as text
    from pg_constraint k
    join pg_class c on c.oid = k.conrelid
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
    where k.contype in ('p', 'u', 'f', 'c')
    order by c.relname collate "C", k.conname collate "C"`)
  const indexes = await sql.query(`
    select c.relname as table_name, i.relname as name, pg_get_indexdef(x.indexrelid) as text
    from pg_index x
    join pg_class i on i.oid = x.indexrelid
    join pg_class c on c.oid = x.indrelid
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
    where not exists (select 1 from pg_constraint k where k.conindid = x.indexrelid and k.contype in ('p', 'u'))
    order by c.relname collate "C", i.relname collate "C"`)
  const security = await sql.query(`
    select c.relname as table_name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
    where c.relkind = 'r' and c.relrowsecurity`)
  const policies = await sql.query(`
    select c.relname as table_name, p.polname as name, pg_get_expr(p.polqual, p.polrelid) as condition
    from pg_policy p
    join pg_class c on c.oid = p.polrelid
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
    order by c.relname collate "C", p.polname collate "C"`)
  const tables = [...new Set(columns.map((column) => String(column['table_name'])))]
  const of = (rows: readonly Record<string, unknown>[], table: string) =>
    rows.filter((row) => row['table_name'] === table)
  const printed = tables.map((table) => {
    const lines = [
      ...of(columns, table).map(columnLine),
      ...of(constraints, table).map((row) => `  constraint ${String(row['name'])} ${String(row['text'])}`),
    ]
    const after = [
      ...of(indexes, table).map((row) => `${String(row['text'])};`),
      ...of(security, table).map((row) => `alter table ${table} ${securityOf(row)};`),
      ...of(policies, table).map(
        (row) =>
          `create policy ${String(row['name'])} on ${table} using ${String(row['condition']).replaceAll(/\s+/g, ' ')};`,
      ),
    ]
    return [`create table ${table} (`, lines.join(',\n'), ');', ...after].join('\n')
  })
  return `-- Printed from the database by "npm run schema", for reviewers; the migrations make it.\n\n${printed.join('\n\n')}\n`
}

function securityOf(row: Record<string, unknown>): string {
  return row['forced'] === true ? 'enable row level security, force row level security' : 'enable row level security'
}

function columnLine(row: Record<string, unknown>): string {
  const { filled } = row
  const source = typeof filled !== 'string' ? '' : filled.startsWith('generated') ? ` ${filled}` : ` default ${filled}`
  return `  ${String(row['name'])} ${String(row['type'])}${row['required'] === true ? ' not null' : ''}${source}`
}
