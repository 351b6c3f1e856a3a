import { databaseKinds, eventually, type PassedRequest, startWorld, type World } from '@recomamp/testkit'
import {
  type AmcCopy,
  type BodyGiven,
  executeWorkflow,
  ExecutionId,
  type Instance,
  listCopies,
  ParameterDeclaration,
  previewRun,
  removeCopy,
  saveWorkflow,
  syncWorkflow,
  type Workflow,
} from '@recomamp/contracts'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { acrossWorkspaces } from '#platform/db/scope.ts'
import { anInstance, aQuery, byCampaign, type Caller, ended, run } from './runs.ts'

const create = 'createWorkflow'
const replace = 'updateWorkflow'
const remove = 'deleteWorkflow'

const least = ParameterDeclaration.parse({ name: 'least', type: 'LONG', list: false, whenEmpty: 'error' })
const atLeast = `${byCampaign}\nHAVING SUM(impressions) >= {{least}}`

/** One for all tests of a database: each makes queries of its own. */
let world: World
/** What has passed on its way to the emulator. */
const passed: PassedRequest[] = []

describe.each(databaseKinds)('copies at AMC, on %s', (database) => {
  beforeAll(async () => {
    world = await startWorld({ database, between: { request: (request) => (passed.push(request), request.body) } })
  })

  afterEach(() => world.emulator.faults.clear())

  afterAll(() => world[Symbol.asyncDispose]())

  const sync = (person: Caller, query: Workflow, { id: instanceId }: Instance, version = query.version) =>
    person.call(syncWorkflow, { params: { workflowId: query.id }, body: { version, instanceId } })

  const copyOf = async (person: Caller, query: Workflow): Promise<AmcCopy | undefined> =>
    (await person.call(listCopies, { params: { workflowId: query.id } })).items[0]

  const reaches = (person: Caller, query: Workflow, state: AmcCopy['state']) =>
    eventually(async () => {
      const copy = await copyOf(person, query)
      return copy?.state === state ? copy : undefined
    })

  const save = (person: Caller, query: Workflow, change: Partial<Pick<Workflow['current'], 'name' | 'sqlQuery'>>) => {
    const { name, sqlQuery, parameters, values } = query.current
    const body = { name, sqlQuery, parameters, values, ...change, baseVersion: query.version, instanceId: null }
    return person.call(saveWorkflow, { params: { workflowId: query.id }, body })
  }

  /** The workflow as the emulator has it, or null. */
  const atAmc = async (instance: Instance, { amcWorkflowId }: AmcCopy) => {
    const amc = await world.amcFor(instance.connection.id)
    const { entityId, marketplaceId } = instance.account
    const stored = await acrossWorkspaces(() =>
      amc.getWorkflow({ entityId, marketplaceId }, instance.amcInstanceId, amcWorkflowId).catch(() => null),
    )
    return { stored, amc, target: { entityId, marketplaceId } }
  }

  const calls = () => [create, replace, remove].map((name) => world.emulator.count('call', name))

  test('S-150 S-059: a copy is created, left alone while it is equal, replaced when the text changed, and removed', async () => {
    const ana = await world.signIn('ana')
    const instance = await anInstance(ana)
    const query = await aQuery(ana, atLeast, [least])
    const before = calls()
    const made = () => calls().map((count, at) => count - (before[at] ?? 0))
    expect(await sync(ana, query, instance)).toMatchObject({ state: 'waiting', storedVersion: null })
    const copy = await reaches(ana, query, 'in-step')
    expect(copy).toMatchObject({ storedVersion: 1, failure: null, instance: { id: instance.id } })
    const { stored } = await atAmc(instance, copy)
    expect(stored?.sqlQuery).toContain("CUSTOM_PARAMETER('least')")
    expect(stored?.inputParameters).toMatchObject([{ name: 'least', dataType: 'LONG' }])
    expect(await sync(ana, query, instance)).toMatchObject({ state: 'in-step' })
    expect(made()).toEqual([1, 0, 0])

    // A new name is a new version, and nothing to AMC: the copy's id does not follow from it.
    const renamed = await save(ana, query, { name: 'Another name' })
    expect(await copyOf(ana, query)).toMatchObject({ state: 'in-step', amcWorkflowId: copy.amcWorkflowId })
    const changed = await save(ana, renamed, { sqlQuery: atLeast.replace('>=', '>') })
    expect(await copyOf(ana, query)).toMatchObject({ state: 'behind', storedVersion: 1 })
    await sync(ana, changed, instance)
    expect(await reaches(ana, query, 'in-step')).toMatchObject({ storedVersion: 3 })
    expect((await atAmc(instance, copy)).stored?.sqlQuery).toContain('> CUSTOM_PARAMETER')
    expect(made()).toEqual([1, 1, 0])

    const gone = await ana.call(removeCopy, { params: { workflowId: query.id, instanceId: instance.id } })
    expect(gone.state).toBe('removing')
    await eventually(async () => (await copyOf(ana, query)) === undefined)
    expect((await atAmc(instance, copy)).stored).toBeNull()
    expect(made()).toEqual([1, 1, 1])
  })

  test('what a run would send is shown byte for byte before it is sent, whole or by the copy', async () => {
    const ana = await world.signIn('ana')
    const instance = await anInstance(ana)
    const cap = ParameterDeclaration.parse({ name: 'z', type: 'LONG', list: false, whenEmpty: 'error' })
    const text = `${atLeast} AND SUM(impressions) < {{z}}`
    const query = await aQuery(ana, text, [least, cap])
    const params = { workflowId: query.id }
    const sentAsShown = async (rest: Partial<BodyGiven<typeof executeWorkflow>>) => {
      const id = ExecutionId.parse(crypto.randomUUID())
      const body = { id, instanceId: instance.id, values: { least: 5, z: 9_000_000 }, ...rest }
      const shown = await ana.call(previewRun, { params, body })
      expect(passed.map((request) => request.body)).not.toContain(shown.body)
      const execution = await ana.call(executeWorkflow, { params, body })
      await ended(ana, execution)
      const sent = passed.filter((request) => request.body === shown.body)
      expect(sent).toHaveLength(1)
      expect(shown.method).toBe(sent[0]?.method)
      expect(new URL(shown.url).pathname).toBe(sent[0]?.path)
      const { authorization, ...headers } = Object.fromEntries(shown.headers.map(({ name, value }) => [name, value]))
      expect(sent[0]?.headers).toMatchObject(headers)
      expect(authorization).toBe('Bearer Atza|••••••••••••')
      expect(sent[0]?.headers.authorization).not.toBe(authorization)
      expect(execution).toMatchObject({ id, sqlSent: shown.sqlSent })
      return { shown, execution }
    }
    const whole = await sentAsShown({ version: 1, privacyFilteringBehavior: 'REMOVE_VALUES' })
    expect(whole.shown.inline).toBe('no-copy')
    expect(whole.shown.body).toContain(`recomamp-${whole.execution.id}`)
    const [fill] = whole.shown.fills
    expect(text.slice(fill?.template.from, fill?.template.to)).toBe('{{least}}')
    expect(whole.shown.sqlSent.slice(fill?.sent.from, fill?.sent.to)).toBe('5')
    expect((await sentAsShown({ version: 1, dryRun: true })).shown.inline).toBe('dry-run')
    const unsaved = { sqlQuery: `${text} -- tried`, parameters: [least, cap], baseVersion: 1 }
    const edited = await sentAsShown({ unsaved })
    expect(edited.shown.inline).toBe('unsaved')
    expect(edited.execution).toMatchObject({ version: null, baseVersion: 1, template: unsaved.sqlQuery })
    expect(edited.execution.textHash).not.toBe(whole.execution.textHash)

    await sync(ana, query, instance)
    await reaches(ana, query, 'in-step')
    const byCopy = await sentAsShown({ version: 1 })
    expect(byCopy.shown.inline).toBeNull()
    expect(JSON.parse(byCopy.shown.body)).toMatchObject({ parameterValues: { least: 5, z: 9_000_000 } })
    const other = await sentAsShown({ version: 1, privacyFilteringBehavior: 'REMOVE_VALUES' })
    expect(other.shown.inline).toBe('copy-behind')

    // An id belongs to one run for good.
    const again = { id: whole.execution.id, version: 1, instanceId: instance.id, values: { least: 5, z: 6 } }
    const taken = ana.call(executeWorkflow, { params, body: again })
    await expect(taken).rejects.toMatchObject({ type: 'idempotency-conflict' })
    const ben = await world.signIn('ben')
    const foreign = ben.call(previewRun, { params, body: { version: 1, instanceId: instance.id, values: {} } })
    await expect(foreign).rejects.toMatchObject({ type: 'workflow-not-found' })
  })

  test('F-47: a copy that AMC does not remove stays known, with AMC’s words', async () => {
    const ana = await world.signIn('ana')
    const instance = await anInstance(ana)
    const query = await aQuery(ana)
    await sync(ana, query, instance)
    await reaches(ana, query, 'in-step')
    world.emulator.faults.add({ operation: remove, times: 1, status: 400, details: 'It is used by a schedule.' })
    const params = { workflowId: query.id, instanceId: instance.id }
    await ana.call(removeCopy, { params })
    expect(await reaches(ana, query, 'failed')).toMatchObject({
      storedVersion: 1,
      failure: { message: 'AMC did not remove the copy', amcMessage: 'It is used by a schedule.', again: false },
    })
    await ana.call(removeCopy, { params })
    await eventually(async () => (await copyOf(ana, query)) === undefined)
  })

  test('a lost answer, and a copy that AMC has lost or has already, leave one copy and no orphan', async () => {
    const ana = await world.signIn('ana')
    const instance = await anInstance(ana)
    const query = await aQuery(ana)
    world.emulator.faults.add({ operation: create, times: 1, drop: 'after' })
    await sync(ana, query, instance)
    const copy = await reaches(ana, query, 'in-step')
    const { amc, target } = await atAmc(instance, copy)
    await acrossWorkspaces(() => amc.deleteWorkflow(target, instance.amcInstanceId, copy.amcWorkflowId))
    const changed = await save(ana, query, { sqlQuery: `${byCampaign}\nHAVING SUM(impressions) > 1` })
    await sync(ana, changed, instance)
    expect(await reaches(ana, query, 'in-step')).toMatchObject({ storedVersion: 2 })
    expect((await atAmc(instance, copy)).stored?.sqlQuery).toContain('HAVING')
  })

  test('what AMC says against a text is kept, and what it had before still counts', async () => {
    const ana = await world.signIn('ana')
    const instance = await anInstance(ana)
    const query = await aQuery(ana)
    await sync(ana, query, instance)
    await reaches(ana, query, 'in-step')
    const changed = await save(ana, query, { sqlQuery: `${byCampaign}\nHAVING SUM(impressions) > 2` })
    const words = "Was unable to compile workflow x because it was found to be invalid: Object 'dsp_x' not found"
    world.emulator.faults.add({ operation: replace, times: 1, status: 400, details: words })
    await sync(ana, changed, instance)
    const failed = await reaches(ana, query, 'failed')
    expect(failed).toMatchObject({ storedVersion: 1, wantedVersion: 2, failure: { amcMessage: words, again: false } })
    expect(failed.failure?.amcRequestId).toMatch(/^[A-Z0-9]{20}$/)
    expect(failed.failure?.explanation).not.toBeNull()
  })

  test('each placeholder that AMC cannot keep is named in words, at its place; the query still runs as a whole', async () => {
    const ana = await world.signIn('ana')
    const instance = await anInstance(ana)
    const query = await aQuery(ana, `${byCampaign}\nORDER BY 2\nLIMIT {{least}}`, [least])
    await expect(sync(ana, query, instance)).rejects.toMatchObject({
      type: 'copy-impossible',
      status: 422,
      extensions: {
        findings: [
          {
            line: 5,
            column: 7,
            message: "This {{least}} cannot become CUSTOM_PARAMETER('least'): LIMIT takes a number that is written out",
          },
        ],
      },
    })
    expect(await copyOf(ana, query)).toBeUndefined()
    const done = await ended(ana, await run(ana, query, { instanceId: instance.id, values: { least: 2 } }))
    expect(done).toMatchObject({ status: 'completed', rowCount: 2, copy: null })
  })

  test('F-31: a run goes by the copy while that is the text that runs, and gives the same rows', async () => {
    const ana = await world.signIn('ana')
    const instance = await anInstance(ana)
    const query = await aQuery(ana, atLeast, [least])
    const request = { instanceId: instance.id, values: { least: 1000 } }
    const whole = await ended(ana, await run(ana, query, request))
    await sync(ana, query, instance)
    const copy = await reaches(ana, query, 'in-step')
    const short = await ended(ana, await run(ana, query, request))
    expect(short).toMatchObject({ amcWorkflowId: copy.amcWorkflowId, copy: { recreated: false }, status: 'completed' })
    expect(short.sqlSent).toContain('CUSTOM_PARAMETER')
    expect([short.rowCount, short.columns]).toEqual([whole.rowCount, whole.columns])
    // Another privacy, another text, and a check go as a whole.
    const other = await run(ana, query, { ...request, privacyFilteringBehavior: 'REMOVE_VALUES' })
    const changed = await save(ana, query, { sqlQuery: atLeast.replace('>=', '>') })
    const newer = await run(ana, changed, request)
    for (const one of [other, newer]) expect(one.copy).toBeNull()
    expect(await ended(ana, newer)).toMatchObject({ status: 'completed' })
    await ended(ana, other)
  })

  test('S-106, F-21: a copy that vanished at AMC is given back once, with its parameters and without their values, and the run says so', async () => {
    const ana = await world.signIn('ana')
    const instance = await anInstance(ana)
    const query = await aQuery(ana, atLeast, [least])
    await sync(ana, query, instance)
    const copy = await reaches(ana, query, 'in-step')
    const { amc, target } = await atAmc(instance, copy)
    await acrossWorkspaces(() => amc.deleteWorkflow(target, instance.amcInstanceId, copy.amcWorkflowId))
    const [before = 0] = calls()
    const done = await ended(ana, await run(ana, query, { instanceId: instance.id, values: { least: 1 } }))
    expect(done).toMatchObject({ status: 'completed', copy: { recreated: true } })
    expect([calls()[0], world.emulator.count('execution', copy.amcWorkflowId)]).toEqual([before + 1, 1])
    expect((await atAmc(instance, copy)).stored?.sqlQuery).toBe(done.sqlSent)
    expect(await copyOf(ana, query)).toMatchObject({ state: 'in-step' })
    // Other values run by the same copy and count.
    const nobody = await ended(
      ana,
      await run(ana, query, { instanceId: instance.id, values: { least: 2_000_000_000 } }),
    )
    expect(nobody).toMatchObject({ status: 'completed', rowCount: 0, amcWorkflowId: copy.amcWorkflowId })
    expect(done.rowCount).toBeGreaterThan(0)
  })

  test('a run by the copy whose answer is lost is found by its window and values, and runs once', async () => {
    const ana = await world.signIn('ana')
    const instance = await anInstance(ana)
    const query = await aQuery(ana, atLeast, [least])
    await sync(ana, query, instance)
    const copy = await reaches(ana, query, 'in-step')
    world.emulator.faults.add({ operation: 'createWorkflowExecution', times: 1, drop: 'after' })
    const requests = [1, 2, 3].map((value) => ({ instanceId: instance.id, values: { least: value } }))
    const runs = await Promise.all(requests.map((request) => run(ana, query, request)))
    const done = await Promise.all(runs.map((one) => ended(ana, one)))
    expect(done.map(({ status }) => status)).toEqual(['completed', 'completed', 'completed'])
    expect(new Set(done.map(({ amcExecutionId }) => amcExecutionId)).size).toBe(3)
    expect(world.emulator.count('execution', copy.amcWorkflowId)).toBe(3)
  })

  test('a copy is not replaced under a run that AMC has not begun, and a run never goes by a text that is being replaced', async () => {
    await using slow = await startWorld({
      database,
      env: { EXECUTION_SLOTS: '1' },
      emulator: { timings: { pendingMs: 1500, runningMs: 20 } },
    })
    const ana = await slow.signIn('ana')
    const instance = await anInstance(ana)
    const query = await aQuery(ana)
    await sync(ana, query, instance)
    await reaches(ana, query, 'in-step')
    const first = await run(ana, query, { instanceId: instance.id })
    expect(first.copy).not.toBeNull()
    const changed = await save(ana, query, { sqlQuery: `${byCampaign}\nHAVING SUM(impressions) > 3` })
    await eventually(() => slow.emulator.count('execution') === 1)
    // By the copy too, but it waits here for a slot.
    const waiting = await run(ana, query, { instanceId: instance.id })
    expect(waiting.copy).not.toBeNull()
    await sync(ana, changed, instance)
    await eventually(async () => (await copyOf(ana, query))?.failure?.message.startsWith('Waits until') === true)
    expect(slow.emulator.count('call', replace)).toBe(0)
    // Meanwhile the earlier version runs as a whole.
    const second = await run(ana, query, { instanceId: instance.id })
    expect(second.copy).toBeNull()
    expect(await ended(ana, first)).toMatchObject({ status: 'completed' })
    expect(await ended(ana, waiting)).toMatchObject({
      status: 'completed',
      sqlSent: byCampaign,
      copy: null,
      amcWorkflowId: `recomamp-${waiting.id}`,
    })
    await reaches(ana, query, 'in-step')
    expect(await ended(ana, second)).toMatchObject({ status: 'completed', sqlSent: byCampaign })
  })

  test('what belongs to another workspace has no copies to see or change', async () => {
    const ana = await world.signIn('ana')
    const query = await aQuery(ana)
    const instance = await anInstance(ana)
    const ben = await world.signIn('ben')
    const params = { workflowId: query.id }
    await expect(ben.call(listCopies, { params })).rejects.toMatchObject({ type: 'workflow-not-found' })
    await expect(sync(ben, query, instance)).rejects.toMatchObject({ type: 'workflow-not-found' })
    await expect(ben.call(removeCopy, { params: { ...params, instanceId: instance.id } })).rejects.toMatchObject({
      type: 'copy-not-found',
    })
    const strange = ana.call(executeWorkflow, {
      params,
      body: { version: 1, values: {}, instanceId: (await anInstance(ben)).id },
    })
    await expect(strange).rejects.toMatchObject({ type: 'instance-not-found' })
  })
})
