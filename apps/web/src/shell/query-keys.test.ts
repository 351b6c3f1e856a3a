import { InstanceId, WorkflowId, type Instance, type Workflow } from '@recomamp/contracts'
import { QueryClient } from '@tanstack/react-query'
import { beforeAll, expect, test } from 'vitest'

const instanceId = InstanceId.parse('0b0e7a52-6d0b-4d6e-9d0e-000000000001')
const workflowId = WorkflowId.parse('0b0e7a52-6d0b-4d6e-9d0e-000000000002')

beforeAll(() => {
  // The client of the browser looks at its address when it is loaded.
  Object.defineProperty(globalThis, 'location', { value: { pathname: '/' }, configurable: true })
})

test('S-014: what a mutation answers is in the page of its object at once, and every list that shows it is read again', async () => {
  const { instanceQueries, rememberInstance } = await import('#features/instances/instances.queries.ts')
  const { rememberWorkflow, workflowQueries } = await import('#features/workflows/workflows.queries.ts')
  const client = new QueryClient()
  const shown = {
    instances: [
      instanceQueries.first(),
      instanceQueries.found('a'),
      instanceQueries.list({}),
      instanceQueries.activity(instanceId),
    ],
    workflows: [workflowQueries.latest(), workflowQueries.found('a'), workflowQueries.ofInstance(instanceId)],
  }
  for (const { queryKey } of [...shown.instances, ...shown.workflows]) client.setQueryData([...queryKey], {})
  const isStale = (queryKey: readonly unknown[]) => client.getQueryState([...queryKey])?.isInvalidated

  const instance = { id: instanceId, name: 'Kitchen' } as Instance
  rememberInstance(client, instance)
  expect(client.getQueryData(instanceQueries.detail(instanceId).queryKey)).toBe(instance)
  expect(shown.instances.map(({ queryKey }) => isStale(queryKey))).toEqual(shown.instances.map(() => true))
  expect(shown.workflows.map(({ queryKey }) => isStale(queryKey))).toEqual(shown.workflows.map(() => false))

  const workflow = { id: workflowId, name: 'Reach' } as Workflow
  rememberWorkflow(client, workflow)
  const { queryKey: detail } = workflowQueries.detail(workflowId)
  expect([client.getQueryData(detail), isStale(detail)]).toEqual([workflow, false])
  expect(shown.workflows.map(({ queryKey }) => isStale(queryKey))).toEqual(shown.workflows.map(() => true))
})
