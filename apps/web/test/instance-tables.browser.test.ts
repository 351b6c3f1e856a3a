import { bundledFiles } from '@recomamp/amc-catalogue'
import * as api from '@recomamp/contracts'
import { type Github, type Person, type World, eventually, startGithub, startWorld } from '@recomamp/testkit'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityFaults, sharedChromium } from './stage.ts'

interface Table {
  dataSourceId: string
  columns: { name: string; dataType: unknown }[]
  [more: string]: unknown
}

/** An instance whose tables Amazon has changed between two readings, in a world whose catalogue comes from a repository. */
const changing = 'amcana1us7q'
const upload: Table = {
  dataSourceId: 'crm_members',
  description: 'Our members',
  owner: 'CUSTOMER',
  provider: 'ADVERTISER_DATA_UPLOAD',
  columns: ['member', 'loyalty_tier'].map((name) => ({ name, dataType: 'STRING', columnType: 'DIMENSION' })),
}
let change = (tables: Table[]): Table[] => [...tables, upload]
let github: Github
let world: World
let ana: Person
let context: BrowserContext
let page: Page
let instance: api.Instance
let other: api.Instance

beforeAll(async () => {
  const files = [...bundledFiles()].map(([file, text]) => [`catalogue/${file}`, text] as const)
  github = await startGithub({
    owner: 'example',
    name: 'amc-knowledge',
    files: Object.fromEntries(files),
    license: { spdxId: 'CC-BY-4.0', name: 'Creative Commons Attribution 4.0 International' },
  })
  world = await startWorld({
    env: {
      CATALOGUE_REPOSITORY: 'example/amc-knowledge',
      CATALOGUE_REF: 'main',
      CATALOGUE_FOLDER: 'catalogue',
      GITHUB_API_URL: `${github.url}/`,
    },
    between: {
      answer({ path }, answer) {
        if (answer.status !== 200 || !path.startsWith(`/amc/reporting/${changing}/dataSources`)) return answer
        const body = JSON.parse(String(answer.body)) as { dataSources: Table[] }
        return { ...answer, body: JSON.stringify({ ...body, dataSources: change(body.dataSources) }) }
      },
    },
  })
  ana = await world.signIn('ana')
  const { items } = await ana.call(api.listInstances, { query: { limit: 100 } })
  instance = items.find((one) => String(one.amcInstanceId) === changing) ?? fail('no instance')
  other = items.find(({ name }) => name === 'Tidewater Kitchen') ?? fail('no other instance')
  await read(instance)
  await read(other)
  const save = (name: string, sqlQuery: string) =>
    ana.call(api.createWorkflow, { body: { name, sqlQuery, parameters: [], values: {}, instanceId: instance.id } })
  await save('Clicks of campaigns', 'SELECT campaign, SUM(clicks) AS clicks FROM dsp_clicks GROUP BY campaign')
  await save('Only in a comment', 'SELECT campaign FROM dsp_impressions -- the clicks of dsp_clicks')
  change = (tables) =>
    [...tables, upload]
      .filter(({ dataSourceId }) => dataSourceId !== 'dsp_views')
      .map((table) => {
        if (table.dataSourceId !== 'dsp_clicks') return table
        const columns = table.columns.filter(({ name }) => name !== 'campaign')
        return {
          ...table,
          columns: columns.map((column) => (column.name === 'clicks' ? { ...column, dataType: 'DECIMAL' } : column)),
        }
      })
  await read(instance)

  const browser = await sharedChromium()
  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: 'light' })
  // Other tests run beside this one, on as few as two cores.
  context.setDefaultTimeout(90_000)
  await context.addCookies([...ana.cookies].map(([name, value]) => ({ name, value, url: world.url() })))
  await context.addInitScript(`localStorage.setItem('recomamp.instance', ${JSON.stringify(instance.id)})`)
  page = await context.newPage()
})
afterAll(async () => {
  await context.close()
  await world[Symbol.asyncDispose]()
  await github[Symbol.asyncDispose]()
})

