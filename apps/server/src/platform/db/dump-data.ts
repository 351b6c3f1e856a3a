import { sql } from 'kysely'
import type { Db } from './tables.ts'

/** In the order in which foreign keys allow them to be filled; sign-ins that have only begun are not worth keeping. */
const tables = [
  'users',
  'workspaces',
  'workspace_members',
  'sessions',
  'connections',
  'amc_accounts',
  'amc_instances',
  'query_templates',
  'workflows',
  'workflow_versions',
  'workflow_drafts',
  'workflow_executions',
  'idempotency_keys',
  'events',
] as const

/** All rows as SQL that fills an empty database of the same migrations; the first line says how many these are. Small databases only. */
export async function dumpData(db: Db, version: string): Promise<string> {
  const applied = await sql<{ number: number }>`select max(number) as number from schema_migrations`.execute(db)
  const lines = [`-- The data of an installation of ${version}. migrations: ${String(applied.rows[0]?.number)}`]
  for (const table of tables) {
    const { rows } = await sql<{ row: string }>`select to_jsonb(t)::text as row from ${sql.table(table)} t`.execute(db)
    const into = table === 'events' ? `${table} overriding system value` : table
    for (const { row } of rows)
      lines.push(`insert into ${into} select * from jsonb_populate_record(null::${table}, ${quoted(row)});`)
  }
  return `${lines.join('\n')}\n`
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
