import { eventually, type Person } from '@recomamp/testkit'
import {
  type BodyGiven,
  createWorkflow,
  type Execution,
  executeWorkflow,
  type ExecutionStatus,
  getExecution,
  getExecutionStatus,
  type Instance,
  isFinal,
  listInstances,
  type ParameterDeclaration,
  type Workflow,
} from '@recomamp/contracts'

/** Whoever calls the API. */
export type Caller = Pick<Person, 'call'>

/** A query without parameters whose groups have enough users for AMC's thresholds. */
export const byCampaign = 'SELECT campaign, SUM(impressions) AS impressions\nFROM dsp_impressions\nGROUP BY campaign'

/** Saves a query as a new document of a person. */
export function aQuery(
  person: Caller,
  sqlQuery: string = byCampaign,
  parameters: ParameterDeclaration[] = [],
): Promise<Workflow> {
  const body = { name: 'A query', sqlQuery, parameters, values: {}, instanceId: null }
  return person.call(createWorkflow, { body })
}

/** An instance of the sandbox without Amazon DSP's tables. */
const withoutDsp = 'Tidewater Outdoor Living'

/** An instance of a person that has the tables of Amazon DSP. */
export function anInstance(person: Caller, type: 'STANDARD' | 'SANDBOX' = 'STANDARD'): Promise<Instance> {
  return eventually(async () => {
    const { items } = await person.call(listInstances, { query: { limit: 100 } })
    return items.find((instance) => instance.type === type && instance.name !== withoutDsp)
  })
}

/** Runs the current version of a query. */
export async function run(
  person: Caller,
  workflow: Workflow,
  rest: Partial<BodyGiven<typeof executeWorkflow>> = {},
  headers: Record<string, string> = {},
): Promise<Execution> {
  const instanceId = rest.instanceId ?? (await anInstance(person)).id
  return person.call(executeWorkflow, {
    params: { workflowId: workflow.id },
    body: { version: workflow.version, values: {}, ...rest, instanceId },
    headers,
  })
}

/** Waits until an execution has reached a status, by the quick address. */
export function reached(person: Caller, execution: Execution, status: ExecutionStatus, limitMs = 60_000) {
  return eventually(async () => {
    const now = await person.call(getExecutionStatus, { params: { executionId: execution.id } })
    if (now.status !== status && isFinal(now.status)) throw new Error(`the execution is ${now.status}`)
    return now.status === status
  }, limitMs)
}

/** Waits for the end of an execution, whichever it is. */
export async function ended(person: Caller, execution: Execution, limitMs = 60_000): Promise<Execution> {
  const params = { executionId: execution.id }
  await eventually(async () => isFinal((await person.call(getExecutionStatus, { params })).status), limitMs)
  return person.call(getExecution, { params })
}
