import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityFaults, enterSandbox, openQuestion, openStage, type Stage } from './stage.ts'

/** The query workbench as one person walks through it, signed in once; each test goes on where the one before it ended. */
let stage: Stage
let page: Page

beforeAll(async () => {
  stage = await openStage()
  page = await stage.newPage({ permissions: ['clipboard-read', 'clipboard-write'] })
  await enterSandbox(page, stage.url)
  await openQuestion(page, /How many people saw a DSP campaign/)
})
afterAll(() => stage[Symbol.asyncDispose]())

const editor = () => page.getByRole('textbox', { name: 'Query in AMC SQL' })
const result = () => page.getByRole('region', { name: 'Result', exact: true })
const copied = () => page.evaluate(() => navigator.clipboard.readText())

async function write(sql: string): Promise<void> {
  await editor().click()
  await page.keyboard.press('Control+A')
  await page.keyboard.insertText(sql)
}

test('S-007: the editor has line numbers, colours, undo and find, and a height wherever it stands', async () => {
  await editor().click()
  const before = await editor().innerText()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(' -- x')
  await expect.poll(() => editor().innerText()).toMatch(/-- x$/)
  await page.keyboard.press('Control+z')
  await expect.poll(() => editor().innerText()).toBe(before)
  const host = page.getByTestId('sql-editor')
  await page.keyboard.press('Control+f')
  await page.getByRole('textbox', { name: 'Find' }).last().waitFor()
  await page.keyboard.press('Escape')
  for (const [width, height] of [
    [1440, 900],
    [768, 500],
    [360, 560],
  ] as const) {
    await page.setViewportSize({ width, height })
    if (width === 360) await page.getByRole('tab', { name: 'SQL' }).click()
    await expect.poll(async () => (await host.boundingBox())?.height ?? 0).toBeGreaterThan(36)
    expect(await host.getByText('FROM', { exact: true }).first().getAttribute('class')).toContain('sql-keyword')
    expect(await host.getByText('1', { exact: true }).first().isVisible()).toBe(true)
  }
  await page.setViewportSize({ width: 1440, height: 900 })
})

test('the query is tried on synthetic data with one key, also a part of it and a selection; nothing is sent', async () => {
  await page.getByText('No problems').waitFor()
  await editor().click()
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Alt+Shift+Enter')
  await page.getByText('the part user_frequency, without the privacy rules').waitFor()
  await result()
    .getByText(/^first 1,000 of [\d,]+ rows/)
    .waitFor()
  await page.keyboard.press('Alt+Enter')
  await result().getByText('this query', { exact: true }).waitFor()
  await result()
    .getByText(/rows have a filtered value/)
    .waitFor()
  await result().getByRole('grid').getByText('filtered').first().waitFor()

  const piece = 'SELECT campaign, SUM(clicks) AS clicks\nFROM dsp_clicks\nGROUP BY campaign'
  await write(`${piece}\n`)
  await page.keyboard.press('Control+A')
  await page.getByRole('button', { name: /^Run selection/ }).waitFor()
  await page.keyboard.press('Alt+Enter')
  await result().getByText('the selection', { exact: true }).waitFor()
  await page.getByRole('link', { name: 'Executions' }).first().waitFor()
  expect(await page.getByText('Open the execution').count()).toBe(0)
  expect(await accessibilityFaults(page)).toEqual([])
})

test('a run of unsaved edits makes no version and says whose edits they are', async () => {
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Succeeded').first().waitFor()
  await result().getByText('v1 + edits', { exact: true }).waitFor()
  await page.getByText('v1, edited').waitFor()
  expect(await page.getByRole('heading', { name: 'Reach and impression frequency, DSP' }).count()).toBe(1)
  await page.getByText('Last run took').waitFor()
  await page.getByText('0 of 10', { exact: true }).waitFor()
})

