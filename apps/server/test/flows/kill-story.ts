import { setTimeout as wait } from 'node:timers/promises'
import { eventually } from '@recomamp/testkit'
import {
  type AmcCopy,
  deleteWorkflow,
  type Execution,
  type ExecutionStatus,
  getExecution,
  getResults,
  isFinal,
  listCopies,
  listExecutions,
  syncWorkflow,
} from '@recomamp/contracts'
import { aQuery, anInstance, type Caller, ended, run } from './runs.ts'

type Phase = 'submit' | 'poll' | 'ingest'
const phases: readonly Phase[] = ['submit', 'poll', 'ingest']
const phaseOf: Partial<Record<ExecutionStatus, Phase>> = {
  queued: 'submit',
  submitting: 'submit',
  pending: 'poll',
  running: 'poll',
  ingesting: 'ingest',
}
/** The widest random wait in a phase, in milliseconds: about as long as the phase lasts. */
const phaseMs: Record<Phase, number> = { submit: 250, poll: 300, ingest: 80 }

/** What became of one execution. */
interface Ending {
  status: ExecutionStatus
  failure: Execution['failure']
  rows: string[]
  /** How often the emulator accepted it. */
  accepted: number | undefined
}

/** Runs of one query in one window, killed at random moments, and what becomes of them in the end. */
export async function beginStory(person: Caller, emulatorUrl: string) {
  const { id: instanceId } = await anInstance(person)
  const query = await aQuery(person)
  const window = { start: '2026-10-20T00:00:00', end: '2026-10-27T00:00:00', timeZone: 'UTC' }
  const execute = (key: string) => run(person, query, { instanceId, window }, { 'idempotency-key': key })
  const started: Execution[] = []
  const undisturbed = await ended(person, await execute('undisturbed'), 60_000)
  const expected = await rowsOf(undisturbed)

  async function rowsOf({ id }: Execution): Promise<string[]> {
    const { rows } = await person.call(getResults, { params: { executionId: id }, query: { limit: 1000 } })
    return rows.map((row) => JSON.stringify(row)).sort()
  }

  async function endingOf({ id }: Execution, counts: Record<string, number>): Promise<Ending> {
    const execution = await person.call(getExecution, { params: { executionId: id } })
    const { status, failure, amcWorkflowId } = execution
    return {
      status,
      failure,
      rows: status === 'completed' ? await rowsOf(execution) : [],
      accepted: counts[amcWorkflowId],
    }
  }

  return {
    /** The rows that every run must have in the end. */
    expected,
    /** How many kills found an execution in each phase. */
    met: { submit: 0, poll: 0, ingest: 0 } as Record<Phase, number>,
    /** Asks for two runs, waits until the second is in a phase, by turns, and then a random while: now is the moment to kill. */
    async reachMoment(round: number, output: () => string): Promise<void> {
      const phase = phases[round % phases.length] ?? 'submit'
      if (phase === 'submit') await slowCreation(emulatorUrl)
      for (const name of ['a', 'b']) started.push(await execute(`${round}-${name}`))
      const last = started.at(-1)
      await eventually(() => {
        const status = statusesIn(output()).get(last?.id ?? '')
        return status !== undefined && (phaseOf[status] === phase || status === 'completed')
      })
      await wait(Math.random() * phaseMs[phase])
      const open = new Set([...statusesIn(output()).values()].map((status) => phaseOf[status]))
      for (const one of phases) if (open.has(one)) this.met[one] += 1
    },
    /** Waits until everything has ended and tells how. */
    async endings(): Promise<Ending[]> {
      await eventually(async () => {
        const { items } = await person.call(listExecutions, { query: { limit: 100 } })
        return items.every((item) => isFinal(item.status))
      }, 120_000)
      const counts = await executionCounts(emulatorUrl)
      const endings: Ending[] = []
      for (const execution of started) endings.push(await endingOf(execution, counts))
      return endings
    },
  }
}

/** Throws a query away that AMC has a copy of, with the copy; tells what is known of the copy from then on. */
export async function throwAwayWithCopy(person: Caller): Promise<() => Promise<AmcCopy[]>> {
  const { id: instanceId } = await anInstance(person)
  const params = { workflowId: (await aQuery(person)).id }
  const copies = async () => (await person.call(listCopies, { params })).items
  await person.call(syncWorkflow, { params, body: { version: 1, instanceId } })
  await eventually(async () => (await copies())[0]?.state === 'in-step')
  await person.call(deleteWorkflow, { params, query: { copies: 'remove' } })
  return copies
}

/** The last status of each execution that a server's log tells of. */
function statusesIn(output: string): Map<string, ExecutionStatus> {
  const statuses = new Map<string, ExecutionStatus>()
  for (const line of output.split('\n')) {
    if (!line.includes('"executionId"') || !line.endsWith('}')) continue
    const { executionId, status, msg } = JSON.parse(line) as {
      executionId: string
      status?: ExecutionStatus
      msg: string
    }
    if (msg === 'a result was stored') statuses.set(executionId, 'completed')
    else if (msg === 'an execution was recorded') statuses.set(executionId, 'queued')
    else if (status !== undefined) statuses.set(executionId, status)
  }
  return statuses
}

/** Makes the next two submissions take a while, before AMC has kept the run and after it. */
async function slowCreation(emulatorUrl: string): Promise<void> {
  await fetch(`${emulatorUrl}/_emulator/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ operation: 'createWorkflowExecution', times: 2, delayBeforeMs: 100, delayAfterMs: 100 }),
  })
}

async function executionCounts(emulatorUrl: string): Promise<Record<string, number>> {
  const answer = await fetch(`${emulatorUrl}/_emulator/counts`)
  const counts = (await answer.json()) as Record<string, Record<string, number>>
  return counts['execution'] ?? {}
}
