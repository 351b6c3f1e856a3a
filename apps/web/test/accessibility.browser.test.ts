import { afterAll, beforeAll, expect, test } from 'vitest'
import { endOf, instanceNamed, saveQuery, startRun } from './runs-by-hand.ts'
import { faultsInBothThemes, enterSandbox, openStage, signIn, type Stage } from './stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage[Symbol.asyncDispose]())

test('axe finds nothing on any screen, light and dark', async () => {
  const page = await stage.newPage({ colorScheme: 'light' })
  const faults: Record<string, string[]> = {}
  const look = async (screen: string) => {
    faults[screen] = await faultsInBothThemes(page)
  }
  await page.goto(stage.url)
  await page.getByRole('button', { name: 'Open the local sandbox' }).waitFor()
  await look('sign-in')

  await enterSandbox(page, stage.url)
  await look('workbench, empty')
  await page.getByRole('button', { name: 'How many people saw a DSP campaign' }).click()
  await page.getByText('max_bucket').first().waitFor()
  await page.getByRole('button', { name: /^Run/ }).click()
  await page.getByText('Succeeded').first().waitFor({ timeout: 60_000 })
  await page.getByRole('gridcell').first().waitFor()
  await look('workbench, result')
  await page.getByRole('button', { name: /^Account of/ }).click()
  await page.getByRole('menu').or(page.getByRole('dialog')).first().waitFor()
  await look('workbench, account menu')
  await page.keyboard.press('Escape')

  await page.getByRole('link', { name: 'Open the execution' }).click()
  await page.getByRole('gridcell').first().waitFor()
  await look('execution')
  await page.getByRole('navigation').getByRole('link', { name: 'Executions' }).click()
  await page.getByRole('heading', { name: 'Executions' }).waitFor()
  await look('executions')
  await page.getByRole('navigation').getByRole('link', { name: 'Instances' }).click()
  await page.getByText('Tidewater Kitchen').last().waitFor()
  await look('instances')

  expect(Object.fromEntries(Object.entries(faults).filter(([, found]) => found.length > 0))).toEqual({})
  await page.context().close()
})

test('S-006: axe finds nothing in the explorer with its menus and dialogs open, light and dark', async () => {
  const page = await stage.newPage({ colorScheme: 'light' })
  const faults: string[] = []
  const look = async (what: string) => {
    const found = await faultsInBothThemes(page)
    faults.push(...found.map((fault) => `${what}: ${fault}`))
  }
  /** Looks at the page with the choices of a control open. */
  const lookAtChoices = async (what: string, name: string | RegExp) => {
    await page.getByRole('button', { name }).first().click()
    await page.getByRole('listbox').waitFor()
    await look(what)
    await page.keyboard.press('Escape')
    await page.getByRole('listbox').waitFor({ state: 'hidden' })
  }
  await enterSandbox(page, stage.url)
  const filter = {
    all: [{ property: 'retired', value: false }, { any: [{ property: 'tag', is: 'none-of', values: ['paid'] }] }],
  }
  await page.goto(`${stage.url}/data-sources?filter=${encodeURIComponent(JSON.stringify(filter))}&open=dsp_views`)
  await page.getByText('Fields worth knowing').waitFor()
  await lookAtChoices('list, choices of a condition', 'Property')
  await page.getByRole('button', { name: 'Catalogue' }).click()
  await page.getByRole('dialog').getByText('Holds').waitFor()
  await look('list, catalogue')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Find anything' }).fill('spend')
  await page.getByRole('region', { name: 'Preview' }).waitFor()
  await look('palette')
  await page.keyboard.press('Escape')

  await page.goto(`${stage.url}/data-sources/sponsored_ads_traffic#field-spend`)
  await page.getByText('no saved query').waitFor()
  await lookAtChoices('table, choices of a privacy class', /^any class Privacy/)
  await page.setViewportSize({ width: 360, height: 780 })
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await look('table on a phone, filters')
  await page.keyboard.press('Escape')
  await lookAtChoices('table on a phone, contents', /Go to/)
  await page.setViewportSize({ width: 1440, height: 900 })

  await page.goto(`${stage.url}/data-sources/compare?s=dsp_impressions&s=dsp_clicks`)
  await page.getByText('Ways to join').waitFor()
  await lookAtChoices('comparison, places', 'Where dsp_clicks is looked at')
  await lookAtChoices('comparison, one more', /Add a source/)
  await page.goto(`${stage.url}/data-sources/compare-instances`)
  await page.getByText('Choose two instances', { exact: false }).waitFor()
  await lookAtChoices('two instances', /with$/)
  await page.goto(`${stage.url}/data-sources/changes`)
  await page.getByText('First reading', { exact: false }).waitFor()
  await lookAtChoices('changes', /Instance$/)
  expect(faults).toEqual([])
  await page.context().close()
})

