import {
  type ExecutionSummary,
  type InstanceId,
  type Workflow,
  ExecutionId,
  TimeWindow,
  createWorkflowFromTemplate,
  executeWorkflow,
  getQueryTemplate,
  getResults,
  getWorkflow,
  isFinal,
  listExecutions,
} from '@recomamp/contracts'
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { call } from '#platform/api.ts'
import { type KnownKind, type KnownValue, inventories, readKnown } from './known-values.ts'

/** More than somebody picks from; who has more pastes ids. */
const mostRows = 5000
const rowsPerPage = 1000
/** So far back is looked for a result that has the values. */
const mostRuns = 20

/** What an instance has of a kind, and where that is known from. */
export interface KnownValues {
  /** The latest stored result that tells them; null where there is none. */
  source: (ReadValues & { run: ExecutionSummary }) | null
  /** The latest run of the orientation query, however it stands. */
  latest: ExecutionSummary | null
}

interface ReadValues {
  values: KnownValue[]
  /** The result has more rows than are read. */
  isCut: boolean
}

export const knownValueQueries = {
  /** Under the executions, so that news of a run renews it. */
  of: (kind: KnownKind, instanceId: InstanceId) =>
    queryOptions({
      queryKey: ['executions', 'known-values', kind, instanceId],
      queryFn: ({ signal, client }) => findKnown(client, kind, instanceId, signal),
      staleTime: 60_000,
      refetchInterval: ({ state }) => (state.data?.latest != null && !isFinal(state.data.latest.status) ? 2000 : false),
    }),
}

async function findKnown(
  client: QueryClient,
  kind: KnownKind,
  instanceId: InstanceId,
  signal: AbortSignal,
): Promise<KnownValues> {
  const query = { templateId: inventories[kind].template, instanceId, limit: mostRuns }
  const { items } = await call(listExecutions, { query, signal })
  const runs = items.filter(({ dryRun }) => !dryRun)
  for (const run of runs) {
    if (run.status !== 'completed' || run.rowCount === 0 || run.resultsRemovedAt !== null) continue
    // A stored result never changes.
    const read = await client.fetchQuery({
      queryKey: ['known-values', kind, run.id],
      queryFn: () => readResult(kind, run.id),
      staleTime: Infinity,
    })
    if (read !== null) return { source: { run, ...read }, latest: runs[0] ?? null }
  }
  return { source: null, latest: runs[0] ?? null }
}

/** Null for the result of a query that somebody made another one of, and for one that is no longer kept. */
async function readResult(kind: KnownKind, executionId: ExecutionId): Promise<ReadValues | null> {
  const rows: (string | null)[][] = []
  for (;;) {
    const page = await call(getResults, { params: { executionId }, query: { offset: rows.length, limit: rowsPerPage } })
    rows.push(...page.rows)
    const isCut = rows.length >= mostRows && rows.length < page.rowCount
    if (!isCut && page.rows.length > 0 && rows.length < page.rowCount) continue
    const values = readKnown(kind, page.columns, rows)
    return values === null ? null : { values, isCut }
  }
}

/** Runs the orientation query on an instance, by the query that was made of its template before, else by a new one. */
export async function runInventory(kind: KnownKind, instanceId: InstanceId, now: Date): Promise<void> {
  const templateId = inventories[kind].template
  const template = await call(getQueryTemplate, { params: { templateId }, query: {} })
  const before = await call(listExecutions, { query: { templateId, limit: 1 } })
  const made = await unchanged(before.items[0], template.sqlTemplate)
  const query = made ?? (await call(createWorkflowFromTemplate, { params: { templateId }, body: { instanceId } }))
  const { days, endsDaysAgo } = template.window ?? { days: 28, endsDaysAgo: 2 }
  const day = (ago: number) => `${new Date(now.getTime() - ago * 86_400_000).toISOString().slice(0, 10)}T00:00:00`
  await call(executeWorkflow, {
    params: { workflowId: query.id },
    headers: {},
    body: {
      id: ExecutionId.parse(crypto.randomUUID()),
      version: query.version,
      instanceId,
      values: {},
      window: TimeWindow.parse({ start: day(days + endsDaysAgo), end: day(endsDaysAgo), timeZone: 'UTC' }),
      privacyFilteringBehavior: 'REMOVE_VALUES',
    },
  })
}

/** The query of a run, where it is still there and says what the template says. */
async function unchanged(run: ExecutionSummary | undefined, text: string): Promise<Workflow | null> {
  if (run === undefined) return null
  const query = await call(getWorkflow, { params: { workflowId: run.workflow.id } }).catch(() => null)
  return query?.current.sqlQuery === text ? query : null
}
