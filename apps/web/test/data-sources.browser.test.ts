import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityFaults, enterSandbox, openStage, type Stage } from './stage.ts'

let stage: Stage
let page: Page

beforeAll(async () => {
  stage = await openStage()
  page = await stage.newPage({ colorScheme: 'light' })
  await enterSandbox(page, stage.url)
})
afterAll(() => stage[Symbol.asyncDispose]())

const list = () => page.getByRole('listbox', { name: 'Data sources' })
const open = async (search = '') => {
  await page.goto(`${stage.url}/data-sources${search}`)
  await list().getByRole('option').first().waitFor()
}

test('S-003, S-090: one dense list of every table, by category, that draws only what is in view', async () => {
  await page.getByRole('navigation').getByRole('link', { name: 'Data sources' }).click()
  await list().getByRole('option').first().waitFor()
  await page.getByText('42 tables', { exact: true }).waitFor()
  expect(await list().getByText('Amazon Attributed events').count()).toBe(1)
  expect(await list().getByRole('option').count()).toBeLessThan(42)
  await list().focus()
  await page.keyboard.press('End')
  await list().getByRole('option').last().waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('region', { name: /^About / }).waitFor()
})

test('S-003: a slip of the finger still finds the tables that have the field, with the match marked', async () => {
  await open()
  await page.getByRole('textbox', { name: 'Find a data source or field' }).fill('new to brnad')
  await page.locator('mark').first().waitFor()
  expect(await list().getByRole('option').filter({ hasText: 'new_to_brand' }).count()).toBeGreaterThan(1)
  expect(new URL(page.url()).searchParams.get('q')).toBe('new to brnad')
  await page.getByRole('textbox', { name: 'Find a data source or field' }).fill('zzzqqq')
  await page.getByText('No table and no field matches “zzzqqq”.').waitFor()
  await page.getByRole('button', { name: 'Clear the search' }).click()
  await page.getByText('42 tables', { exact: true }).waitFor()
})

test('S-003: keys choose a table, its preview is in the address, and Escape takes it away', async () => {
  await open('?q=sponsored%20ads%20traffic')
  await list().focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  const preview = page.getByRole('region', { name: 'About sponsored_ads_traffic' })
  await preview.getByText('customer_search_term').waitFor()
  await preview.getByText('microcents').waitFor()
  expect(new URL(page.url()).searchParams.get('open')).toBe('sponsored_ads_traffic')
  await page.keyboard.press('Escape')
  await preview.waitFor({ state: 'hidden' })
})

test('S-003: a list that cannot be read says so and is read again on request', async () => {
  const other = await page.context().newPage()
  await other.route('**/api/data-sources?*', (route) => route.abort())
  await other.goto(`${stage.url}/data-sources`)
  await other.getByRole('alert').waitFor()
  await other.unroute('**/api/data-sources?*')
  await other.getByRole('alert').getByRole('button').first().click()
  await other.getByRole('option').first().waitFor()
  expect(await other.getByRole('alert').count()).toBe(0)
  await other.close()
})

test('S-003: axe finds nothing, light and dark, from 1440 to 360 px, and nothing is cut off', async () => {
  const faults: string[] = []
  for (const width of [1440, 768, 360]) {
    await page.setViewportSize({ width, height: 900 })
    for (const search of ['?q=spend', '?open=dsp_views']) {
      await page.emulateMedia({ colorScheme: 'light' })
      await page.goto(`${stage.url}/data-sources${search}`)
      await (search === '?q=spend' ? page.locator('mark').first() : page.getByText('Fields worth knowing')).waitFor()
      const found = await accessibilityFaults(page)
      await page.emulateMedia({ colorScheme: 'dark' })
      // The themes differ in colours only.
      found.push(...(await accessibilityFaults(page, ['color-contrast'])))
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      if (wider > 0) found.push(`${wider} px wider than the window`)
      faults.push(...found.map((fault) => `${width} ${search} ${fault}`))
    }
  }
  expect(faults).toEqual([])
})