test('S-091: axe finds nothing in executions, their comparison, report and chart, and on the page of an instance, with menus and dialogs open, light and dark', async () => {
  const page = await stage.newPage({ colorScheme: 'light' })
  const ana = await signIn(page, stage.url)
  const [kitchen, lacking] = await Promise.all(
    ['Tidewater Kitchen', 'Tidewater Outdoor Living'].map((name) => instanceNamed(ana, name)),
  )
  const sql = 'SELECT campaign, SUM(impressions) AS impressions\nFROM dsp_impressions\nGROUP BY campaign'
  const query = await saveQuery(ana, 'Impressions by campaign', sql)
  const runOn = async (instance: typeof kitchen, start: string) => {
    const window = { start: `${start}T00:00:00`, end: '2026-10-15T00:00:00', timeZone: 'UTC' }
    if (instance === undefined) throw new Error('the sandbox lacks an instance')
    return endOf(ana, await startRun(ana, query, { instanceId: instance.id, values: {}, window }))
  }
  const [week, day, refused] = [
    await runOn(kitchen, '2026-10-08'),
    await runOn(kitchen, '2026-10-14'),
    await runOn(lacking, '2026-10-08'),
  ]
  const faults: string[] = []
  const look = async (what: string) => {
    const found = await faultsInBothThemes(page)
    faults.push(...found.map((fault) => `${what}: ${fault}`))
  }
  const lookAtOpen = async (what: string, button: string | RegExp, opened: 'dialog' | 'listbox') => {
    await page.getByRole('button', { name: button }).first().click()
    await page.getByRole(opened).first().waitFor()
    await look(what)
    await page.keyboard.press('Escape')
    await page.getByRole(opened).first().waitFor({ state: 'hidden' })
  }
  await page.goto(`${stage.url}/executions`)
  await page
    .getByRole('button', { name: /^Select the execution of/ })
    .first()
    .click()
  await page.getByText('1 selected').waitFor()
  await lookAtOpen('list, choices of a filter', 'any Instance', 'listbox')
  await page.goto(`${stage.url}/executions?status=cancelled`)
  await page.getByText('No execution matches this filter.').waitFor()
  await look('list, nothing found')

  await page.goto(`${stage.url}/executions/${week.id}`)
  await page.getByRole('gridcell').filter({ hasText: /\S/ }).first().waitFor()
  await lookAtOpen('execution, compare with', 'Compare with…', 'dialog')
  await lookAtOpen('execution, other values', 'Edit values…', 'dialog')
  await lookAtOpen('execution, download', /^Download all/, 'dialog')
  for (const tab of ['SQL as sent', 'Parameters', 'Request', 'History']) {
    await page.getByRole('tab', { name: tab }).click()
    await page.getByRole('tabpanel').getByText(/\S/).first().waitFor()
    await look(`execution, ${tab}`)
  }
  await page.setViewportSize({ width: 360, height: 780 })
  await look('execution on a phone')
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(`${stage.url}/executions/${week.id}?view=chart`)
  await page.getByRole('region', { name: 'Chart', exact: true }).getByRole('img').waitFor()
  await lookAtOpen('chart, what it shows', 'Set up', 'dialog')
  await lookAtOpen('chart, kinds', /Kind$/, 'listbox')

  await page.goto(`${stage.url}/executions/${week.id}?with=${day.id}`)
  await page.getByText('unique in both').waitFor()
  await lookAtOpen('comparison, keys', /^Match by/, 'dialog')
  await lookAtOpen('comparison, least change', /Hide under$/, 'listbox')

  await page.goto(`${stage.url}/executions/${refused.id}/error`)
  await page.getByRole('heading', { name: 'A table is not there' }).waitFor()
  for (const tab of ['Structured', 'Raw answer', 'SQL']) {
    await page.getByRole('tab', { name: tab, exact: true }).click()
    await look(`report, ${tab}`)
  }
  await page.goto(`${stage.url}/instances/${week.instance.id}`)
  await page.getByText(/^In step with AMC/).waitFor()
  for (const tab of ['Overview', 'Tables', 'Queries', 'Executions', 'Settings']) {
    await page.getByRole('tab', { name: tab, exact: true }).click()
    await look(`instance, ${tab}`)
  }
  expect(faults).toEqual([])
  await page.context().close()
})
