import { rm } from 'node:fs/promises'
import {
  acceptInvitation,
  cancelExecution,
  createToken,
  createWorkflowFromTemplate,
  deleteWorkflow,
  type Execution,
  forkTemplate,
  type Instance,
  invite,
  listInstances,
  readSchema,
  saveWorkflow,
  syncWorkflow,
  tagWorkflows,
  TemplateId,
  type Workflow,
} from '@recomamp/contracts'
import { eventually, freshDataDir, type Person, signInAt, startServerProcess } from '@recomamp/testkit'
import { endOf, saveQuery, startRun } from '../../apps/web/test/runs-by-hand.ts'
import { tellEmulator } from '../../apps/web/test/tell-emulator.ts'

/** The product with the data of a busy week, all of it synthetic. */
export interface FilledWorld extends AsyncDisposable {
  readonly url: string
  /** Who owns the workspace, who may only look at it, and who has just come. */
  readonly people: Readonly<Record<Who, Person>>
  readonly instance: Instance
  readonly otherInstance: Instance
  /** Queries and their latest executions by the template that they were made of. */
  readonly of: (template: string) => { query: Workflow; run: Execution }
  readonly earlierRun: Execution
  readonly refusedRun: Execution
  readonly fork: TemplateId
  /** A query of which the privacy rules leave little. */
  readonly byPostalCode: Workflow
  /** A link that invites. */
  readonly invitation: string
  /** Starts runs that go on for so long. */
  readonly keepRunning: (milliseconds: number) => Promise<void>
}

export type Who = 'owner' | 'viewer' | 'newcomer'

const templates = [
  'ad-product-breakdown',
  'weekly-reach',
  'exclusive-reach',
  'product-funnel',
  'path-to-conversion',
  'overlap-three-ways',
  'media-mix',
  'day-parts',
  'segment-performance',
  'time-to-conversion',
  'optimal-frequency',
  'campaign-costs',
  'campaign-inventory',
] as const

