import { listExecutions } from '@recomamp/contracts'
import { signInAt } from '@recomamp/testkit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { enterSandbox, openStage, type Stage } from './stage.ts'

/** What is wrong with a query is said before anything is sent, at its place; what AMC refuses keeps AMC's words. */
let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage[Symbol.asyncDispose]())

async function write(page: Page, sql: string): Promise<void> {
  const editor = page.getByRole('textbox', { name: 'Query in AMC SQL' })
  await editor.click()
  await page.keyboard.press('Control+A')
  await page.keyboard.insertText(sql)
}

async function openEmptyQuery(): Promise<Page> {
  const page = await stage.newPage()
  await enterSandbox(page, stage.url)
  return page
}

/** How many executions the server knows; none is known that was not to be sent. */
async function countExecutions(): Promise<number> {
  const ana = await signInAt(stage.url, 'ana')
  return (await ana.call(listExecutions, {})).total
}

const refused = [
  {
    what: 'a syntax error',
    sql: 'SELECT campaign,, SUM(impressions) AS impressions\nFROM dsp_impressions\nGROUP BY 1',
    says: /1:16/,
    marked: ',',
  },
  {
    what: 'an unknown column',
    sql: 'SELECT campaing, SUM(impressions) AS impressions\nFROM dsp_impressions\nGROUP BY 1',
    says: /campaign/,
    marked: 'campaing',
  },
  {
    what: 'a parameter without a value',
    sql: 'SELECT campaign, SUM(impressions) AS impressions\nFROM dsp_impressions\nWHERE campaign = {{which}}\nGROUP BY 1',
    says: /which/,
    marked: '{{which}}',
  },
]

test.each(refused)('$what is refused before anything is sent, marked at its place', async ({ sql, says, marked }) => {
  const before = await countExecutions()
  const page = await openEmptyQuery()
  await write(page, sql)
  await page.getByRole('button', { name: /^Run/ }).click()
  await expect.poll(() => page.getByRole('region', { name: 'Problems' }).innerText()).toMatch(says)
  const marks = page.locator('.cm-content .cm-lintRange-error')
  await expect.poll(() => marks.allInnerTexts()).toContain(marked)
  expect(await countExecutions()).toBe(before)
  await page.context().close()
})

test('S-079: a window with a zone is refused at its field, in words and not by an empty result', async () => {
  const before = await countExecutions()
  const page = await openEmptyQuery()
  await write(page, 'SELECT campaign, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY 1')
  const from = page.getByRole('textbox', { name: 'From', exact: true })
  await from.fill('2026-11-01T00:00:00Z')
  await from.blur()
  await page.getByText('A time without a zone').waitFor()
  await page.getByRole('button', { name: /^Run/ }).click()
  expect(await from.getAttribute('aria-invalid')).toBe('true')
  expect(await countExecutions()).toBe(before)
  await page.context().close()
})

test("AMC's own refusal shows its text and its place", async () => {
  const page = await openEmptyQuery()
  // In the catalogue, but not on this instance: only AMC can say so.
  await write(page, 'SELECT asin, COUNT(DISTINCT user_id) AS people\nFROM amazon_retail_purchases\nGROUP BY 1')
  await page.getByRole('button', { name: /^Run/ }).click()
  await page.getByText("Object 'amazon_retail_purchases' not found").first().waitFor({ timeout: 60_000 })
  await expect.poll(() => page.getByRole('button', { name: 'Go to line 2, column 6' }).isVisible()).toBe(true)
  await page.context().close()
})

test('with rows removed, one person per row gives no rows, and the screen says why', async () => {
  const page = await openEmptyQuery()
  await write(
    page,
    `SELECT campaign, impression_dt_utc, COUNT(DISTINCT user_id) AS people, SUM(impressions) AS impressions
FROM dsp_impressions WHERE user_id IS NOT NULL GROUP BY campaign, impression_dt_utc`,
  )
  await page.getByText('Rows removed').first().click()
  await page.getByRole('button', { name: /^Run/ }).click()
  await page.getByText('Succeeded').first().waitFor({ timeout: 60_000 })
  const result = page.getByRole('region', { name: 'Result' })
  await expect.poll(() => result.innerText()).toMatch(/no rows/i)
  expect(await result.innerText()).toMatch(/too few/i)
  await page.context().close()
})

test('user_id never leaves: the query is refused and says why', async () => {
  const before = await countExecutions()
  const page = await openEmptyQuery()
  await write(page, 'SELECT user_id, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY user_id')
  await page.getByRole('button', { name: /^Run/ }).click()
  await expect.poll(() => page.getByRole('region', { name: 'Problems' }).innerText()).toMatch(/user_id/)
  expect(await countExecutions()).toBe(before)
  await page.context().close()
})
