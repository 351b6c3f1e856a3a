import * as api from '@recomamp/contracts'
import { usualKind, eventually, startWorld } from '@recomamp/testkit'
import { expect, test } from 'vitest'

test.each(usualKind)(
  'S-163: an analysis of each difficulty is copied into a query, runs as it is, and gives rows, on %s',
  async (database) => {
    await using world = await startWorld({ database })
    const ana = await world.signIn('ana')
    const instance = await eventually(async () =>
      (await ana.call(api.listInstances, {})).items.find(({ name }) => name === 'Tidewater Kitchen'),
    )
    for (const difficulty of [1, 2, 3, 4]) {
      const { items } = await ana.call(api.listQueryTemplates, { query: { difficulty, limit: 1 } })
      const { id } = items[0]!
      const body = { instanceId: instance.id }
      const workflow = await ana.call(api.createWorkflowFromTemplate, { params: { templateId: id }, body })
      const { id: executionId } = await ana.call(api.executeWorkflow, {
        params: { workflowId: workflow.id },
        body: { version: workflow.version, instanceId: instance.id, values: workflow.current.values },
      })
      const execution = await eventually(async () => {
        const now = await ana.call(api.getExecution, { params: { executionId } })
        return api.isFinal(now.status) && now
      }, 60_000)
      expect([id, execution.status, execution.failure]).toEqual([id, 'completed', null])
      const { rows, rowCount } = await ana.call(api.getResults, { params: { executionId }, query: {} })
      expect(rowCount, id).toBeGreaterThan(0)
      expect(rows).toHaveLength(Math.min(100, rowCount))
    }
  },
)