test('the request is shown with both texts, its headers without the token, and what differs from the run before', async () => {
  await write('SELECT campaign, SUM(clicks) AS clicks\nFROM dsp_clicks\nWHERE clicks > {{least}}\nGROUP BY campaign')
  const value = page.getByRole('textbox', { name: 'Value of least' })
  await value.fill('0')
  await page.keyboard.press('Control+Alt+r')
  const drawer = page.getByRole('dialog', { name: 'The request' })
  await drawer.getByText(/inline: these edits are in no version/).waitFor()
  await drawer.getByText('another text in line 3').waitFor()
  const words = await drawer.innerText()
  expect(words).toContain('Bearer Atza|••••')
  const both = drawer.getByRole('region', { name: /line by line/ })
  expect(await both.innerText()).toMatch(/WHERE clicks > \{\{least\}\}\s+3\s+WHERE clicks > 0/)
  await drawer.getByRole('button', { name: 'Copy as JSON' }).click()
  await expect.poll(copied).toContain('WHERE clicks > 0')
  const body: unknown = JSON.parse(await copied())
  await drawer.getByRole('button', { name: 'Copy as curl' }).click()
  await expect.poll(copied).toContain('$AMC_ACCESS_TOKEN')
  expect(await accessibilityFaults(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await drawer.waitFor({ state: 'hidden' })
  await page.getByText('Succeeded').first().waitFor()
  const run = new URL(page.url()).searchParams.get('run')?.replaceAll('"', '')
  expect(body).toMatchObject({ workflow: { workflowId: `recomamp-${run}` } })
})

test('what Amazon would hide is told before anything is sent, and a coarser grouping is taken with one press', async () => {
  await write(
    'SELECT postal_code, device_type, COUNT(DISTINCT user_id) AS reach, SUM(impressions) AS n\nFROM dsp_impressions\nGROUP BY postal_code, device_type',
  )
  await page.getByText('No problems').waitFor()
  await page.keyboard.press('Alt+p')
  const causes = page.getByRole('region', { name: 'Which column causes it' })
  await causes.waitFor()
  expect(await causes.getByRole('listitem').first().innerText()).toMatch(/postal_code[\s\S]*HIGH[\s\S]*100 users/)
  const groupings = page.getByRole('region', { name: 'Coarser groupings' })
  const share = async (row: number) => {
    const text = await groupings.getByRole('row').nth(row).innerText()
    return Number(/([\d.]+) %/.exec(text)?.[1])
  }
  expect(await share(2)).toBeGreaterThan(await share(1))
  const rows = page.getByRole('region', { name: 'Rows', exact: true })
  await rows
    .getByText(/rows become 1; the smallest has \d+ users? of 100/)
    .first()
    .waitFor()
  await page.getByRole('radio', { name: 'Rows removed' }).last().click()
  await page.getByText('the missing share cannot be known', { exact: false }).waitFor()
  await page.getByRole('radio', { name: 'Values blanked' }).last().click()
  expect(await accessibilityFaults(page)).toEqual([])
  await groupings.getByRole('button', { name: 'Try without postal_code' }).click()
  await expect.poll(() => editor().innerText()).toMatch(/^SELECT device_type, COUNT/)
  await page.getByText('kept whole on synthetic data').waitFor()
})

test('S-002: a new query, a copy, one of a template and one of an example each have an address', async () => {
  const { pathname } = new URL(page.url())
  await page.getByText(/^Draft kept/).waitFor()
  await page.goto(`${stage.url}/workbench/new?copy=${pathname.split('/').at(-1)}`)
  await page.getByRole('heading', { name: 'Copy of Reach and impression frequency, DSP' }).waitFor()
  await expect.poll(() => editor().innerText()).toMatch(/^SELECT device_type, COUNT/)
  expect(new URL(page.url()).pathname).not.toBe(pathname)
  await page.goto(`${stage.url}/workbench/new?template=path-to-conversion`)
  await expect.poll(() => editor().innerText()).toMatch(/\{\{\w+\}\}/)
  expect(page.url()).toMatch(/\/workbench\/[0-9a-f-]{36}/)
  await page.goto(`${stage.url}/workbench/new`)
  await page.getByRole('heading', { name: 'Start from a question' }).waitFor()
  await page.goto(`${stage.url}${pathname}`)
  await page.getByRole('heading', { name: 'Reach and impression frequency, DSP', exact: true }).waitFor()
})

test('S-120: each open query has a tab that says whether it has edits; they survive going from tab to tab, and a middle click closes one', async () => {
  const tabs = page.getByRole('navigation', { name: 'Open queries' })
  const other = tabs.getByRole('link', { name: /^Copy of Reach/ })
  await editor().click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(' -- mine')
  const current = tabs.locator('[aria-current="page"]')
  await current.getByRole('img', { name: 'has edits that are in no version' }).waitFor()
  await other.click()
  await page.getByRole('heading', { name: 'Copy of Reach and impression frequency, DSP' }).waitFor()
  await tabs
    .getByRole('link', { name: /^Reach and impression/ })
    .getByRole('img')
    .waitFor()
  const names = await tabs.getByRole('link').allInnerTexts()
  await page.keyboard.press('Control+Alt+ArrowLeft')
  await page.getByRole('heading', { name: 'Reach and impression frequency, DSP', exact: true }).waitFor()
  await expect.poll(() => editor().innerText()).toMatch(/-- mine$/)
  await other.click({ button: 'middle' })
  await other.waitFor({ state: 'hidden' })
  expect(await tabs.getByRole('link').count()).toBe(names.length - 1)
  expect(await accessibilityFaults(page)).toEqual([])
})
