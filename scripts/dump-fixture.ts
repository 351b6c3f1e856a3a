import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as api from '@recomamp/contracts'
import { eventually, startWorld } from '@recomamp/testkit'
import { sql } from 'kysely'
import rootPackage from '../package.json' with { type: 'json' }

/**
 * Writes the data of a small lived-in installation of this version to apps/server/migrations/fixtures/<version>.sql. Later versions
 * load it and must migrate it without loss. Run once per release: `node scripts/dump-fixture.ts`.
 */
await using world = await startWorld({ database: 'embedded' })
const ana = await world.signIn('ana')
await world.signIn('ben')
const instance = await eventually(async () =>
  (await ana.call(api.listInstances, {})).items.find(({ name }) => name === 'Tidewater Kitchen'),
)
for (const template of (await ana.call(api.listQueryTemplates, {})).items) {
  const params = { templateId: template.id }
  const workflow = await ana.call(api.createWorkflowFromTemplate, { params, body: { instanceId: instance.id } })
  const body = { version: workflow.version, instanceId: instance.id, values: workflow.current.values }
  const run = await ana.call(api.executeWorkflow, { params: { workflowId: workflow.id }, body })
  await eventually(async () => {
    const { status } = await ana.call(api.getExecutionStatus, { params: { executionId: run.id } })
    return api.isFinal(status)
  }, 60_000)
}

const { db } = world.server().ctx
const applied = await sql<{ number: number }>`select max(number) as number from schema_migrations`.execute(db)
// In the order in which foreign keys allow them to be filled.
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
]
const lines = [
  `-- The data of a lived-in installation of ${rootPackage.version}. migrations: ${String(applied.rows[0]?.number)}`,
]
for (const table of tables) {
  const { rows } = await sql<{ row: string }>`select to_jsonb(t)::text as row from ${sql.table(table)} t`.execute(db)
  const overriding = table === 'events' ? ' overriding system value' : ''
  for (const { row } of rows)
    lines.push(`insert into ${table}${overriding} select * from jsonb_populate_record(null::${table}, ${quoted(row)});`)
}
const folder = join(import.meta.dirname, '../apps/server/migrations/fixtures')
mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, `${rootPackage.version}.sql`), `${lines.join('\n')}\n`)

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
