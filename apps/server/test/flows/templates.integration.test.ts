import { randomUUID } from 'node:crypto'
import { loadTemplates, templateCategories } from '@recomamp/amc-catalogue'
import * as api from '@recomamp/contracts'
import { type Person, type World, eventually, startWorld } from '@recomamp/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'

let world: World
let ana: Person
beforeAll(async () => {
  world = await startWorld()
  ana = await world.signIn('ana')
})
afterAll(() => world[Symbol.asyncDispose]())

const list = (query: Partial<api.QueryGiven<typeof api.listQueryTemplates>> = {}) =>
  ana.call(api.listQueryTemplates, { query: { limit: 100, ...query } })

test('S-161: the library is paged by category, filtered by tag and difficulty, and found by words that mean the same', async () => {
  const shipped = loadTemplates().length
  const first = await list({ limit: 20 })
  expect([first.items.length, first.total]).toEqual([20, shipped])
  const second = await list({ limit: 20, cursor: first.nextCursor! })
  expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(40)
  expect(first.categories.map(({ name }) => name)).toEqual([...templateCategories])
  expect(first.categories.reduce((sum, { count }) => sum + count, 0)).toBe(shipped)

  const hard = await list({ difficulty: 4, tag: 'attribution' })
  expect(hard.total).toBeGreaterThan(2)
  expect(hard.items.every(({ difficulty, tags }) => difficulty === 4 && tags.includes('attribution'))).toBe(true)
  expect((await list({ q: 'cannibalization' })).items.map(({ id }) => id)).toContain('campaign-pairs')
  const nothing = await list({ q: 'overlap', category: 'Store', difficulty: 1 })
  expect([nothing.total, nothing.nearest[0]]).toEqual([0, 'Campaign overlap and media mix'])
  expect((await list({ category: 'Audiences for activation' })).items.every(({ isAudience }) => isAudience)).toBe(true)
})

test('S-162: a template tells what an instance lacks, and what it gives on the synthetic data', async () => {
  const { id: instance } = await eventually(async () => (await ana.call(api.listInstances, {})).items[0])
  const params = { templateId: api.TemplateId.parse('campaign-inventory') }
  const template = await eventually(async () => {
    const now = await ana.call(api.getQueryTemplate, { params, query: { instance } })
    return now.missingTables !== null && now
  })
  expect(template.missingTables).toEqual([])
  expect(template.tests.length).toBeGreaterThan(0)
  const here = await list({ instance, runs: 'here' })
  expect(here.items.every(({ missingTables }) => missingTables?.length === 0)).toBe(true)

  const example = await ana.call(api.getTemplateExample, { params })
  expect(example.columns.map(({ name }) => name)).toEqual(template.columns.map(({ name }) => name))
  expect(example.rows.length).toBe(example.rowCount)
  expect(example.rowCount).toBeGreaterThan(10)
  const audience = { templateId: api.TemplateId.parse('reached-often') }
  expect(await ana.call(api.getTemplateExample, { params: audience })).toMatchObject({ rows: [] })
})

test('S-027, S-130: a saved query becomes a template, seen by its owner or by the workspace, and by nobody else', async () => {
  const ben = await world.signIn('ben')
  const params = { templateId: api.TemplateId.parse('reach-and-frequency') }
  const workflow = await ana.call(api.createWorkflowFromTemplate, { params, body: { instanceId: null } })
  const words = {
    question: 'How often did they see us in May?',
    name: 'Frequency in May',
    category: 'Reach and frequency',
    tags: ['may'],
    difficulty: 2,
    reading: 'As the template that it was made of.',
    pitfalls: [],
    visibleTo: 'owner' as const,
  }
  const id = api.TemplateId.parse(`own-${randomUUID()}`)
  const body = { ...words, id, workflowId: workflow.id, version: workflow.version }
  const made = await ana.call(api.forkTemplate, { body })
  expect(made).toMatchObject({
    id,
    visibleTo: 'owner',
    tables: ['dsp_impressions'],
    forkedFrom: { id: params.templateId },
  })
  expect(made.chart).not.toBeNull()
  await ana.call(api.forkTemplate, { body })
  expect((await list({ of: 'mine' })).items.map((one) => one.id)).toEqual([id])
  expect((await ana.call(api.getQueryTemplate, { params })).forks.map((one) => one.id)).toEqual([id])

  const changed = await ana.call(api.changeTemplate, {
    params: { templateId: id },
    body: { ...words, name: 'Frequency', visibleTo: 'workspace' },
  })
  expect(changed).toMatchObject({ name: 'Frequency', visibleTo: 'workspace' })
  const copy = await ana.call(api.createWorkflowFromTemplate, {
    params: { templateId: id },
    body: { instanceId: null },
  })
  expect(copy.current.sqlQuery).toBe(workflow.current.sqlQuery)

  const gone = { type: 'template-not-found' }
  await expect(ben.call(api.getQueryTemplate, { params: { templateId: id } })).rejects.toMatchObject(gone)
  await expect(ben.call(api.deleteTemplate, { params: { templateId: id } })).rejects.toMatchObject(gone)
  await expect(ben.call(api.forkTemplate, { body })).rejects.toMatchObject({ type: 'workflow-not-found' })
  const shipped = { params, body: { ...words } }
  await expect(ana.call(api.changeTemplate, shipped)).rejects.toMatchObject(gone)
  await expect(ana.call(api.forkTemplate, { body: { ...body, tags: ['Two words'] } })).rejects.toMatchObject({
    type: 'input-invalid',
  })
  await ana.call(api.deleteTemplate, { params: { templateId: id } })
  await expect(ana.call(api.getQueryTemplate, { params: { templateId: id } })).rejects.toMatchObject(gone)
})
