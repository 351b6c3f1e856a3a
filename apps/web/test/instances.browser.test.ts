import { AmcInstanceId } from '@recomamp/amc-wire'
import { addInstances, type Instance } from '@recomamp/contracts'
import type { Person } from '@recomamp/testkit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endOf, instanceNamed, saveQuery, startRun } from './runs-by-hand.ts'
import { accessibilityFaults, openStage, signIn, type Stage, tellEmulator } from './stage.ts'

let stage: Stage
let page: Page
let ana: Person
let kitchen: Instance

beforeAll(async () => {
  stage = await openStage({ EXECUTION_POLL_INTERVAL_SECONDS: '1' })
  page = await stage.newPage()
  ana = await signIn(page, stage.url)
  await tellEmulator(stage.url, 'PUT', 'settings', { pendingMs: 20 })
  kitchen = await instanceNamed(ana, 'Tidewater Kitchen')
  const sql = 'SELECT campaign, SUM(impressions) AS impressions\nFROM dsp_impressions\nGROUP BY campaign'
  await endOf(
    ana,
    await startRun(ana, await saveQuery(ana, 'Kitchen weekly', sql, [], kitchen.id), {
      instanceId: kitchen.id,
      values: {},
    }),
  )
})
afterAll(() => stage[Symbol.asyncDispose]())

const rows = () => page.getByRole('row').filter({ has: page.getByRole('link') })
const tab = (name: string) => page.getByRole('tab', { name, exact: true })

test('S-109: an instance is found in the list and read on its page: ids, tables, queries, executions', async () => {
  await page.goto(`${stage.url}/instances`)
  await page.getByRole('textbox', { name: 'Find' }).fill(kitchen.amcInstanceId)
  await expect.poll(() => rows().count()).toBe(1)
  expect(new URL(page.url()).searchParams.get('q')).toBe(kitchen.amcInstanceId)
  await page.getByRole('link', { name: 'Tidewater Kitchen' }).first().click()
  await page.getByRole('heading', { name: 'Tidewater Kitchen' }).waitFor()
  await page.getByRole('main').getByText(kitchen.amcInstanceId).first().waitFor()
  await page.getByText(kitchen.id).first().waitFor()
  await page.getByText(/^In step with AMC/).waitFor()

  await tab('Tables').click()
  await page.getByRole('textbox', { name: 'Find' }).fill('dsp_imp')
  await page.getByRole('link', { name: 'dsp_impressions', exact: true }).waitFor()
  await expect
    .poll(() => page.getByRole('tabpanel').getByRole('link', { name: 'conversions', exact: true }).count())
    .toBe(0)
  await tab('Queries').click()
  await page.getByRole('tabpanel').getByRole('link', { name: 'Kitchen weekly' }).waitFor()
  await tab('Executions').click()
  await page
    .getByRole('tabpanel')
    .getByRole('row')
    .filter({ hasText: 'Kitchen weekly' })
    .getByText('Succeeded')
    .waitFor()
  expect(new URL(page.url()).searchParams.get('tab')).toBe('executions')
})

test('S-109: what a workspace says of an instance is kept field by field, and shows wherever the instance does', async () => {
  await page.goto(`${stage.url}/instances/${kitchen.id}?tab=settings`)
  const field = (name: string) => page.getByRole('textbox', { name, exact: true })
  const kept = () => page.waitForResponse((answer) => answer.request().method() === 'PUT' && answer.ok())
  const typed = async (name: string, text: string) => {
    const answer = kept()
    await field(name).fill(text)
    await field(name).press('Tab')
    await answer
  }
  await typed('Name', 'Kitchen, US')
  await page.getByRole('heading', { name: 'Kitchen, US' }).waitFor()
  await typed('Notes', 'Ask Ben before long runs.')
  await field('Counted as settled after, in days').fill('1')
  await page
    .getByText(/2 to 90/)
    .first()
    .waitFor()
  expect(await field('Counted as settled after, in days').getAttribute('aria-invalid')).toBe('true')
  await typed('Counted as settled after, in days', '16')
  expect(await accessibilityFaults(page)).toEqual([])
  await tab('Overview').click()
  await page.getByText('after 16 days').waitFor()
  await page.getByText('Ask Ben before long runs.').waitFor()
  await page.reload()
  await page.getByRole('heading', { name: 'Kitchen, US' }).waitFor()
  await page.getByText('after 16 days').waitFor()
})

