import { readFile } from 'node:fs/promises'
import { readJsonExport, toCsvExport } from '@recomamp/amc-catalogue'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityFaults, enterSandbox, openStage, type Stage } from './stage.ts'

let stage: Stage
let page: Page

beforeAll(async () => {
  stage = await openStage()
  page = await stage.newPage({ colorScheme: 'light', acceptDownloads: true })
  await enterSandbox(page, stage.url)
})
afterAll(() => stage[Symbol.asyncDispose]())

const list = () => page.getByRole('grid', { name: 'Data sources' })
const open = async (search = '') => {
  await page.goto(`${stage.url}/data-sources${search}`)
  await list().getByRole('row').first().waitFor()
}

test('S-003, S-090: one dense list of every table, by category, that draws only what is in view', async () => {
  await page.getByRole('navigation').getByRole('link', { name: 'Data sources' }).click()
  await list().getByRole('row').first().waitFor()
  await page.getByText('42 tables', { exact: true }).waitFor()
  expect(await list().getByText('Amazon Attributed events').count()).toBe(1)
  expect(await list().getByRole('row').count()).toBeLessThan(42)
  await list().focus()
  await page.keyboard.press('End')
  await list().getByRole('row').last().waitFor()
  await page.keyboard.press('p')
  await page.getByRole('region', { name: /^About / }).waitFor()
})

test('what a page shows is asked for while the pointer rests on the link to it', async () => {
  await page.goto(`${stage.url}/instances`)
  await page.getByRole('main').locator('a[href^="/instances/"]').first().waitFor()
  const answer = page.waitForResponse((each) => new URL(each.url()).pathname === '/api/data-sources')
  await page.getByRole('navigation').getByRole('link', { name: 'Data sources' }).hover()
  expect((await answer).status()).toBe(200)
  expect(new URL(page.url()).pathname).toBe('/instances')
})

test('the page of a table is asked for while the pointer or the arrows rest on its row', async () => {
  await open()
  const asked = (name: string) =>
    page.waitForResponse((each) => new URL(each.url()).pathname === `/api/data-sources/${name}`)
  const pointed = asked('dsp_views')
  await list().getByRole('link', { name: 'dsp_views', exact: true }).hover()
  expect((await pointed).status()).toBe(200)
  const reached = asked('dsp_impressions')
  await list().focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowDown')
  expect((await reached).status()).toBe(200)
  expect(new URL(page.url()).pathname).toBe('/data-sources')
})

test('S-003: a slip of the finger still finds the tables that have the field, with the match marked', async () => {
  await open()
  await page.getByRole('textbox', { name: 'Find a data source or field' }).fill('new to brnad')
  await page.locator('mark').first().waitFor()
  expect(await list().getByRole('row').filter({ hasText: 'new_to_brand' }).count()).toBeGreaterThan(1)
  await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe('new to brnad')
  await page.getByRole('textbox', { name: 'Find a data source or field' }).fill('zzzqqq')
  await page.getByText('No table and no field matches “zzzqqq”.').waitFor()
  await page.getByRole('button', { name: 'Clear the search' }).click()
  await page.getByText('42 tables', { exact: true }).waitFor()
})

