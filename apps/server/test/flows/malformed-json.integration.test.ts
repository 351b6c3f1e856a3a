import * as api from '@recomamp/contracts'
import { databaseKinds, startWorld } from '@recomamp/testkit'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createLog } from '#platform/log/log.ts'
import { aQuery, anInstance, byCampaign, ended, run } from './runs.ts'

test.each(databaseKinds)(
  'S-083: a spoilt JSON value is read as empty, with a warning, and never a 500, on %s',
  async (database) => {
    const lines: string[] = []
    const log = createLog('warn', { write: (line: string) => void lines.push(line) })
    await using world = await startWorld({ database, log })
    const ana = await world.signIn('ana')
    const instance = await anInstance(ana)
    const query = await aQuery(ana, byCampaign, [])
    const whole = await aQuery(ana, byCampaign, [])
    await ana.call(api.tagWorkflows, { body: { workflowIds: [whole.id], add: ['kept'], remove: [] } })
    const execution = await ended(ana, await run(ana, query, { instanceId: instance.id }))
    const { db } = world
    const spoil = (table: string, column: string, id: string, value: unknown) =>
      sql`update ${sql.table(table)} set ${sql.ref(column)} = ${JSON.stringify(value)}::jsonb where id = ${id}`.execute(
        db,
      )

    const read = async () => {
      const { items, total } = await ana.call(api.listWorkflows, { query: {} })
      const counts = await ana.call(api.countWorkflows, {})
      const one = await ana.call(api.getWorkflow, { params: { workflowId: query.id } })
      const ran = await ana.call(api.getExecution, { params: { executionId: execution.id } })
      const where = await ana.call(api.getInstance, { params: { instanceId: instance.id } })
      return { items, total, counts, one, ran, where }
    }
    const before = await read()
    for (const value of ['a text', 7, { an: 'object' }, [1, { two: 2 }]]) {
      await spoil('workflows', 'tags', query.id, value)
      await spoil('workflows', 'parameters', query.id, value)
      await spoil('workflows', 'chart', query.id, value)
      await spoil('amc_instances', 'brands', instance.id, value)
      await spoil('workflow_executions', 'parameters', execution.id, value)
      await spoil('workflow_executions', 'warnings', execution.id, value)
      await sql`update workflow_versions set parameters = ${JSON.stringify(value)}::jsonb, parameter_values = '[3]'
      where workflow_id = ${query.id}`.execute(db)
      lines.length = 0
      const after = await read()
      expect(after.total).toBe(before.total)
      expect(after.items.find(({ id }) => id === query.id)?.tags).toEqual([])
      expect(after.items.find(({ id }) => id === whole.id)?.tags).toEqual(['kept'])
      expect(after.counts.tags).toContainEqual({ tag: 'kept', count: 1 })
      expect(after.one).toMatchObject({ tags: [], chart: null, current: { parameters: [], values: {} } })
      expect(after.ran).toMatchObject({ parameters: [], warnings: [], rowCount: execution.rowCount })
      expect(after.where.brands).toEqual([])
      const warned = lines.map((line) => JSON.parse(line) as { level: number; column?: string })
      for (const column of ['tags', 'parameters', 'parameter_values', 'chart', 'warnings', 'brands'])
        expect(warned).toContainEqual(expect.objectContaining({ level: 40, column }))
    }

    await ana.call(api.tagWorkflows, { body: { workflowIds: [query.id], add: ['anew'], remove: [] } })
    await ana.call(api.chooseChart, { params: { workflowId: query.id }, body: { chart: null } })
    expect((await read()).one.tags).toContain('anew')
  },
)