test('S-109: an instance is added by its ids; a removal says what goes and what stays before it happens, and is taken back', async () => {
  await page.goto(`${stage.url}/instances`)
  await page.getByRole('button', { name: 'Add by id' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add an instance by its id' })
  await dialog.getByRole('button', { name: 'Add the instance' }).click()
  await dialog.getByText('Needed for every call to AMC.').first().waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  await dialog.getByRole('textbox', { name: 'AMC instance id' }).fill('amcbyhand01')
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Shared by a partner')
  await dialog.getByRole('textbox', { name: 'Entity' }).fill(kitchen.account.entityId)
  await dialog.getByRole('textbox', { name: 'Marketplace' }).fill(kitchen.account.marketplaceId)
  await dialog.getByRole('button', { name: 'Add the instance' }).click()
  await page.getByRole('heading', { name: 'Shared by a partner' }).waitFor()
  await page.getByRole('main').getByText('amcbyhand01').first().waitFor()

  await page.goto(`${stage.url}/instances/${kitchen.id}?tab=settings`)
  await page.getByRole('button', { name: 'Remove the instance' }).click()
  const question = page.getByRole('dialog')
  const stays = question.getByRole('listitem')
  await expect.poll(() => stays.count()).toBe(3)
  const words = (await stays.allInnerTexts()).join('\n')
  expect(words).toContain('one execution with its result')
  expect(words).toContain('one query, then without an instance')
  expect(await accessibilityFaults(page)).toEqual([])
  await question.getByRole('button', { name: 'Remove', exact: true }).click()
  await page.waitForURL(/\/instances$/)
  await page.getByRole('status').filter({ hasText: 'Kitchen, US' }).waitFor()
  await page.getByRole('textbox', { name: 'Find' }).fill(kitchen.amcInstanceId)
  await expect.poll(() => rows().count()).toBe(0)
  await page.getByRole('button', { name: 'Add it again' }).click()
  await expect.poll(() => rows().count()).toBe(1)
})

test('an instance behind the first hundred is found by its name wherever one is chosen, and its query stays with it', async () => {
  const { account, connection } = kitchen
  const added = { by: 'hand', connectionId: connection.id, type: 'STANDARD' } as const
  const ids = { entityId: account.entityId, marketplaceId: account.marketplaceId }
  const add = (name: string, amcInstanceId: string) =>
    ana.call(addInstances, {
      body: { ...added, ...ids, name, amcInstanceId: AmcInstanceId.parse(amcInstanceId) },
    })
  for (let at = 0; at < 40; at += 1) await add(`Many ${at}`, `amcmany${at}`)
  const { instance } = await add('Zebra Crossing', 'amczebra')
  if (instance === null) throw new Error('nothing was added')
  const query = await saveQuery(ana, 'Far away', 'SELECT campaign FROM dsp_impressions', [], instance.id)
  // The first hundred do not hold it; the query runs where it belongs all the same.
  await page.goto(`${stage.url}/workbench/${query.id}`)
  const switcher = page.getByRole('button', { name: /Choose the instance$/ })
  await expect.poll(() => switcher.innerText()).toContain('Zebra Crossing')
  await page.goto(`${stage.url}/executions`)
  await page.getByRole('button', { name: 'any Instance' }).click()
  await page.getByText(/^The first 100 of \d+\. Type to find the others\.$/).waitFor()
  await page.keyboard.type('zebra')
  await page.getByRole('option', { name: 'Zebra Crossing' }).waitFor()
  await expect.poll(() => page.getByRole('option').count()).toBe(1)
  // The list that was there before has a moment in which the field still names one of its options.
  await expect.poll(() => accessibilityFaults(page)).toEqual([])
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect.poll(() => new URL(page.url()).searchParams.get('i')).toBe(instance.id)
  await page.getByRole('button', { name: 'Zebra Crossing Instance' }).waitFor()
  await page.getByText('No execution matches this filter.').waitFor()
})