test('S-006, S-098: conditions and groups filter the list at once, stand in the address, and say what helps when nothing is left', async () => {
  await open()
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  const filter = page.getByRole('region', { name: 'Filter the tables' })
  await filter.getByRole('button', { name: 'Condition', exact: true }).click()
  await page.getByText('4 of 42 tables match').waitFor()
  const choose = async (name: string, option: string, at = 0) => {
    await filter.getByRole('button', { name }).nth(at).click()
    await page.getByRole('option', { name: option, exact: true }).click()
  }
  await choose('Property', 'retired')
  await page.getByText('38 of 42 tables match').waitFor()

  // A group in a group in a group, each joined in its own way.
  await filter.getByRole('button', { name: 'Group', exact: true }).click()
  const second = filter.getByRole('group', { name: 'Group at depth 2' })
  await second.getByRole('button', { name: 'Group', exact: true }).click()
  await filter
    .getByRole('group', { name: 'Group at depth 3' })
    .getByRole('button', { name: 'Group', exact: true })
    .click()
  await filter.getByRole('group', { name: 'Group at depth 4' }).waitFor()
  expect(
    await filter
      .getByRole('group', { name: 'Group at depth 4' })
      .getByRole('button', { name: 'Group', exact: true })
      .count(),
  ).toBe(0)
  expect(await accessibilityFaults(page)).toEqual([])
  const shown = await page.getByText(/of 42 tables match/).innerText()
  const address = page.url()
  await page.goto('about:blank')
  await page.goto(address)
  await page.getByText(shown, { exact: true }).waitFor()

  // Nothing left: the condition that is in the way is named and taken out.
  await filter.getByRole('button', { name: 'Clear the filter' }).click()
  await filter.getByRole('button', { name: 'Condition', exact: true }).click()
  await choose('Property', 'number of fields')
  await filter.getByRole('textbox', { name: 'Count' }).fill('9999')
  await page.getByText('Without “number of fields at least 9999” 42 tables would.').waitFor()
  await page.getByRole('button', { name: 'Take it out' }).click()
  await page.getByText('42 tables', { exact: true }).waitFor()

  await page.goto(`${stage.url}/data-sources?filter=${encodeURIComponent('{"all":[{"property":"colour"}]}')}`)
  await page
    .getByRole('alert')
    .getByText(/all\[0\]\.property must be one of/)
    .waitFor()
})

test('S-003: keys choose a table, its preview is in the address, and Escape takes it away', async () => {
  await open('?q=sponsored%20ads%20traffic')
  await list().focus()
  await page.keyboard.press('p')
  const preview = page.getByRole('region', { name: 'About sponsored_ads_traffic' })
  await preview.getByText('customer_search_term').waitFor()
  await preview.getByText('microcents').waitFor()
  expect(new URL(page.url()).searchParams.get('open')).toBe('sponsored_ads_traffic')
  await page.keyboard.press('Escape')
  await preview.waitFor({ state: 'hidden' })
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'sponsored_ads_traffic' }).waitFor()
})

test('S-101, S-102: what is selected is saved as JSON and as CSV, all of it with its fields, and compared with C', async () => {
  await open('?q=dsp')
  await list().focus()
  await page.keyboard.press('Control+a')
  await page.getByText(/^\d+ selected$/).waitFor()
  const count = Number.parseInt((await page.getByText(/^\d+ selected$/).textContent()) ?? '', 10)
  expect(count).toBeGreaterThan(6)
  const save = async (name: string) => {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name, exact: true }).click(),
    ])
    return readFile(await file.path(), 'utf8')
  }
  const read = readJsonExport('data-sources.json', await save('JSON'))
  const saved = read.ok ? read.catalogue : null
  expect(saved?.dataSources).toHaveLength(count)
  expect(await save('CSV')).toBe(saved === null ? '' : toCsvExport(saved))
  await page.getByRole('button', { name: 'Clear', exact: true }).click()
  await list().focus()
  for (const key of ['Home', ' ', 'ArrowDown', ' ', 'c']) await page.keyboard.press(key)
  await page.waitForURL(/data-sources\/compare/)
  await page.getByRole('heading', { level: 1, name: 'Compare 2 data sources' }).waitFor()
})

test('S-003: what only a description explains is marked there', async () => {
  await open('?q=viewability standard')
  await list().locator('mark', { hasText: 'standard' }).first().waitFor()
  const row = list().getByRole('row').filter({ hasText: 'dsp_views' })
  expect(await row.textContent()).toContain('viewable_impressions: 1 when the ad met the MRC viewability standard.')
})

