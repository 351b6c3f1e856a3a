import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { accessibilityFaults, enterSandbox, openQuestion, openStage, type Stage, tellEmulator } from './stage.ts'

/** What a person can do with a run, and what a run that went wrong tells. */
let stage: Stage
let page: Page

beforeAll(async () => {
  stage = await openStage()
})
beforeEach(async () => {
  await tell('DELETE', 'faults')
  page = await stage.newPage()
  await enterSandbox(page, stage.url)
  await openQuestion(page, question)
})
afterAll(() => stage[Symbol.asyncDispose]())

const question = /Which campaigns have data here/

const tell = (method: string, path: string, body?: object) => tellEmulator(stage.url, method, path, body)

async function write(sql: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Query in AMC SQL' }).click()
  await page.keyboard.press('Control+A')
  await page.keyboard.insertText(sql)
}

const startRun = () => page.getByRole('button', { name: /^Run/ }).click()
const status = (word: string) => page.getByRole('status').filter({ hasText: word }).first()

test('S-060: a run is cancelled: asked, refused in AMC’s words, asked again, confirmed', async () => {
  await tell('PUT', 'settings', { pendingMs: 60_000 })
  await tell('POST', 'faults', {
    operation: 'updateWorkflowExecution',
    times: 1,
    status: 400,
    details: 'It cannot be ended now.',
    delayBeforeMs: 300,
  })
  await startRun()
  await status('Pending').waitFor()
  await page.getByRole('button', { name: 'Cancel run', exact: true }).click()
  await status('Cancelling').waitFor()
  await page.getByText('AMC did not end the run. AMC’s words: It cannot be ended now.').waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Cancel run again' }).click()
  await status('Cancelled').waitFor()
  await tell('PUT', 'settings', { pendingMs: 20 })
})

test('S-063: Check only lets AMC look at the text on screen, tells its columns, and saves nothing', async () => {
  await write('SELECT campaign AS tried, SUM(clicks) AS clicks\nFROM dsp_clicks\nGROUP BY campaign')
  await page.getByRole('button', { name: 'Check only' }).click()
  await page.getByRole('heading', { name: 'AMC takes this query' }).waitFor()
  const columns = page.getByRole('table', { name: 'Columns of the result' })
  await expect.poll(() => columns.getByRole('row').allInnerTexts()).toHaveLength(3)
  expect((await columns.innerText()).replaceAll(/\s+/g, ' ')).toMatch(/tried STRING dimension clicks LONG metric/)
  await page.getByText('v1, edited').waitFor()
  await page.getByText('v1 + edits', { exact: true }).waitFor()
})

test('the copy at AMC: none, in step, before one’s edits, impossible in words, removed', async () => {
  const copy = page.getByRole('region', { name: 'AMC copy' })
  await copy.getByText('none; each run sends the whole query').waitFor()
  await copy.getByRole('button', { name: 'Sync' }).click()
  await copy.getByText('in step', { exact: false }).waitFor()
  expect(await accessibilityFaults(page)).toEqual([])

  await write('SELECT campaign, SUM(impressions) AS n\nFROM dsp_impressions\nGROUP BY campaign\nLIMIT {{most}}')
  await copy.getByText('in step, before your edits').waitFor()
  await copy.getByRole('button', { name: 'Sync' }).click()
  await copy
    .getByText(/Line 4, column 7: This {{most}} cannot become CUSTOM_PARAMETER\('most'\): LIMIT takes/)
    .waitFor()
  await copy.getByText('behind, AMC has v1').waitFor()
  await write('SELECT campaign, SUM(clicks) AS n\nFROM dsp_clicks\nGROUP BY campaign')
  await copy.getByRole('button', { name: 'Sync' }).click()
  await copy.getByText('AMC copy: in step', { exact: true }).waitFor()
  await copy.getByRole('button', { name: 'Remove from AMC' }).click()
  await copy.getByText('none; each run sends the whole query').waitFor()
})

test('S-052: the page of executions says how often AMC is asked, what is open and when it last answered', async () => {
  await tell('PUT', 'settings', { pendingMs: 60_000 })
  await startRun()
  await status('Pending').waitFor()
  await page.getByRole('link', { name: 'Executions' }).first().click()
  await page.getByText(/AMC is asked every 15 s how open runs stand\. 1 is open\. Last answer \d+ s ago\./).waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  await page.getByRole('grid').getByRole('link').first().click()
  await page.getByRole('button', { name: 'Cancel run' }).click()
  await status('Cancelled').waitFor()
  await tell('PUT', 'settings', { pendingMs: 20 })
})

test('S-073: a run that AMC denies says in words what was sent, what it means and what to do', async () => {
  await tell('POST', 'faults', { operation: 'createWorkflowExecution', times: 1, status: 403 })
  await startRun()
  const panel = page.getByRole('alert').filter({ hasText: 'AMC refused the query' })
  await panel.waitFor()
  const words = await panel.innerText()
  expect(words).toContain('Amazon does not let this sign-in use that instance with that account and marketplace.')
  expect(words).toContain('Check that the instance belongs to the account')
  const sent = (await page.getByLabel('What was sent').innerText()).replaceAll(/\s+/g, ' ')
  expect(sent).toMatch(/AMC instance id amc\w{8} Entity ENTITY\w+ Marketplace A\w+/)
  expect(await accessibilityFaults(page)).toEqual([])
})

test('a run that fails keeps AMC’s words and explains those that are known', async () => {
  const amcWords = 'Terms and conditions must be accepted to continue'
  await tell('POST', 'faults', {
    operation: 'createWorkflowExecution',
    times: 1,
    status: 400,
    details: amcWords,
  })
  await startRun()
  await page.getByText('Somebody with administrator rights has not accepted the AMC terms').waitFor()
  expect(await page.getByRole('figure').filter({ hasText: 'AMC’s words' }).innerText()).toContain(amcWords)
  await page.getByText('Open Amazon Marketing Cloud in Amazon’s console with an administrator').waitFor()
  // Nothing was computed, so there is nothing to cancel any more.
  expect(await page.getByRole('button', { name: /Cancel run/ }).count()).toBe(0)
})