function fail(why: string): never {
  throw new Error(why)
}

async function read({ id: instanceId }: api.Instance): Promise<void> {
  const params = { instanceId }
  await ana.call(api.readSchema, { params })
  await eventually(async () => (await ana.call(api.getSchemaReading, { params })).state !== 'waiting')
}

/** Faults of the page as it stands in both themes and in three widths, without its being opened again. */
async function faultsOf(what: string): Promise<string[]> {
  const faults: string[] = []
  for (const width of [1440, 768, 360]) {
    await page.setViewportSize({ width, height: 900 })
    faults.push(...(await accessibilityFaults(page)))
    await page.emulateMedia({ colorScheme: 'dark' })
    faults.push(...(await accessibilityFaults(page, ['color-contrast'])))
    await page.emulateMedia({ colorScheme: 'light' })
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    if (wider > 0) faults.push(`${wider} px wider than the window at ${width}`)
  }
  await page.setViewportSize({ width: 1440, height: 900 })
  return faults.map((fault) => `${what}: ${fault}`)
}

test('S-062, S-099: what changed at AMC stands with the saved queries that name it, and leads to both readings side by side', async () => {
  await page.goto(`${world.url()}/data-sources`)
  await page.getByRole('link', { name: 'Changes' }).click()
  const seen = page.getByRole('article').first()
  await seen.getByText('clicks: LONG metric became DECIMAL metric').waitFor()
  await seen.getByRole('link', { name: 'dsp_views', exact: true }).waitFor()
  await seen.getByText('names dsp_clicks, campaign, clicks').waitFor()
  await seen.getByText('something it names is gone').waitFor()
  expect(await seen.getByRole('link', { name: 'Only in a comment' }).count()).toBe(0)
  const faults = await faultsOf('changes')

  await seen.getByRole('link', { name: /^Compare both readings, before and after/ }).click()
  await page.getByText('1 table only in the first, 0 only in the second, 1 differ', { exact: false }).waitFor()
  faults.push(...(await faultsOf('readings')))
  await page.getByRole('link', { name: 'dsp_clicks side by side' }).click()
  await page.getByRole('heading', { level: 1, name: 'Compare dsp_clicks in 2 places' }).waitFor()
  const table = page.getByRole('table', { name: 'Comparison' })
  await table.getByRole('rowheader', { name: /^Only in reading of / }).waitFor()
  expect(await table.getByRole('row', { name: /^clicks/ }).textContent()).toContain('DECIMAL (differs)')
  faults.push(...(await faultsOf('one table twice')))
  expect(faults).toEqual([])
})

test('S-099: one table is compared in two instances; where one lacks it another place is chosen', async () => {
  await page.goto(`${world.url()}/data-sources/dsp_views#instances`)
  await page.getByRole('link', { name: `Compare with the catalogue as ${other.name} has it` }).click()
  await page.getByRole('heading', { level: 1, name: 'Compare dsp_views in 2 places' }).waitFor()
  await page.getByText('No difference in 74 fields.').waitFor()
  const place = () => page.getByRole('button', { name: 'Where dsp_views is looked at' })
  await place().first().click()
  await page.getByRole('option', { name: `${instance.name} ${instance.amcInstanceId}` }).click()
  await page.getByText(`${instance.name} has no table called dsp_views`).waitFor()
  await page.getByText('The instance does not have this table').waitFor()
  await page.getByText(/^Look at it in the catalogue or in an instance that has it/).waitFor()
  await place().first().click()
  await page.getByRole('option', { name: 'Catalogue' }).click()
  await page.getByText('No difference in 74 fields.').waitFor()
  expect(new URL(page.url()).search).toContain(other.id)
})

