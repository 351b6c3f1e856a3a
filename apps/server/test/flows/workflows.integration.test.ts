import { randomUUID } from 'node:crypto'
import * as api from '@recomamp/contracts'
import { type Person, databaseKinds, startWorld } from '@recomamp/testkit'
import { describe, expect, test } from 'vitest'

const content = { name: 'Reach', sqlQuery: 'SELECT 1', parameters: [], values: {} }
const withParameters = {
  name: 'Reach by campaign',
  sqlQuery: 'SELECT campaign FROM dsp_impressions WHERE campaign = {{campaign}}',
  parameters: [{ name: 'campaign', type: 'STRING' as const, list: true, whenEmpty: 'all' as const }],
  values: { campaign: ['Spring', 'Walter'] },
}

async function instanceOf(person: Person) {
  const [instance] = (await person.call(api.listInstances, {})).items
  return instance!
}

describe.each(databaseKinds)('queries on %s', (database) => {
  test('F-20, S-030, S-146: a query is created with its first version, without asking AMC', async () => {
    await using world = await startWorld({ database })
    const ana = await world.signIn('ana')
    const instance = await instanceOf(ana)
    const calls = world.emulator.count('call')
    const created = await ana.call(api.createWorkflow, { body: { ...withParameters, instanceId: instance.id } })
    expect(created).toMatchObject({
      name: 'Reach by campaign',
      version: 1,
      instance: { id: instance.id, name: instance.name },
      author: { name: 'Ana Sorel' },
      latestExecution: null,
      draft: null,
      templateId: null,
      current: { version: 1, ...withParameters, savedBy: { name: 'Ana Sorel' } },
    })
    expect(await ana.call(api.getWorkflow, { params: { workflowId: created.id } })).toEqual(created)
    expect(world.emulator.count('call')).toBe(calls)
  })

  test('F-19: the same id twice creates once, whatever was lost on the way', async () => {
    await using world = await startWorld({ database })
    const [ana, ben] = [await world.signIn('ana'), await world.signIn('ben')]
    const id = randomUUID()
    const create = (person: Person) => person.call(api.createWorkflow, { body: { ...content, id, instanceId: null } })
    const answers = await Promise.all([create(ana), create(ana), create(ana)])
    expect(new Set(answers.map((answer) => answer.id))).toEqual(new Set([id]))
    expect(await ana.call(api.listWorkflows, {})).toMatchObject({ total: 1 })
    await expect(create(ben)).rejects.toMatchObject({ type: 'workflow-not-found' })
  })

  test('F-22, S-145: the list goes by the latest change, page by page, with an exact total', async () => {
    await using world = await startWorld({ database })
    const ana = await world.signIn('ana')
    const instance = await instanceOf(ana)
    for (let number = 1; number <= 12; number++) {
      const body = { ...content, name: `Query ${number}`, instanceId: number % 2 === 0 ? instance.id : null }
      await ana.call(api.createWorkflow, { body })
    }
    const list = async (query: { limit?: number; cursor?: string; q?: string; instanceId?: string }) =>
      ana.call(api.listWorkflows, { query })
    const [oldest] = (await list({ limit: 100 })).items.toReversed()
    const params = { workflowId: oldest!.id }
    await ana.call(api.saveWorkflow, {
      params,
      body: { ...content, name: 'Changed', baseVersion: 1, instanceId: null },
    })
    const names: string[] = []
    let cursor: string | undefined
    do {
      const page = await list({ limit: 5, ...(cursor === undefined ? {} : { cursor }) })
      expect(page.total).toBe(12)
      names.push(...page.items.map((item) => item.name))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    const expected = ['Changed', ...Array.from({ length: 11 }, (_, index) => `Query ${12 - index}`)]
    expect(names).toEqual(expected)
    expect(await list({ instanceId: instance.id, limit: 1 })).toMatchObject({ total: 6 })
    expect(await list({ q: 'QUERY 1' })).toMatchObject({ total: 3 })
    expect(await list({ q: '_' })).toMatchObject({ total: 0, items: [], nextCursor: null })
    await expect(list({ cursor: 'made-up' })).rejects.toMatchObject({ type: 'input-invalid' })
  })

  test('S-147: saving makes a version; equal content makes none; the draft that the text follows is dropped, one that it has not seen stays', async () => {
    await using world = await startWorld({ database })
    const ana = await world.signIn('ana')
    const { id } = await ana.call(api.createWorkflow, { body: { ...withParameters, instanceId: null } })
    const params = { workflowId: id }
    const { revision } = await ana.call(api.keepDraft, { params, body: { ...content, revision: 0, baseVersion: 1 } })
    const second = { ...withParameters, sqlQuery: 'SELECT 2' }
    const save = (draftRevision?: number) =>
      ana.call(api.saveWorkflow, { params, body: { ...second, baseVersion: 1, draftRevision, instanceId: null } })
    expect(await save()).toMatchObject({ version: 2, draft: { revision, sqlQuery: 'SELECT 1' } })
    expect(await save(revision - 1)).toMatchObject({ version: 2, draft: { revision } })
    expect(await save(revision)).toMatchObject({ version: 2, draft: null, current: { sqlQuery: 'SELECT 2' } })
    // The same request again, because its answer was lost.
    expect((await save(revision)).version).toBe(2)
    const equal = await ana.call(api.saveWorkflow, { params, body: { ...second, baseVersion: 2, instanceId: null } })
    expect(equal.version).toBe(2)
    const first = await ana.call(api.getWorkflowVersion, { params: { workflowId: id, version: 1 } })
    expect(first).toMatchObject({ version: 1, ...withParameters })
    await expect(ana.call(api.getWorkflowVersion, { params: { workflowId: id, version: 3 } })).rejects.toMatchObject({
      type: 'version-not-found',
    })
  })

  test('a save on a stale version is refused and shows the current one; of ten at once one wins', async () => {
    await using world = await startWorld({ database })
    const ana = await world.signIn('ana')
    const { id } = await ana.call(api.createWorkflow, { body: { ...content, instanceId: null } })
    const save = (sqlQuery: string) =>
      ana.call(api.saveWorkflow, {
        params: { workflowId: id },
        body: { ...content, sqlQuery, baseVersion: 1, instanceId: null },
      })
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, (_, index) => save(`SELECT ${index + 10}`)))
    const won = outcomes.filter((outcome) => outcome.status === 'fulfilled')
    const lost = outcomes.filter((outcome) => outcome.status === 'rejected')
    expect([won.length, lost.length]).toEqual([1, 9])
    for (const { reason } of lost)
      expect(reason).toMatchObject({
        type: 'version-conflict',
        status: 409,
        extensions: { current: { version: 2, sqlQuery: won[0]?.value.current.sqlQuery } },
      })
  })

  test('drafts: one per person, by revision; autosaving makes no version', async () => {
    await using world = await startWorld({ database })
    const ana = await world.signIn('ana')
    const { id } = await ana.call(api.createWorkflow, { body: { ...content, instanceId: null } })
    const keep = (sqlQuery: string, revision: number) =>
      ana.call(api.keepDraft, { params: { workflowId: id }, body: { ...content, sqlQuery, revision, baseVersion: 1 } })
    const { revision: first } = await keep('a', 0)
    expect((await keep('b', first)).revision).toBe(first + 1)
    // Sent again because the answer was lost.
    expect((await keep('b', first)).revision).toBe(first + 1)
    await expect(keep('c', first)).rejects.toMatchObject({
      type: 'draft-conflict',
      extensions: { current: { revision: first + 1, sqlQuery: 'b', baseVersion: 1 } },
    })
    const both = await Promise.allSettled([keep('d', first + 1), keep('e', first + 1)])
    expect(both.map((outcome) => outcome.status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const workflow = await ana.call(api.getWorkflow, { params: { workflowId: id } })
    expect(workflow).toMatchObject({ version: 1, current: { sqlQuery: 'SELECT 1' }, draft: { revision: first + 2 } })
    // A save ends the draft; a window that follows it is told when another one has begun since.
    await ana.call(api.saveWorkflow, {
      params: { workflowId: id },
      body: { ...content, baseVersion: 1, draftRevision: first + 2, instanceId: null },
    })
    world.clock.advance(2000)
    await keep('x', 0)
    await expect(keep('y', first + 2)).rejects.toMatchObject({ type: 'draft-conflict' })
  })

  test('a first draft of an older version is refused: it would hide what another window has saved since', async () => {
    await using world = await startWorld({ database })
    const ana = await world.signIn('ana')
    const { id: workflowId } = await ana.call(api.createWorkflow, { body: { ...content, instanceId: null } })
    const params = { workflowId }
    const keep = (sqlQuery: string, baseVersion: number) =>
      ana.call(api.keepDraft, { params, body: { ...content, sqlQuery, revision: 0, baseVersion } })
    const save = (sqlQuery: string, baseVersion: number) =>
      ana.call(api.saveWorkflow, { params, body: { ...content, sqlQuery, baseVersion, instanceId: null } })
    await save('SELECT 2', 1)
    await expect(keep('SELECT 1 -- mine', 1)).rejects.toMatchObject({
      type: 'draft-conflict',
      extensions: { current: null },
    })
    expect((await ana.call(api.getWorkflow, { params })).draft).toBeNull()
    await keep('SELECT 2 -- mine', 2)
    // Kept before the save, it stays, and the answer to the save tells of it.
    expect((await save('SELECT 3', 2)).draft).toMatchObject({ sqlQuery: 'SELECT 2 -- mine', baseVersion: 2 })
    // Sent again because the answer was lost.
    expect((await keep('SELECT 2 -- mine', 2)).revision).toBeGreaterThan(0)
  })

  test('of a first draft and a version at the same moment, one learns of the other', async () => {
    await using world = await startWorld({ database })
    const ana = await world.signIn('ana')
    for (let round = 0; round < 10; round += 1) {
      const { id: workflowId } = await ana.call(api.createWorkflow, { body: { ...content, instanceId: null } })
      const params = { workflowId }
      const [kept, saved] = await Promise.allSettled([
        ana.call(api.keepDraft, { params, body: { ...content, sqlQuery: 'kept', revision: 0, baseVersion: 1 } }),
        ana.call(api.saveWorkflow, {
          params,
          body: { ...content, sqlQuery: 'saved', baseVersion: 1, draftRevision: 0, instanceId: null },
        }),
      ])
      expect(saved.status).toBe('fulfilled')
      const told = saved.status === 'fulfilled' && saved.value.draft?.sqlQuery === 'kept'
      expect([round, told]).toEqual([round, kept.status === 'fulfilled'])
    }
  })

  test('how results are drawn is kept with the query, makes no version and leaves the draft as it is', async () => {
    await using world = await startWorld({ database })
    const [ana, ben] = [await world.signIn('ana'), await world.signIn('ben')]
    const { id: workflowId } = await ana.call(api.createWorkflow, { body: { ...content, instanceId: null } })
    const params = { workflowId }
    await ana.call(api.keepDraft, { params, body: { ...content, name: 'Draft', revision: 0, baseVersion: 1 } })
    const before = await ana.call(api.getWorkflow, { params })
    expect(before.chart).toBeNull()
    const chart = { kind: 'bar' as const, x: 'campaign', values: ['reach'] }
    expect(await ana.call(api.chooseChart, { params, body: { chart } })).toEqual({ chart })
    expect(await ana.call(api.getWorkflow, { params })).toEqual({ ...before, chart })
    await expect(ben.call(api.chooseChart, { params, body: { chart: null } })).rejects.toMatchObject({ status: 404 })
    await ana.call(api.chooseChart, { params, body: { chart: null } })
    expect(await ana.call(api.getWorkflow, { params })).toEqual(before)
  })

  test('S-209: another person cannot read, save or draft by id, nor use my instance', async () => {
    await using world = await startWorld({ database })
    const [ana, ben] = [await world.signIn('ana'), await world.signIn('ben')]
    const { id } = await ana.call(api.createWorkflow, { body: { ...content, instanceId: null } })
    const params = { workflowId: id }
    const body = { ...content, baseVersion: 1, instanceId: null }
    const attempts = [
      ben.call(api.getWorkflow, { params }),
      ben.call(api.getWorkflowVersion, { params: { ...params, version: 1 } }),
      ben.call(api.saveWorkflow, { params, body }),
      ben.call(api.keepDraft, { params, body: { ...content, baseVersion: 1, revision: 0 } }),
    ]
    for (const outcome of await Promise.allSettled(attempts))
      expect(outcome).toMatchObject({ reason: { type: 'workflow-not-found', status: 404 } })
    expect((await ben.call(api.listWorkflows, {})).total).toBe(0)
    const instance = await instanceOf(ana)
    const stolen = ben.call(api.createWorkflow, { body: { ...content, instanceId: instance.id } })
    await expect(stolen).rejects.toMatchObject({ type: 'instance-not-found' })
  })

  test('S-031, S-161, S-162, S-163, S-192: an analysis becomes a query, and its use is counted once', async () => {
    await using world = await startWorld({ database })
    const ana = await world.signIn('ana')
    const { items, total } = await ana.call(api.listQueryTemplates, {})
    expect(total).toBeGreaterThanOrEqual(60)
    const [first] = items
    const named = await ana.call(api.listQueryTemplates, { query: { category: first!.category, q: first!.question } })
    expect(named.items[0]?.id).toBe(first!.id)
    expect((await ana.call(api.listQueryTemplates, { query: { category: 'none' } })).total).toBe(0)
    const params = { templateId: first!.id }
    const template = await ana.call(api.getQueryTemplate, { params })
    const id = randomUUID()
    const create = () => ana.call(api.createWorkflowFromTemplate, { params, body: { id, instanceId: null } })
    const [workflow] = await Promise.all([create(), create()])
    expect(workflow).toMatchObject({
      templateId: first?.id,
      name: template.name,
      current: { sqlQuery: template.sqlTemplate, parameters: template.parameters },
    })
    const used = await Promise.all(
      Array.from({ length: 5 }, () => ana.call(api.createWorkflowFromTemplate, { params, body: { instanceId: null } })),
    )
    expect(used).toHaveLength(5)
    await world.restart()
    ana.baseUrl = world.url()
    expect((await ana.call(api.getQueryTemplate, { params })).usageCount).toBe(6)
    const unknown = { templateId: 'no-such-analysis' }
    await expect(ana.call(api.getQueryTemplate, { params: unknown })).rejects.toMatchObject({
      type: 'template-not-found',
    })
  })
})

test('S-032, S-181: the editor gets the tables once, and then only hears that nothing changed', async () => {
  await using world = await startWorld()
  const ana = await world.signIn('ana')
  const { tables } = await ana.call(api.getSchema, {})
  expect(tables.find((table) => table.name === 'dsp_impressions')).toBeDefined()
  const first = await ana.fetch('/api/data-sources/schema')
  const etag = first.headers.get('etag') ?? ''
  const second = await ana.fetch('/api/data-sources/schema', { headers: { 'if-none-match': etag } })
  expect([second.status, await second.text()]).toEqual([304, ''])
})
