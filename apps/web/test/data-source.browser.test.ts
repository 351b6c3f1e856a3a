import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityFaults, enterSandbox, openStage, type Stage } from './stage.ts'

let stage: Stage
let page: Page

beforeAll(async () => {
  stage = await openStage()
  page = await stage.newPage({ colorScheme: 'light', acceptDownloads: true })
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await enterSandbox(page, stage.url)
})
afterAll(() => stage[Symbol.asyncDispose]())

const contents = () => page.getByRole('navigation', { name: 'Contents' })
const field = (name: string) => page.locator(`[data-field="${name}"]`)
const findField = () => page.getByRole('textbox', { name: 'Find a field by name or meaning' })
const open = async (path: string) => {
  await page.goto(`${stage.url}/data-sources/${path}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
}

test('S-004, S-009, S-087, S-088: one page for a table, whose contents lead to each part and follow the scrolling', async () => {
  await open('sponsored_ads_traffic')
  await page.getByRole('heading', { level: 1, name: 'sponsored_ads_traffic' }).waitFor()
  await contents().locator('a[aria-current]', { hasText: 'Overview' }).waitFor()
  await contents().getByRole('link', { name: 'Relationships' }).click()
  await contents().locator('a[aria-current]', { hasText: 'Relationships' }).waitFor()
  await page.getByRole('img', { name: /^sponsored_ads_traffic joins .*conversions_with_relevance/ }).waitFor()
  await page.getByRole('region', { name: 'sponsored_ads_traffic' }).evaluate((element) => element.scrollTo({ top: 0 }))
  await contents().locator('a[aria-current]', { hasText: 'Overview' }).waitFor()
  await contents()
    .getByRole('link', { name: /^Video/ })
    .click()
  await contents().locator('a[aria-current]', { hasText: 'Video' }).waitFor()
  await field('five_sec_views').waitFor()
  expect(new URL(page.url()).hash).toBe('#fields-video')
  await page.getByText('Live on Tidewater Trail Shoes UK').waitFor()
})

test('S-088: an address leads to its part, far below a long list of fields', async () => {
  await open('dsp_impressions#relationships')
  const heading = page.getByRole('heading', { name: 'Relationships', exact: true })
  await expect.poll(async () => (await heading.boundingBox())?.y ?? Infinity).toBeLessThan(300)
  // What is drawn later moves it no more.
  await page.getByRole('img', { name: /^dsp_impressions joins/ }).waitFor()
  await page.waitForTimeout(500)
  expect((await heading.boundingBox())?.y).toBeLessThan(300)
})

test('S-008, S-089: fields are searched, filtered, opened and copied, and the address says all of it', async () => {
  await open('sponsored_ads_traffic')
  await page.keyboard.press('/')
  await page.keyboard.type('micorcents')
  await page.getByText('1 of 75 fields').waitFor()
  await page.waitForURL(/q=micorcents/)
  await page.locator('mark', { hasText: 'microcents' }).waitFor()
  await findField().fill('')
  await page.getByRole('radio', { name: 'Metrics 11' }).click()
  await page.getByText('11 of 75 fields').waitFor()
  await page.getByRole('button', { name: 'Copy 11 as SELECT list' }).click()
  await page.getByText('11 names copied').waitFor()
  expect((await page.evaluate(() => navigator.clipboard.readText())).split('\n')).toContain('  spend')
  // Arrows lead from field to field, Enter opens the row.
  await field('clicks').focus()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await page.waitForURL(/#field-spend/)
  await page.getByText('microcents: Divide by 100,000,000 for the currency of the row.').waitFor()
  // A field that the filters hide is shown when a link leads to it.
  await page.getByRole('link', { name: 'ad_product_type', exact: true }).last().click()
  await page.waitForURL((url) => url.hash === '#field-ad_product_type' && url.search === '')
  await page.reload()
  await page.getByText('sponsored_products, sponsored_brands').first().waitFor()
  expect(await field('ad_product_type').getAttribute('aria-expanded')).toBe('true')
  await page.waitForFunction(() => document.activeElement?.getAttribute('data-field') === 'ad_product_type')
})

test('S-008: the table for audiences is a switch that marks what it lacks', async () => {
  await open('dsp_impressions?q=behavior')
  await page.getByRole('switch', { name: 'As dsp_impressions_for_audiences has them' }).click()
  await page.getByText('2 of them are not in the table for audiences.').waitFor()
  expect(await page.getByText('not for audiences', { exact: true }).count()).toBe(2)
})

test('S-084, S-085, S-086: an example opens in the query builder with text and name, once', async () => {
  await open('sponsored_ads_traffic#examples')
  await page.getByRole('button', { name: 'Use in query builder: Search terms with clicks' }).click()
  await page.waitForURL(/workbench\/[0-9a-f-]{36}/)
  await page.locator('.cm-content', { hasText: 'customer_search_term IS NOT NULL' }).waitFor()
  await page.getByText('Search terms with clicks').first().waitFor()
  expect(await page.evaluate(() => sessionStorage.getItem('queryBuilderDraft'))).toBeNull()
  const first = page.url()
  await page.goto(`${stage.url}/workbench/new`)
  await page.waitForURL((url) => /workbench\/[0-9a-f-]{36}/.test(url.pathname) && url.href !== first)
  await page.getByRole('heading', { name: 'Start from a question' }).waitFor()
  await page.goto(`${stage.url}/workbench/new?example=dsp_clicks.nothing`)
  await page.getByRole('heading', { name: 'Start from a question' }).waitFor()
})

test('S-004: a name that nobody knows gets the nearest ones', async () => {
  await page.goto(`${stage.url}/data-sources/dsp_impresions`)
  await page.getByRole('link', { name: 'dsp_impressions', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: 'dsp_impressions' }).waitFor()
  expect(new URL(page.url()).pathname).toBe('/data-sources/dsp_impressions')
})

test('S-099: sources stand side by side, differences first, conflicts marked, joins named, and all of it as a file', async () => {
  await page.goto(`${stage.url}/data-sources/compare?s=dsp_impressions&s=sponsored_ads_traffic&s=no_such_table`)
  const table = page.getByRole('table', { name: 'Comparison' })
  await page.getByText('No data source is called no_such_table.').waitFor()
  await table.getByRole('rowheader', { name: 'Only in sponsored_ads_traffic' }).waitFor()
  const row = table.getByRole('row', { name: /^matched_behavior_segment_ids/ })
  expect(await row.textContent()).toContain('(differs)')
  expect(await table.getByRole('row', { name: /^audience_fee/ }).textContent()).toContain('not there')
  expect(await table.getByText('The same', { exact: true }).count()).toBe(0)
  await page.getByText('People who met both DSP and sponsored ads.').waitFor()
  await page.getByRole('radio', { name: /^All fields/ }).click()
  await table.getByRole('rowheader', { name: /^The same/ }).waitFor()
  await page.getByRole('textbox', { name: 'Find a field' }).fill('currency')
  await table.getByRole('rowheader', { name: 'currency_iso_code' }).waitFor()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'CSV', exact: true }).click(),
  ])
  expect(await readFile(await file.path(), 'utf8')).toContain('join,dsp_impressions and sponsored_ads_traffic,')
  await page.getByRole('button', { name: 'Remove dsp_impressions' }).click()
  await page.getByText('What is sponsored_ads_traffic to be compared with?').waitFor()
})

test('S-006, S-088: axe finds nothing on both pages, light and dark, from 1440 to 360 px, and nothing is cut off', async () => {
  const faults: string[] = []
  for (const [path, width] of [
    ['sponsored_ads_traffic#field-spend', 1440],
    ['dsp_impressions?variant=audience#relationships', 768],
    ['sponsored_ads_traffic#field-spend', 360],
    ['compare?s=dsp_impressions&s=dsp_clicks&s=dsp_views', 1440],
    ['compare?s=dsp_impressions&s=dsp_clicks', 360],
  ] as const) {
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia({ colorScheme: 'light' })
    await open(path)
    await (path.startsWith('compare') ? page.getByText('Ways to join') : page.locator('[data-field]').first()).waitFor()
    if (width === 768) await page.getByRole('button', { name: 'Filter' }).click()
    const found = await accessibilityFaults(page)
    await page.emulateMedia({ colorScheme: 'dark' })
    found.push(...(await accessibilityFaults(page, ['color-contrast'])))
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    if (wider > 0) found.push(`${wider} px wider than the window`)
    faults.push(...found.map((fault) => `${width} ${path} ${fault}`))
  }
  expect(faults).toEqual([])
})