test('S-003, S-004: with the keyboard alone, answers are at most 25 presses away from the first page', async () => {
  let presses = 0
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
    presses += keys.length
  }
  const toList = async () => {
    await page.goto(`${stage.url}/workbench/new`)
    await page.getByRole('heading', { name: 'Start from a question' }).waitFor()
    presses = 0
    await press('g', 'd')
    await list().getByRole('row').first().waitFor()
  }
  const focusIsOn = (label: string) =>
    page.waitForFunction((name) => document.activeElement?.getAttribute('aria-label') === name, label)

  await toList()
  await press('/', ...'new_to_brand'.split(''))
  await page.getByText(/^\d+ of 42 tables match$/).waitFor()
  const found = list().getByRole('row').filter({ hasText: 'new_to_brand' })
  await found.locator('mark', { hasText: 'brand' }).first().waitFor()
  expect(presses).toBeLessThanOrEqual(25)

  await toList()
  await press('/', ...'postal_code'.split(''), 'Enter')
  await page.locator('[data-field="postal_code"][aria-expanded="true"]').waitFor()
  await page.getByText('Shown when').waitFor()
  expect(presses).toBeLessThanOrEqual(25)

  await toList()
  await press('/', ...'total_cost'.split(''), 'Enter')
  await page.getByText('millicents: Divide by 100,000 for the currency of the row.').waitFor()
  expect(presses).toBeLessThanOrEqual(25)

  // Initials find a table; its contents stand before it.
  await toList()
  await press('/', ...'sat'.split(''), 'Enter')
  await focusIsOn('sponsored_ads_traffic')
  await press(...Array.from({ length: 7 }, () => 'Shift+Tab'), 'Enter')
  await page.waitForURL((url) => url.hash === '#relationships')
  await page.getByText('Conversions that are credited to a sponsored ad event.').first().waitFor()
  expect(presses).toBeLessThanOrEqual(25)

  // Behind the skip link; the page then begins with the choice of the second instance.
  await toList()
  await press('Tab', 'Enter', 'Tab', 'Enter')
  await page.getByRole('heading', { level: 1, name: 'Compare instances' }).waitFor()
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-haspopup') === 'listbox')
  await press('Enter')
  await page.getByRole('listbox').waitFor()
  await press('ArrowDown', 'Enter')
  await page.getByText(/^\d+ tables only in the first, \d+ only in the second/).waitFor()
  expect(presses).toBeLessThanOrEqual(25)
})

test('S-003: what is typed and opened before the fields have arrived is opened once they are there', async () => {
  const other = await page.context().newPage()
  const arrived = Promise.withResolvers<void>()
  await other.route('**/api/data-sources/schema*', async (route) => {
    await arrived.promise
    await route.continue()
  })
  await other.goto(`${stage.url}/data-sources`)
  await other.getByRole('row').first().waitFor()
  await other.keyboard.press('/')
  await other.keyboard.type('postal_code')
  // The text has come into the address by then, and the list stays where it is.
  await other.waitForURL((url) => url.searchParams.get('q') === 'postal_code')
  await other.keyboard.press('Enter')
  expect(await other.evaluate(() => (document.activeElement as HTMLInputElement).value)).toBe('postal_code')
  arrived.resolve()
  await other.locator('[data-field="postal_code"][aria-expanded="true"]').waitFor()
  await other.close()
})

test('S-003: a list that cannot be read says so and is read again on request', async () => {
  const other = await page.context().newPage()
  await other.route('**/api/data-sources?*', (route) => route.abort())
  await other.goto(`${stage.url}/data-sources`)
  await other.getByRole('alert').waitFor()
  await other.unroute('**/api/data-sources?*')
  await other.getByRole('alert').getByRole('button').first().click()
  await other.getByRole('row').first().waitFor()
  expect(await other.getByRole('alert').count()).toBe(0)
  await other.close()
})

test('S-003: axe finds nothing, light and dark, from 1440 to 360 px, and nothing is cut off', async () => {
  const faults: string[] = []
  for (const width of [1440, 768, 360]) {
    await page.setViewportSize({ width, height: 900 })
    for (const search of ['?q=spend&sel=["dsp_clicks","dsp_views"]', '?open=dsp_views']) {
      await page.emulateMedia({ colorScheme: 'light' })
      await page.goto(`${stage.url}/data-sources${search}`)
      await (search.startsWith('?q') ? page.locator('mark').first() : page.getByText('Fields worth knowing')).waitFor()
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
