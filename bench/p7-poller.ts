import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { signInAt } from '@recomamp/testkit'
import { Client } from 'pg'
import { onPostgres, type Place, waitForInstances } from './database.ts'
import { atMost, type Figure } from './figure.ts'
import {
  amcExecutionIdOf,
  amcInstanceIdOf,
  instances,
  isCancelledLater,
  isPendingAtFirst,
  type ListService,
  openPerInstance,
  pagesNeeded,
  startListService,
} from './p7-amc.ts'
import { cpuSeconds, freePort, type Started, startUntil, stop } from './processes.ts'

const root = join(import.meta.dirname, '..')
const roundSeconds = 15
const rounds = 4
const what = `poller, ${instances * openPerInstance} open executions on ${instances} instances`

/** P7: open executions watched at an AMC that answers after 50 ms, on PostgreSQL. */
export function measurePoller(): Promise<Figure[]> {
  return onPostgres('P7', what, measureOn)
}

async function measureOn(place: Place): Promise<Figure[]> {
  await using amc = await startListService(await freePort())
  const delayFile = join(place.env['DATA_DIR'] ?? '', 'loop-delay.json')
  const env = {
    ...place.env,
    EXECUTION_POLL_INTERVAL_SECONDS: String(roundSeconds),
    AMAZON_CLIENT_ID: 'bench',
    AMAZON_CLIENT_SECRET: 'bench',
    AMAZON_ADS_API_URL: amc.url,
    AMAZON_TOKEN_URL: `${amc.url}/token`,
    LOG_LEVEL: 'error',
    BENCH_LOOP_DELAY_FILE: delayFile,
  }
  const database = new Client({ connectionString: place.databaseUrl })
  const start = () => {
    const preload = ['--import', join(import.meta.dirname, 'p7-loop-delay.ts')]
    return startUntil('ready ', process.execPath, [...preload, join(root, 'apps/server/src/main.ts')], { env })
  }
  const first = await start()
  await signInAt(`http://127.0.0.1:${place.port}`, 'ana')
  await database.connect()
  try {
    await waitForInstances(database)
    await stop(first.process)
    await seed(database)
    const app = await start()
    try {
      return await watch(app, amc, database, delayFile)
    } finally {
      await stop(app.process)
    }
  } finally {
    await stop(first.process)
    await database.end()
  }
}

async function watch(app: Started, amc: ListService, database: Client, delayFile: string): Promise<Figure[]> {
  const pid = app.process.pid ?? 0
  // Each execution begins with a time of its own, as if all had been sent one by one.
  await wait(roundSeconds * 2000)
  amc.takeCalls()
  await loopDelay(app, delayFile)
  const [cpu, began] = [cpuSeconds(pid), performance.now()]
  await wait(roundSeconds * 1000 * rounds)
  const calls = amc.takeCalls()
  const seconds = (performance.now() - began) / 1000
  const cores = (cpuSeconds(pid) - cpu) / seconds
  const quiet = await loopDelay(app, delayFile)
  amc.change()
  const changed = performance.now()
  while (!(await allSeen(database))) {
    if (performance.now() - changed > 120_000) throw new Error('the changes were not seen within two minutes')
    await wait(500)
  }
  const seenIn = (performance.now() - changed) / 1000 / roundSeconds
  const busy = await loopDelay(app, delayFile)
  const perRound = calls / (seconds / roundSeconds)
  return [
    atMost('P7', `${what}, rounds until all changes were seen`, seenIn, 2, ''),
    atMost('P7', 'poller, calls a round against the pages needed', perRound / pagesNeeded, 1.1, ' ×'),
    atMost('P7', 'poller, CPU of the server', cores, 0.5, ' cores'),
    atMost('P7', 'poller, event loop delay p99', Math.max(quiet.p99, busy.p99), 50, ' ms'),
  ]
}

async function allSeen(database: Client): Promise<boolean> {
  const { rows } = await database.query<{ amc_execution_id: string; status: string }>(
    'select amc_execution_id, status from workflow_executions',
  )
  return rows.every(({ amc_execution_id: id, status }) => {
    const run = Number(id.split('-').at(-1))
    return status === (isCancelledLater(run) ? 'cancelled' : 'running')
  })
}

async function loopDelay(app: Started, file: string): Promise<{ p99: number; max: number }> {
  app.process.kill('SIGUSR2')
  await wait(500)
  return JSON.parse(readFileSync(file, 'utf8')) as { p99: number; max: number }
}

/** Puts every instance and execution where the one connection that was signed in can reach them, at Amazon in place of the sandbox. */
async function seed(database: Client): Promise<void> {
  const runs = Array.from({ length: instances }, (_, instance) =>
    Array.from({ length: openPerInstance }, (_each, run) => ({
      amc_instance_id: amcInstanceIdOf(instance),
      amc_execution_id: amcExecutionIdOf(instance, run),
      status: isPendingAtFirst(run) ? 'pending' : 'running',
    })),
  ).flat()
  if (runs.filter((_, at) => isCancelledLater(at % openPerInstance)).length === 0)
    throw new Error('nothing will change')
  await database.query(`update connections set provider = 'amazon', access_token_expires_at = now() + interval '1 day'`)
  await database.query(
    `insert into amc_instances (id, workspace_id, account_id, connection_id, amc_instance_id, name, amc_name, type, added_by, discovered_at, created_at, updated_at)
     select gen_random_uuid(), a.workspace_id, a.id, a.connection_id, i.name, i.name, i.name, 'STANDARD', 'hand', now(), now(), now()
     from (select * from amc_accounts order by id limit 1) a,
       (select distinct r->>'amc_instance_id' as name from jsonb_array_elements($1::jsonb) r) i`,
    [JSON.stringify(runs)],
  )
  await database.query(`
    insert into workflows (id, workspace_id, user_id, name, sql_query, created_at, updated_at)
      select gen_random_uuid(), m.workspace_id, m.user_id, 'Bench', 'select 1', now(), now() from workspace_members m;
    insert into workflow_versions (id, workspace_id, workflow_id, version, name, sql_query, parameters, parameter_values, saved_by, saved_at)
      select gen_random_uuid(), workspace_id, id, 1, name, sql_query, '[]', '{}', user_id, now() from workflows;`)
  await database.query(
    `insert into workflow_executions (id, workspace_id, workflow_id, workflow_version, instance_id, requested_by, status, amc_status,
       amc_execution_id, amc_workflow_id, request, template, source_map, window_start, window_end, time_zone, parameter_values,
       privacy_filtering_behavior, requested_at, submitted_at, expires_at, next_attempt_at, updated_at)
     select gen_random_uuid(), w.workspace_id, w.id, 1, i.id, w.user_id, r->>'status', upper(r->>'status'), r->>'amc_execution_id', 'bench',
       '{}', 'select 1', '{"fills":[]}', '2026-11-01T00:00:00', '2026-11-08T00:00:00', 'UTC', '{}', 'REMOVE_ROWS',
       now() - interval '1 hour', now() - interval '1 hour', now() + interval '1 day',
       now() + random() * interval '${roundSeconds} seconds', now()
     from jsonb_array_elements($1::jsonb) r join amc_instances i on i.amc_instance_id = r->>'amc_instance_id', workflows w`,
    [JSON.stringify(runs)],
  )
  await database.query('analyze')
}
