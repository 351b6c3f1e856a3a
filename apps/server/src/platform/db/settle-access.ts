import type { Log } from '#platform/log/log.ts'
import { migrationLock, type Migration } from './migrate.ts'
import type { OpenedDatabase, RawSql } from './open-database.ts'

/** Roles that hosted databases offer to browsers and give rights on every new table, as Supabase does. */
const strangers = ['anon', 'authenticated']

/**
 * Lets the role of the server at the tables of these migrations, and nobody else: where migrations run as another role, the server's gets
 * what it needs and no more, and what a hosted database gave to everybody is taken back. Each start does it, since a migration makes tables.
 * Says when the policies of migration 0019 do not hold, because the server's role is one that PostgreSQL never checks.
 */
export async function settleAccess(
  database: OpenedDatabase,
  migrations: readonly Migration[],
  log: Log,
): Promise<void> {
  if (database.kind === 'embedded') return
  const server = await database.serverRole()
  await database.transaction(async (sql) => {
    await sql.query('select pg_advisory_xact_lock($1)', [migrationLock])
    const known = await sql.query('select rolname from pg_roles where rolname = any ($1)', [strangers])
    const others = ['public', ...known.map((row) => quoted(String(row['rolname'])))].join(', ')
    const [admin] = await sql.query('select current_user as name')
    const isOther = admin?.['name'] !== server.name
    for (const table of await present(sql, tablesOf(migrations))) {
      await sql.query(`revoke all on table ${table.name} from ${others}`)
      if (isOther)
        await sql.query(`grant select, insert, update, delete on table ${table.name} to ${quoted(server.name)}`)
    }
    if (isOther) await sql.query(`revoke insert, update, delete on table schema_migrations from ${quoted(server.name)}`)
  })
  if (server.isExempt)
    log.warn(
      { role: server.name },
      'row-level security does not hold for the role of DATABASE_URL: it is a superuser or has BYPASSRLS; give the server a role of its own',
    )
}

/** The names of the tables that migrations make. */
export function tablesOf(migrations: readonly Migration[]): string[] {
  const made = migrations.flatMap(({ sql }) => [...sql.matchAll(/^create table (\w+)/gm)].map(([, name]) => name ?? ''))
  const dropped = new Set(
    migrations.flatMap(({ sql }) => [...sql.matchAll(/^drop table (\w+)/gm)].map(([, name]) => name)),
  )
  return ['schema_migrations', ...made.filter((name) => !dropped.has(name))]
}

async function present(sql: RawSql, names: readonly string[]): Promise<{ name: string }[]> {
  const rows = await sql.query('select name from unnest($1::text[]) name where to_regclass(name) is not null', [names])
  return rows.map((row) => ({ name: quoted(String(row['name'])) }))
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
