import { readFile } from 'node:fs/promises'
import type { Locator, Page, Route } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityFaults, enterSandbox, openStage, signIn, type Stage } from './stage.ts'

/** What somebody came for, from the first page to its end; docs/journeys.md has the times of a recorded run. */
let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage[Symbol.asyncDispose]())

const chartOf = (page: Page) => page.getByRole('region', { name: 'Chart' }).getByRole('img')

test('from the first page to the first chart of a template: at most six presses and a minute', async () => {
  const page = await stage.newPage()
  let presses = 0
  const press = async (control: Locator) => {
    presses += 1
    await control.click()
  }
  await page.goto(stage.url)
  const begun = performance.now()
  await press(page.getByRole('button', { name: 'Open the local sandbox' }))
  await press(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Templates' }))
  await press(page.getByRole('link', { name: /How do impressions, clicks and spend divide between the ad products/ }))
  await press(page.getByRole('button', { name: 'Use this template' }))
  await press(page.getByRole('button', { name: /^Run/ }).first())
  await chartOf(page).waitFor()
  const took = performance.now() - begun
  expect(presses).toBeLessThanOrEqual(6)
  expect(took).toBeLessThan(60_000)
  await page.context().close()
})

test('from an empty editor to a query that is saved, run, charted and exported with the keyboard alone', async () => {
  const page = await stage.newPage({ acceptDownloads: true })
  const { keyboard } = page
  await page.goto(stage.url)
  await page.getByRole('button', { name: 'Open the local sandbox' }).waitFor()
  await tabTo(page, 'Open the local sandbox')
  await keyboard.press('Enter')
  await page.getByRole('navigation', { name: 'Main' }).waitFor()
  await keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Find anything' }).waitFor()
  await keyboard.type('> new query')
  await keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Start from a question' }).waitFor()

  // F6 goes from pane to pane: the tables, the name, the editor.
  await paneTo(page, 'Name of the query')
  await keyboard.press('Control+a')
  await keyboard.type('Impressions by campaign')
  await paneTo(page, 'Query in AMC SQL')
  await keyboard.type('SELECT campaign, SUM(impressions) AS impressions\nFROM dsp_impressions\nGROUP BY campaign')
  await keyboard.press('Escape')
  await keyboard.press('Control+s')
  await page.getByText('Saved as version 2').waitFor()

  await keyboard.press('Alt+Enter')
  const local = page.getByRole('grid', { name: 'Synthetic data' })
  await local.getByRole('gridcell').nth(1).waitFor()
  await keyboard.press('Control+Enter')
  await page.getByText('Succeeded').first().waitFor()
  const grid = page.getByRole('grid', { name: 'Result of Impressions by campaign' })
  await grid
    .getByText(/^[\d,]+$/)
    .first()
    .waitFor()

  await paneTo(page, 'At AMC')
  await tabTo(page, /^Result of/)
  await keyboard.press('ArrowRight')
  await keyboard.press('ArrowDown')
  const cell = grid.getByRole('gridcell', { selected: true })
  expect(await cell.getAttribute('aria-colindex')).toBe('3')
  expect(await cell.locator('..').getAttribute('aria-rowindex')).toBe('3')

  await keyboard.press('F6')
  await paneTo(page, 'At AMC')
  await tabTo(page, 'Grid')
  await keyboard.press('ArrowRight')
  await keyboard.press('Enter')
  await chartOf(page).waitFor()

  await tabTo(page, /^Download all/)
  await keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'Download the whole result' }).waitFor()
  await tabTo(page, 'Make the file')
  await keyboard.press('Enter')
  const file = page.getByRole('button', { name: /^Download .*\.csv$/ })
  await file.waitFor()
  await tabTo(page, /^Download .*\.csv/)
  const download = page.waitForEvent('download')
  await keyboard.press('Enter')
  const saved = await (await download).path()
  const lines = (await readFile(saved, 'utf8')).trim().split(/\r?\n/)
  expect(lines[0]).toMatch(/^campaign,impressions/)
  expect(lines.length).toBeGreaterThan(2)
  await page.context().close()
})