/** Starts the product on a new folder and fills a workspace of the sandbox; its end removes everything. */
export async function startFilledWorld(): Promise<FilledWorld> {
  const dataDir = await freshDataDir()
  const server = await startServerProcess({ DATA_DIR: dataDir, LOG_LEVEL: 'warn' })
  const end = async () => {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  try {
    return { ...(await fill(server.url)), [Symbol.asyncDispose]: end }
  } catch (error) {
    await end()
    throw error
  }
}

async function fill(url: string): Promise<Omit<FilledWorld, typeof Symbol.asyncDispose>> {
  const [owner, viewer, newcomer] = [
    await signInAt(url, 'ana'),
    await signInAt(url, 'cleo'),
    await signInAt(url, 'ben'),
  ]
  const instances = await eventually(async () => {
    const { items } = await owner.call(listInstances, { query: { limit: 100 } })
    return items.some(({ name }) => name === 'Tidewater Outdoor Living') && items
  })
  const named = (name: string) => {
    const found = instances.find((instance) => instance.name === name)
    if (found === undefined) throw new Error(`the sandbox has no instance ${name}`)
    return found
  }
  const [instance, otherInstance] = [named('Tidewater Kitchen'), named('Tidewater Outdoor Living')]

  const made = new Map<string, { query: Workflow; run: Execution }>()
  for (const template of templates) {
    const params = { templateId: TemplateId.parse(template) }
    const query = await owner.call(createWorkflowFromTemplate, { params, body: { instanceId: instance.id } })
    const started = await startRun(owner, query, {
      instanceId: instance.id,
      values: query.current.values,
      window: fourWeeks,
      privacyFilteringBehavior: 'REMOVE_VALUES',
    })
    made.set(template, { query, run: await endOf(owner, started) })
  }
  const of = (template: string) => {
    const found = made.get(template)
    if (found === undefined) throw new Error(`${template} is not among the queries`)
    return found
  }
  const spend = of('campaign-costs')
  const earlierRun = await endOf(
    owner,
    await startRun(owner, spend.query, {
      instanceId: instance.id,
      values: spend.query.current.values,
      window: { ...fourWeeks, start: '2026-10-22T00:00:00' },
      privacyFilteringBehavior: 'REMOVE_VALUES',
    }),
  )
  const reach = of('weekly-reach').query
  await saveNext(owner, reach, (sql) => `-- Only complete weeks\n${sql}`)
  const version = reach.version
  await owner.call(syncWorkflow, { params: { workflowId: reach.id }, body: { version, instanceId: instance.id } })
  const tagged: [string, string[]][] = [
    ['monthly', ['weekly-reach', 'ad-product-breakdown', 'campaign-costs']],
    ['autumn', ['overlap-three-ways', 'media-mix', 'campaign-costs']],
  ]
  for (const [tag, names] of tagged)
    await owner.call(tagWorkflows, {
      body: { workflowIds: names.map((name) => of(name).query.id), add: [tag], remove: [] },
    })

  const byPostalCode = await saveQuery(
    owner,
    'Reach by campaign and postal code',
    'SELECT\n  campaign,\n  iso_state_province_code,\n  postal_code,\n  COUNT(DISTINCT user_id) AS reach,\n  SUM(impressions) AS impressions\nFROM dsp_impressions\nGROUP BY campaign, iso_state_province_code, postal_code\n',
    [],
    instance.id,
  )
  const missing = await saveQuery(
    owner,
    'Reach by campaign and device',
    'SELECT campaign, device_type, COUNT(DISTINCT user_id) AS reach\nFROM dsp_impressions\nGROUP BY campaign, device_type',
    [],
    otherInstance.id,
  )
  const refusedRun = await endOf(
    owner,
    await startRun(owner, missing, { instanceId: otherInstance.id, values: {}, window: fourWeeks }),
  )
  // Afterwards: RecomAMP itself stops what a fresh reading shows to be in vain.
  for (const { id } of [instance, otherInstance]) await owner.call(readSchema, { params: { instanceId: id } })
  for (const name of ['Spend by placement, first try', 'Reach by device', 'Clicks of last spring']) {
    const old = await saveQuery(
      owner,
      name,
      'SELECT campaign, SUM(impressions) AS impressions\nFROM dsp_impressions\nGROUP BY campaign',
    )
    await owner.call(deleteWorkflow, { params: { workflowId: old.id } })
  }
  const fork = TemplateId.parse('own-0198f4c2-5d1e-7b3a-9c41-6a2f83e07d15')
  await owner.call(forkTemplate, {
    body: {
      id: fork,
      workflowId: spend.query.id,
      version: 1,
      question: 'What did each campaign of the autumn cost, week by week?',
      name: 'Autumn costs',
      category: 'Campaign overlap and media mix',
      tags: ['spend', 'autumn'],
      difficulty: 2,
      reading: 'One row per campaign and week.',
      pitfalls: ['The last week is not complete before Tuesday.'],
      visibleTo: 'workspace',
    },
  })
  const { secret } = await owner.call(invite, { body: { role: 'viewer', note: 'Cleo, reporting' } })
  await viewer.call(acceptInvitation, { body: { secret } })
  await viewer.renew()
  const open = await owner.call(invite, { body: { role: 'analyst', note: 'Dana, starts on Monday' } })
  await owner.call(createToken, { body: { name: 'Nightly export', scopes: ['read'], days: 90 } })
  await owner.call(createToken, {
    body: { name: 'Dashboard of the trading desk', scopes: ['read', 'write'], days: 30 },
  })
  return {
    url,
    people: { owner, viewer, newcomer },
    instance,
    otherInstance,
    of,
    earlierRun,
    refusedRun,
    fork,
    byPostalCode,
    invitation: `${url}/join#${open.secret}`,
    async keepRunning(milliseconds) {
      await tellEmulator(url, 'PUT', 'settings', { runningMs: milliseconds })
      const runs = ['media-mix', 'day-parts', 'weekly-reach'].map((name) =>
        startRun(owner, of(name).query, {
          instanceId: instance.id,
          values: of(name).query.current.values,
          window: fourWeeks,
        }),
      )
      const [, , last] = await Promise.all(runs)
      await tellEmulator(url, 'PUT', 'settings', { runningMs: 0 })
      if (last !== undefined) await owner.call(cancelExecution, { params: { executionId: last.id } })
    },
  }
}
const fourWeeks = { start: '2026-10-15T00:00:00', end: '2026-11-12T00:00:00', timeZone: 'UTC' }

async function saveNext(person: Person, query: Workflow, change: (sql: string) => string): Promise<void> {
  const { name, parameters, values, sqlQuery } = query.current
  await person.call(saveWorkflow, {
    params: { workflowId: query.id },
    body: {
      name,
      parameters,
      values,
      sqlQuery: change(sqlQuery),
      baseVersion: query.version,
      instanceId: query.instance?.id ?? null,
    },
  })
}
