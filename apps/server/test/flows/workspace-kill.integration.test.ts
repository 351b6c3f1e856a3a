import { link, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import * as api from '@recomamp/contracts'
import {
  databaseKinds,
  eventually,
  freshDataDir,
  openTestDatabase,
  signInAt,
  startServerProcess,
} from '@recomamp/testkit'
import { Client } from 'pg'
import { expect, test } from 'vitest'
import { aQuery, ended, run } from './runs.ts'

/** So many runs with a file each that their removal lasts long enough to be killed in the middle. */
const runs = 6000

test.runIf(databaseKinds.includes('postgresql'))(
  'the removal of a workspace that is killed twice is finished by a worker, files before their rows',
  { timeout: 600_000 },
  async () => {
    const dataDir = await freshDataDir()
    const database = await openTestDatabase(dataDir, 'postgresql')
    const client = new Client({ connectionString: database.superUrl ?? '' })
    await client.connect()
    const settings = { DATA_DIR: dataDir, LOG_LEVEL: 'warn', ...database.env }
    const servers = [await startServerProcess(settings)]
    const count = async (from: string) =>
      Number((await client.query<{ count: string }>(`select count(*) as count from ${from}`)).rows[0]?.count)
    const files = async () => (await readdir(join(dataDir, 'results'))).filter((name) => name.endsWith('.parquet'))
    try {
      const ana = await signInAt(servers[0]!.url, 'ana')
      const { id } = await ended(ana, await run(ana, await aQuery(ana)))
      const { rows: columns } = await client.query<{ name: string }>(`select column_name as name
        from information_schema.columns where table_name = 'workflow_executions' and column_name not in ('id', 'amc_execution_id')`)
      const names = columns.map(({ name }) => name).join(', ')
      const { rows: made } = await client.query<{ id: string }>(`
        insert into workflow_executions (id, ${names}) select gen_random_uuid(), ${names}
        from workflow_executions, generate_series(1, ${runs}) returning id`)
      const folder = join(dataDir, 'results')
      for (const run of made) await link(join(folder, `${id}.parquet`), join(folder, `${run.id}.parquet`))
      const { workspace } = await ana.call(api.getCurrentUser, {})
      await ana.call(api.deleteWorkspace, { body: { name: workspace.name } })
      for (const part of [1, 2]) {
        const from = await count('workflow_executions')
        await eventually(async () => (await count('workflow_executions')) < from, 180_000)
        await servers.at(-1)?.stop('SIGKILL')
        const left = await count('workflow_executions')
        expect([left > 0, await count('workspaces where deleted_at is not null')], String(part)).toEqual([true, 1])
        expect((await files()).length).toBeLessThanOrEqual(left)
        servers.push(await startServerProcess({ ...settings, ROLE: 'worker', EMULATOR: 'off' }))
      }
      await eventually(async () => (await count('workspaces')) === 0, 180_000)
      expect([await files(), await count('audit_log'), await count('users')]).toEqual([[], 0, 0])
    } finally {
      for (const server of servers) await server.stop('SIGKILL')
      await client.end()
      await database.drop()
      await rm(dataDir, { recursive: true, force: true })
    }
  },
)