test('Ctrl+Enter runs a query whose page is still on its way', async () => {
  const page = await stage.newPage()
  await enterSandbox(page, stage.url)
  const empty = page.url()
  const pressed = Promise.withResolvers<void>()
  const opened = async (route: Route) => {
    await pressed.promise
    await route.continue()
  }
  await page.route(/\/api\/workflows\/[0-9a-f-]{36}$/, opened, { times: 1 })
  await page.getByRole('button', { name: 'Which campaigns have data here?' }).click()
  await page.waitForURL((url) => url.href !== empty)
  await page.keyboard.press('Control+Enter')
  pressed.resolve()
  await page.getByText('Succeeded').first().waitFor()
  expect(new URL(page.url()).searchParams.has('run')).toBe(true)
  await page.context().close()
})

test('panes are put away by key and by button, stay away over a reload, and an answer brings its own back', async () => {
  const page = await stage.newPage()
  await signIn(page, stage.url)
  await page.goto(`${stage.url}/workbench`)
  await page.getByRole('textbox', { name: 'Query in AMC SQL' }).waitFor()
  const tables = page.getByRole('region', { name: 'Tables and fields' })
  const values = page.getByRole('complementary', { name: 'Values' })
  const result = page.getByRole('region', { name: 'Result', exact: true })
  await tables.waitFor()
  await page.keyboard.press('Control+b')
  await page.keyboard.press('Control+Alt+b')
  await page.keyboard.press('Control+j')
  await expect.poll(async () => [await tables.count(), await values.count(), await result.count()]).toEqual([0, 0, 0])
  await page.reload()
  await page.getByRole('textbox', { name: 'Query in AMC SQL' }).waitFor()
  expect([await tables.count(), await values.count(), await result.count()]).toEqual([0, 0, 0])
  await page.getByText('Line 1, column 1').waitFor()
  await page.keyboard.press('Alt+Enter')
  await result.getByRole('gridcell').first().waitFor()
  const button = page.getByRole('button', { name: 'Tables beside the editor' })
  expect(await button.getAttribute('aria-expanded')).toBe('false')
  await button.click()
  await tables.waitFor()
  await page.keyboard.press('Control+Alt+b')
  await values.waitFor()
  await page.context().close()
})

test('the campaigns of an instance are chosen by their names, once the orientation query has run there', async () => {
  const page = await stage.newPage({ colorScheme: 'light' })
  // Somebody for whom no journey before has run the query already.
  await signIn(page, stage.url, 'ben')
  await page.goto(`${stage.url}/workbench/new?template=optimal-frequency`)
  await page.getByRole('button', { name: 'Choose campaigns' }).click()
  const picker = page.getByRole('dialog', { name: 'Campaigns for dsp_campaign_ids' })
  await picker.getByText('which has no result there yet').waitFor()
  await picker.getByRole('button', { name: 'Run it now' }).click()
  const options = picker.getByRole('option')
  await options.nth(1).waitFor()
  await picker.getByText(/^From Campaign inventory on .+, run \d\d:\d\d, /).waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  await picker.getByRole('textbox', { name: 'Find by name or id' }).fill('trail')
  await expect.poll(() => options.count()).toBe(1)
  const name = await options.locator('.cut').first().innerText()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  // What is sent is the id; people read the name.
  const list = page.getByRole('group', { name: 'Value of dsp_campaign_ids' })
  const chip = list.getByText(name)
  await chip.waitFor()
  expect(await chip.getAttribute('title')).toMatch(/^[A-Z0-9]{10,}$/)
  await list.getByRole('textbox').fill('12345,')
  await page.getByText(/^1 not known on /).waitFor()
  await page.context().close()
})

/** Presses Tab until the control of that name has the focus; fails after a round that nobody would make. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  await pressTo(page, 'Tab', name)
}

/** Goes from pane to pane. */
async function paneTo(page: Page, name: string): Promise<void> {
  await pressTo(page, 'F6', name)
}

async function pressTo(page: Page, key: string, name: string | RegExp): Promise<void> {
  const seen: string[] = []
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press(key)
    const focused = await page.evaluate(() => {
      const element = document.activeElement
      const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : element?.textContent
      return `${element?.getAttribute('aria-label') ?? ''} ${label ?? ''}`.trim()
    })
    seen.push(focused.slice(0, 40))
    if (typeof name === 'string' ? focused.includes(name) : name.test(focused)) return
  }
  throw new Error(`${key} does not reach ${String(name)}: ${seen.join(' → ')}`)
}
