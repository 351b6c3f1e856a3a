import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as api from '@recomamp/contracts'
import { eventually, startWorld } from '@recomamp/testkit'
import { dumpData } from '@recomamp/server'
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
/** Enough for every kind of row, and few enough to be read by people. */
const analyses = 5
const { items } = await ana.call(api.listQueryTemplates, { query: { limit: analyses } })
for (const template of items) {
  const params = { templateId: template.id }
  const workflow = await ana.call(api.createWorkflowFromTemplate, { params, body: { instanceId: instance.id } })
  const body = { version: workflow.version, instanceId: instance.id, values: workflow.current.values }
  const run = await ana.call(api.executeWorkflow, { params: { workflowId: workflow.id }, body })
  await eventually(async () => {
    const { status } = await ana.call(api.getExecutionStatus, { params: { executionId: run.id } })
    return api.isFinal(status)
  }, 60_000)
}

const folder = join(import.meta.dirname, '../apps/server/migrations/fixtures')
mkdirSync(folder, { recursive: true })
const { version } = rootPackage
writeFileSync(join(folder, `${version}.sql`), await dumpData(world.server().ctx.db, version))
