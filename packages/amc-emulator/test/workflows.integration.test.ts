import { AmcWorkflowId } from '@recomamp/amc-wire'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openEmulator, openTestEngine } from './open-emulator.ts'
import type { TestEmulator } from './open-emulator.ts'

const engine = openTestEngine()
let world: TestEmulator

beforeAll(async () => {
  await engine.ready
  world = await openEmulator(engine)
})
afterAll(async () => {
  await world[Symbol.asyncDispose]()
  await engine.close()
})

const sqlQuery = 'SELECT campaign, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY campaign'
const id = (text: string) => AmcWorkflowId.parse(text)

test('a workflow is stored, read, replaced as a whole, listed by pages and deleted', async () => {
  const { amc, target, instance } = world
  const inputParameters = [
    { name: 'ids', dataType: { type: 'ARRAY' as const, elementDataType: 'STRING' as const }, defaultValue: ['1'] },
  ]
  await amc.createWorkflow(target, instance, {
    workflowId: 'one',
    sqlQuery,
    inputParameters,
    filteredReasonColumn: 'r',
  })
  await amc.createWorkflow(target, instance, { workflowId: 'two', sqlQuery })
  const one = await amc.getWorkflow(target, instance, id('one'))
  expect(one).toMatchObject({ workflowId: 'one', sqlQuery, filteredReasonColumn: 'r' })
  expect(one.inputParameters[0]).toMatchObject({
    name: 'ids',
    dataType: { type: 'ARRAY', elementDataType: 'STRING' },
    defaultValue: ['1'],
  })
  await amc.updateWorkflow(target, instance, { workflowId: 'one', sqlQuery })
  expect((await amc.getWorkflow(target, instance, id('one'))).inputParameters).toEqual([])
  const pages = await Array.fromAsync(amc.listWorkflows(target, instance, { limit: 1 }))
  expect(pages.map((page) => page.map((workflow) => workflow.workflowId))).toEqual([['one'], ['two']])
  await amc.deleteWorkflow(target, instance, id('one'))
  await expect(amc.getWorkflow(target, instance, id('one'))).rejects.toMatchObject({
    kind: 'not-found',
    amcMessage: 'Workflow with ID one does not exist',
  })
})

describe('refused', () => {
  test('SQL that does not compile: 400 at once, with its place', async () => {
    const bad = { workflowId: 'bad', sqlQuery: 'SELECT campaign\nFROM no_such_table' }
    await expect(world.amc.createWorkflow(world.target, world.instance, bad)).rejects.toMatchObject({
      kind: 'refused',
      status: 400,
      amcMessage: expect.stringMatching(
        /^Was unable to compile workflow bad because it was found to be invalid: From line 2, column 6 to line 2, column 18: Object 'no_such_table' not found/,
      ) as string,
    })
  })

  test('an id that is taken, and one that is not there', async () => {
    const { amc, target, instance } = world
    await amc.createWorkflow(target, instance, { workflowId: 'taken', sqlQuery })
    await expect(amc.createWorkflow(target, instance, { workflowId: 'taken', sqlQuery })).rejects.toMatchObject({
      status: 400,
      amcMessage: 'Workflow with ID taken already exists.',
    })
    const absent = { workflowId: 'absent', sqlQuery }
    await expect(amc.updateWorkflow(target, instance, absent)).rejects.toMatchObject({ kind: 'not-found' })
    await expect(amc.deleteWorkflow(target, instance, id('absent'))).rejects.toMatchObject({ kind: 'not-found' })
  })

  test('a table of Amazon DSP on an instance with sponsored ads only', async () => {
    const instances = (await Array.fromAsync(world.amc.listInstances(world.target))).flat()
    const sponsored = instances.find((one) => one.advertiserTypes?.join() === 'SPONSORED_ADS')!
    const work = world.amc.createWorkflow(world.target, sponsored.instanceId, { workflowId: 'dsp', sqlQuery })
    await expect(work).rejects.toMatchObject({
      amcMessage: expect.stringContaining("Object 'dsp_impressions' not found") as string,
    })
  })
})

test('answers wrapped as published are read alike', async () => {
  const { amc, target, instance, emulator } = world
  await amc.createWorkflow(target, instance, { workflowId: 'wrapped', sqlQuery })
  const bare = await amc.getWorkflow(target, instance, id('wrapped'))
  emulator.settings.wrapSingles = true
  try {
    expect(await amc.getWorkflow(target, instance, id('wrapped'))).toEqual(bare)
  } finally {
    emulator.settings.wrapSingles = false
  }
})

test('a body with text behind its end is refused', async () => {
  const { accessToken } = await world.lwa.refresh(world.emulator.refreshToken)
  const answer = await fetch(`${world.emulator.url}/amc/reporting/${world.instance}/workflows`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${accessToken}`,
      'Amazon-Advertising-API-ClientId': world.emulator.clientId,
      'Amazon-Advertising-API-AdvertiserId': world.emulator.entityId,
      'Amazon-Advertising-API-MarketplaceId': world.emulator.marketplaceId,
    },
    body: `${JSON.stringify({ workflowId: 'tail', sqlQuery })} tail`,
  })
  expect(answer.status).toBe(422)
})
