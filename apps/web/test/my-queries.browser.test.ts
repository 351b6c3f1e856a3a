import * as api from '@recomamp/contracts'
import { type Person, eventually, signInAt } from '@recomamp/testkit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityFaults, enterSandbox, openStage, type Stage } from './stage.ts'

let stage: Stage
let page: Page
let ana: Person

const sqlQuery = 'SELECT campaign, SUM(impressions) AS impressions\nFROM dsp_impressions\nGROUP BY campaign'

beforeAll(async () => {
  stage = await openStage()
  page = await stage.newPage()
  await enterSandbox(page, stage.url)
  ana = await signInAt(stage.url, 'ana')
})
afterAll(() => stage[Symbol.asyncDispose]())

async function make(name: string, text = sqlQuery): Promise<api.Workflow> {
  const instance = await eventually(async () =>
    (await ana.call(api.listInstances, { query: { limit: 100 } })).items.find((each) =>
      each.name.startsWith('Tidewater K'),
    ),
  )
  const body = { name, sqlQuery: text, parameters: [], values: {}, instanceId: instance.id }
  return ana.call(api.createWorkflow, { body })
}

const row = (name: string | RegExp) => page.getByRole('row').filter({ hasText: name })
const find = () => page.getByRole('textbox', { name: 'Find queries' })

test('S-005, S-108, S-113: queries are found, brought in step, tagged, exported and thrown away with Undo', async () => {
  const reach = await make('Reach by campaign')
  for (let number = 1; number <= 60; number += 1) await make(`Weekly ${String(number).padStart(2, '0')}`)
  const params = { workflowId: reach.id }
  const instanceId = reach.instance?.id ?? ''
  await ana.call(api.syncWorkflow, { params, body: { version: 1, instanceId } })
  await eventually(async () => (await ana.call(api.getWorkflow, { params })).copies?.state === 'in-step')
  const { name, parameters, values } = reach.current
  const changed = `${sqlQuery}\nHAVING SUM(impressions) > 1`
  const body = { name, parameters, values, sqlQuery: changed, baseVersion: 1, instanceId }
  await ana.call(api.saveWorkflow, { params, body })

  await page.getByRole('navigation').getByRole('link', { name: 'My queries' }).click()
  await page.getByRole('heading', { name: 'My queries' }).waitFor()
  await row('Weekly 60').waitFor()
  // Read page by page while one goes down; only what is on screen is drawn.
  const grid = page.getByRole('grid', { name: 'My queries' })
  await grid.focus()
  await page.keyboard.press('End')
  await row('Weekly 12').waitFor()
  await expect
    .poll(async () => {
      await page.keyboard.press('End')
      return row('Weekly 01').count()
    })
    .toBe(1)
  expect(await page.getByRole('row').count()).toBeLessThan(60)
  await page.keyboard.press('Home')

  await find().fill('reach')
  await expect.poll(() => page.url()).toContain('q=reach')
  await row('Reach by campaign').filter({ hasText: '1 version behind' }).waitFor()
  await expect.poll(() => row(/Weekly/).count()).toBe(0)
  await find().press('ArrowDown')
  await page.keyboard.press(' ')
  const bar = page.getByRole('region', { name: 'Selected queries' })
  await bar.getByText('1 selected').waitFor()
  await bar.getByRole('button', { name: 'Sync 1' }).click()
  await row('Reach by campaign').filter({ hasText: 'in step' }).waitFor()
  await bar.getByRole('button', { name: 'Tag' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'Add a tag' }).fill('frequency')
  await page.keyboard.press('Enter')
  expect(await accessibilityFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Save tags' }).click()
  await row('Reach by campaign').filter({ hasText: 'frequency' }).waitFor()
  const saved = page.waitForEvent('download')
  await bar.getByRole('button', { name: 'Export files' }).click()
  expect((await saved).suggestedFilename()).toBe('queries.zip')
  expect(await accessibilityFaults(page)).toEqual([])

  // What AMC keeps is asked about, and Undo brings everything back.
  await grid.focus()
  await page.keyboard.press('Delete')
  await page.getByRole('heading', { name: 'Delete its copy at AMC too?' }).waitFor()
  await page.getByRole('button', { name: 'Delete at AMC' }).click()
  await page.getByText('“Reach by campaign” is in the trash').waitFor()
  await page.getByText('No query matches.').waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await row('Reach by campaign').filter({ hasText: 'in step' }).waitFor()

  await find().fill('weekly')
  await row('Weekly 60').waitFor()
  await page.getByRole('button', { name: 'Sort by Name and tags' }).click()
  await row('Weekly 01').waitFor()
  await row('Weekly 01').getByRole('gridcell', { name: 'Select Weekly 01' }).click()
  await row('Weekly 02').getByRole('gridcell', { name: 'Select Weekly 02' }).click()
  await bar.getByRole('button', { name: 'Move to trash' }).click()
  await page.getByText('2 queries are in the trash').waitFor()
  await page.getByRole('radio', { name: /^Trash/ }).click()
  await row('Weekly 01')
    .filter({ hasText: /goes on \d+ \w+/ })
    .waitFor()
})

test('S-115, S-147: the history of a query shows how an earlier version differs from what is typed', async () => {
  const query = await make('With a history')
  const params = { workflowId: query.id }
  const body = { name: query.name, parameters: [], values: {}, instanceId: query.instance?.id ?? null }
  const changed = sqlQuery
    .replace('campaign,', 'campaign, advertiser,')
    .replace('BY campaign', 'BY campaign, advertiser')
  await ana.call(api.saveWorkflow, { params, body: { ...body, sqlQuery: changed, baseVersion: 1 } })
  await page.goto(`${stage.url}/workbench/${query.id}`)
  const editor = page.getByRole('textbox', { name: 'Query in AMC SQL' })
  await editor.click()
  await page.keyboard.press('Control+End')
  await page.keyboard.insertText(' -- typed')
  await page.getByRole('button', { name: 'History, v2, edited' }).click()
  const versions = page.getByRole('complementary', { name: 'Versions' })
  await versions.getByText('Your draft').waitFor()
  await versions.getByRole('button', { name: /^v1/ }).click()
  const figures = page.getByText(/places? differ/)
  await expect.poll(() => figures.innerText()).toBe('2 places differ; 2 lines taken out, 2 put in')
})

test('S-115: two windows on one query: the stale one stops, merges what both changed, and goes on', async () => {
  const query = await make('In two windows')
  await page.goto(`${stage.url}/workbench/${query.id}`)
  const editor = (of: Page) => of.getByRole('textbox', { name: 'Query in AMC SQL' })
  await editor(page).waitFor()
  const other = await page.context().newPage()
  await other.goto(`${stage.url}/workbench/${query.id}`)
  await editor(other).click()
  await other.keyboard.press('Control+End')
  await other.keyboard.insertText('\nLIMIT 7')
  await other.getByText(/^Draft kept/).waitFor()
  await editor(page).click()
  await page.keyboard.press('Control+Home')
  await page.keyboard.insertText('-- mine\n')
  await page.getByText('This query was also edited elsewhere').waitFor()
  await page.getByRole('button', { name: 'Merge both' }).click()
  await page.getByText('No place was changed in both').waitFor()
  await page.getByRole('textbox', { name: /^The text to keep/ }).waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Go on with the right text' }).click()
  await page.getByText(/^Draft kept/).waitFor()
  const kept = await ana.call(api.getWorkflow, { params: { workflowId: query.id } })
  expect(kept.draft?.sqlQuery).toBe(`-- mine\n${sqlQuery}\nLIMIT 7`)
  await other.close()
})
