import { createHash } from 'node:crypto'
import {
  type Execution,
  ExecutionStatus,
  getResults,
  type Instance,
  listInstances,
  type Workflow,
} from '@recomamp/contracts'
import { eventually } from '@recomamp/testkit'
import { type Caller, aQuery, ended, run } from '../flows/runs.ts'
import type { Stage } from './stage.ts'

/** A machine may stand still for minutes in a long story. */
export const patienceMs = 600_000

const names = ['Tidewater Trail Shoes', 'Tidewater Kitchen', 'Tidewater Trail Shoes UK', 'Tidewater Tea']
const window = { start: '2026-10-20T00:00:00', end: '2026-10-27T00:00:00', timeZone: 'UTC' }
/** Each run of it has the same rows in the same order, over several parts: only an order makes DuckDB's groups come alike. */
const ordered =
  'SELECT campaign, SUM(impressions) AS impressions\nFROM dsp_impressions\nGROUP BY campaign\nORDER BY campaign'
/** Every tenth run ends badly at Amazon, because its numbers grow beyond what a LONG holds. */
const failing =
  'SELECT campaign, SUM(impressions) * 9000000000000000000 AS impressions\nFROM dsp_impressions\nGROUP BY campaign'
const failingEach = 10
/** What a run may go through more than once: a call that Amazon did not take puts it back into the queue. */
const repeatable: readonly ExecutionStatus[] = ['queued', 'submitting']

/** A run whose true end is known before it begins. */
export interface Started {
  id: Execution['id']
  amcWorkflowId: Execution['amcWorkflowId']
  instance: Instance
  trueEnd: ExecutionStatus
}

/** The rows that a run has when nothing disturbs it. */
export interface Undisturbed {
  id: Execution['id']
  digest: string
}

/** Runs whose ends and rows are known. */
export interface KnownRuns {
  readonly instances: readonly Instance[]
  readonly expected: ReadonlyMap<Instance['id'], Undisturbed>
  /** Begins run number `number`, under that key: as often as it is asked for, once. */
  begin(number: number, key: string): Promise<Started>
}

/** Saves the queries and runs them undisturbed on four instances, to know what each run of them must come to. */
export async function prepareRuns(ana: Caller): Promise<KnownRuns> {
  const instances = await fourInstances(ana)
  const queries = { completed: await aQuery(ana, ordered), failed: await aQuery(ana, failing) }
  return {
    instances,
    expected: await undisturbed(ana, queries.completed, instances),
    async begin(number, key) {
      const instance = instances[number % instances.length]!
      const trueEnd = number % failingEach === failingEach - 1 ? 'failed' : 'completed'
      const what = { instanceId: instance.id, window }
      const { id, amcWorkflowId } = await run(ana, queries[trueEnd], what, { 'idempotency-key': key })
      return { id, amcWorkflowId, instance, trueEnd }
    },
  }
}

function fourInstances(ana: Caller): Promise<Instance[]> {
  return eventually(async () => {
    const { items } = await ana.call(listInstances, { query: { limit: 100 } })
    const found = items.filter(({ name }) => names.includes(name))
    return found.length === names.length && found
  }, patienceMs)
}

async function undisturbed(
  ana: Caller,
  query: Workflow,
  instances: readonly Instance[],
): Promise<Map<Instance['id'], Undisturbed>> {
  const done = new Map<Instance['id'], Undisturbed>()
  for (const { id: instanceId } of instances) {
    const { id } = await ended(ana, await run(ana, query, { instanceId, window }), patienceMs)
    done.set(instanceId, { id, digest: (await digestOf(ana, id)).digest })
  }
  return done
}

/** Over all rows of a result in their order. */
export async function digestOf(ana: Caller, executionId: Execution['id']): Promise<{ digest: string; rows: number }> {
  const { rows } = await ana.call(getResults, { params: { executionId }, query: { limit: 1000 } })
  if (rows.length === 0) throw new Error(`execution ${executionId} has no rows`)
  return { digest: createHash('sha256').update(JSON.stringify(rows)).digest('hex'), rows: rows.length }
}

/** What the database says: the checksums of the stored results, and which changes were told; adds what is not as it must be to
 *  `deviations` and tells how many different checksums there are. */
export async function compareStored(
  stage: Stage,
  started: readonly Started[],
  expected: ReadonlyMap<Instance['id'], Undisturbed>,
  deviations: string[],
): Promise<number> {
  const checksums = await stage.checksums()
  const completed = started.filter(({ trueEnd }) => trueEnd === 'completed')
  for (const { id, instance } of completed)
    if (checksums.get(id) !== checksums.get(expected.get(instance.id)?.id ?? ''))
      deviations.push(`${id} has another checksum`)
  for (const status of ExecutionStatus.options) {
    const told = await stage.told(status)
    for (const { id, trueEnd } of started) {
      const times = told.get(id) ?? 0
      const isRight = status === trueEnd ? times === 1 : times <= 1 || repeatable.includes(status)
      if (!isRight) deviations.push(`${id} was told to be ${status} ${times} times`)
    }
  }
  return new Set(completed.map(({ id }) => checksums.get(id))).size
}