test('S-004, S-062: an upload says what nobody knows of it, shows its first fields, and a query on them begins from it', async () => {
  await page.goto(`${world.url()}/data-sources/crm_members`)
  const facts = page.locator('.source-facts')
  await facts.getByText('2 dimensions, 0 metrics').waitFor()
  expect((await facts.getByText('nobody says').allInnerTexts()).length).toBe(2)
  expect(await page.getByRole('heading', { name: 'Use it for' }).count()).toBe(0)
  await page.goto(`${world.url()}/data-sources?open=crm_members`)
  const preview = page.getByRole('region', { name: 'About crm_members' })
  await preview.getByText('loyalty_tier').waitFor()
  await preview.getByText('No public page says which column the window of a run filters.').waitFor()
  await preview.getByRole('button', { name: 'Query it' }).click()
  const editor = page.getByRole('textbox', { name: 'Query in AMC SQL' })
  await expect.poll(() => editor.innerText()).toMatch(/SELECT[\s\S]*loyalty_tier[\s\S]*FROM crm_members/)
})

test('S-004, S-100, F-52: a field tells which saved queries use it and goes into the query that was open last, at its cursor', async () => {
  const { items } = await ana.call(api.listWorkflows, { query: { q: 'Only in a comment' } })
  await page.goto(`${world.url()}/workbench/${items[0]?.id}`)
  const editor = page.getByRole('textbox', { name: 'Query in AMC SQL' })
  await editor.click()
  for (const key of ['Control+Home', 'Control+ArrowRight']) await page.keyboard.press(key)
  await page.keyboard.type(' ')
  await page.getByText(/^Draft kept/).waitFor()
  await page.getByRole('navigation').getByRole('link', { name: 'Data sources' }).click()
  await page.getByRole('grid', { name: 'Data sources' }).getByRole('row').first().waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Find anything' }).fill('# clicks')
  await page.getByRole('option', { selected: true }).filter({ hasText: 'clicks' }).waitFor()
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => editor.innerText()).toContain('SELECT clicks campaign FROM')

  await page.goto(`${world.url()}/data-sources/dsp_clicks#field-clicks`)
  const details = page.getByRole('group', { name: 'clicks' })
  await details.getByRole('link', { name: 'Clicks of campaigns' }).waitFor()
  expect(await details.getByRole('link', { name: 'Only in a comment' }).count()).toBe(0)
  await details.getByRole('button', { name: 'Insert in query: clicks' }).focus()
  await page.keyboard.press('Enter')
  // The page was loaded anew in between, so that the place is the end of the text.
  await expect.poll(() => editor.innerText()).toContain('-- the clicks of dsp_clicksclicks')
})

test('S-070: where the catalogue comes from is told with commit and licence, and a broken file by its line', async () => {
  await page.goto(`${world.url()}/data-sources/dsp_clicks`)
  await page.getByText('licence CC-BY-4.0', { exact: false }).waitFor()
  await page.goto(`${world.url()}/data-sources`)
  await page.getByRole('button', { name: 'Catalogue' }).click()
  const about = page.getByRole('dialog', { name: 'Where the catalogue comes from' })
  await about.getByRole('link', { name: 'example/amc-knowledge' }).waitFor()
  await about.getByRole('link', { name: github.head.slice(0, 12) }).waitFor()
  await about.getByText('Creative Commons Attribution 4.0 International (CC-BY-4.0)').waitFor()
  const clicks = 'catalogue/data-sources/dsp_clicks.json'
  const files = Object.fromEntries([...bundledFiles()].map(([file, text]) => [`catalogue/${file}`, text]))
  github.commit({ ...files, [clicks]: files[clicks]?.replace('"LONG"', '"LONGISH"') ?? '' })
  await about.getByRole('button', { name: 'Check now' }).click()
  await about.getByText('The repository could not be taken over; everything stays as it was.').waitFor()
  await about.getByText(/data-sources\/dsp_clicks\.json:\d+ fields\./).waitFor()
  expect(await faultsOf('catalogue')).toEqual([])
})
