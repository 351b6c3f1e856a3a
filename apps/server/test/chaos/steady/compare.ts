import * as api from '@recomamp/contracts'
import type { Person } from '@recomamp/testkit'
import { control } from '../chaos.ts'
import type { Stage } from '../stage.ts'
import { type KnownRuns, type Started, compareStored, digestOf } from '../true-ends.ts'
import type { Listener } from './event-listeners.ts'

/** What became of the runs. */
export interface RunsReport {
  readonly started: number
  readonly endings: Record<string, number>
  /** Executions that the emulator accepted for them. */
  readonly accepted: number
  readonly rowsCompared: number
  /** Different checksums of stored results, over all instances. */
  readonly checksums: number
}

/** Compares every run with its true end and its rows, and the emulator's record with one acceptance each. The readers take turns, so
 *  that nobody asks for more than a person may. */
export async function compareRuns(
  stage: Stage,
  readers: readonly Person[],
  { started, known }: { started: readonly Started[]; known: KnownRuns },
  deviations: string[],
): Promise<RunsReport> {
  const counts = (await control(stage, 'counts'))['execution'] ?? {}
  const endings: Record<string, number> = {}
  const statuses = await statusesOf(readers[0]!)
  let accepted = 0
  let rowsCompared = 0
  for (const [at, { id, amcWorkflowId, instance, trueEnd }] of started.entries()) {
    const status = statuses.get(id) ?? 'lost'
    const times = counts[amcWorkflowId] ?? 0
    endings[status] = (endings[status] ?? 0) + 1
    accepted += times
    if (status !== trueEnd) deviations.push(`${id} ended as ${status} in place of ${trueEnd}`)
    if (times !== 1) deviations.push(`${id} was accepted ${times} times`)
    if (status !== 'completed') continue
    const { digest, rows } = await digestOf(readers[at % readers.length]!, id)
    rowsCompared += rows
    if (digest !== known.expected.get(instance.id)?.digest) deviations.push(`${id} has other rows`)
  }
  const unasked = statuses.size - started.length - known.expected.size
  if (unasked !== 0) deviations.push(`there are ${unasked} runs that nobody began`)
  const checksums = await compareStored(stage, started, known.expected, deviations)
  return { started: started.length, endings, accepted, rowsCompared, checksums }
}

async function statusesOf(person: Person): Promise<Map<api.ExecutionId, api.ExecutionStatus>> {
  const statuses = new Map<api.ExecutionId, api.ExecutionStatus>()
  let cursor: string | null = null
  do {
    const query: { limit: number; cursor?: string } = { limit: 100, ...(cursor !== null && { cursor }) }
    const page: api.AnswerOf<typeof api.listExecutions> = await person.call(api.listExecutions, { query })
    for (const { id, status } of page.items) statuses.set(id, status)
    cursor = page.nextCursor
  } while (cursor !== null)
  return statuses
}

/** What listeners were told, compared with what is recorded. */
export interface StreamsReport {
  readonly listeners: number
  /** Events that were recorded while all listened, by workspace. */
  readonly events: readonly number[]
  readonly told: number
  /** Streams that were opened again. */
  readonly resumes: number
  /** Tries to open a stream that failed, by why. */
  readonly failures: Record<string, number>
  readonly missing: number
  /** Told twice, out of order, or of another workspace. */
  readonly wrong: number
}

/** The newest event of each workspace. */
export async function newestEvents(stage: Stage): Promise<Map<string, number>> {
  const rows = await stage.ask<{ workspace: string; id: string }>(
    'select workspace_id as workspace, max(id) as id from events group by 1',
  )
  return new Map(rows.map(({ workspace, id }) => [workspace, Number(id)]))
}

/** Compares what each listener was told with the events of its workspace: each once, in their order, from the one on that was the newest
 *  when all had begun to listen. */
export async function compareStreams(
  stage: Stage,
  listeners: readonly (Listener & { readonly workspace: string })[],
  since: ReadonlyMap<string, number>,
): Promise<StreamsReport> {
  const rows = await stage.ask<{ workspace: string; id: string }>(
    'select workspace_id as workspace, id from events order by id',
  )
  const recorded = Map.groupBy(rows, ({ workspace }) => workspace)
  const report = {
    listeners: listeners.length,
    events: [] as number[],
    told: 0,
    resumes: 0,
    failures: {},
    missing: 0,
    wrong: 0,
  }
  for (const [workspace, from] of since)
    report.events.push(recorded.get(workspace)?.filter(({ id }) => Number(id) > from).length ?? 0)
  for (const { workspace, ids, opened, failures } of listeners) {
    const all = (recorded.get(workspace) ?? []).map(({ id }) => Number(id))
    const known = new Set(all)
    const told = new Set(ids)
    report.told += ids.length
    report.resumes += opened - 1
    report.missing += all.filter((id) => id > (since.get(workspace) ?? 0) && !told.has(id)).length
    report.wrong += ids.filter((id, at) => !known.has(id) || (at > 0 && id <= (ids[at - 1] ?? 0))).length
    addTo(report.failures, failures)
  }
  return report
}

function addTo(sums: Record<string, number>, more: Readonly<Record<string, number>>): void {
  for (const [key, times] of Object.entries(more)) sums[key] = (sums[key] ?? 0) + times
}
