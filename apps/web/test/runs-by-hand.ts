import {
  type BodyGiven,
  createWorkflow,
  type Execution,
  executeWorkflow,
  getExecution,
  type Instance,
  type InstanceId,
  isFinal,
  listInstances,
  type ParameterDeclaration,
  type Workflow,
} from '@recomamp/contracts'
import { eventually, type Person } from '@recomamp/testkit'

/** An instance of the sandbox by its name. */
export function instanceNamed(person: Person, name: string): Promise<Instance> {
  return eventually(async () => {
    const { items } = await person.call(listInstances, { query: { limit: 100 } })
    return items.find((instance) => instance.name === name)
  })
}

/** Saves a query beside the page. */
export function saveQuery(
  person: Person,
  name: string,
  sqlQuery: string,
  parameters: ParameterDeclaration[] = [],
  instanceId: InstanceId | null = null,
): Promise<Workflow> {
  return person.call(createWorkflow, { body: { name, sqlQuery, parameters, values: {}, instanceId } })
}

/** Asks for a run beside the page. */
export function startRun(
  person: Person,
  workflow: Workflow,
  body: Omit<BodyGiven<typeof executeWorkflow>, 'version' | 'unsaved'>,
): Promise<Execution> {
  return person.call(executeWorkflow, {
    params: { workflowId: workflow.id },
    body: { ...body, version: workflow.version },
  })
}

/** Waits for the end of a run, whichever it is. */
export function endOf(person: Person, { id }: Pick<Execution, 'id'>): Promise<Execution> {
  return eventually(async () => {
    const execution = await person.call(getExecution, { params: { executionId: id } })
    return isFinal(execution.status) && execution
  }, 120_000)
}
