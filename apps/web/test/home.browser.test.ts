import * as api from '@recomamp/contracts'
import { type Person, eventually, signInAt } from '@recomamp/testkit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { faultsInBothThemes, openStage, tellEmulator, type Stage } from './stage.ts'

/** The first page: what needs somebody, what runs, where somebody was. */
let stage: Stage
let page: Page
let ana: Person

const sqlQuery = 'SELECT campaign, SUM(impressions) AS impressions\nFROM dsp_impressions\nGROUP BY campaign'

beforeAll(async () => {
  stage = await openStage()
  page = await stage.newPage({ colorScheme: 'light' })
})
afterAll(() => stage[Symbol.asyncDispose]())

const block = (name: string) => page.getByRole('region', { name })

async function make(name: string): Promise<api.Workflow> {
  const instance = await eventually(async () =>
    (await ana.call(api.listInstances, { query: { limit: 100 } })).items.find((each) =>
      each.name.startsWith('Tidewater K'),
    ),
  )
  const body = { name, sqlQuery, parameters: [], values: {}, instanceId: instance.id }
  return ana.call(api.createWorkflow, { body })
}

async function run({ id: workflowId, version, instance }: api.Workflow): Promise<api.Execution> {
  const body = { version, instanceId: instance!.id, values: {} }
  return ana.call(api.executeWorkflow, { params: { workflowId }, body })
}

test('S-202: the first visit begins at the sign-in page and leads to an example with one press, and the query is there on the way back', async () => {
  await page.goto(stage.url)
  await page.getByRole('button', { name: 'Open the local sandbox' }).click()
  await page.getByRole('heading', { name: 'Your first answer in three steps' }).waitFor()
  await block('How far the data goes').getByText('Tidewater Kitchen').waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])
  await page.getByRole('button', { name: 'Which campaigns have data here?' }).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/workbench\/[0-9a-f-]{36}/)
  await page.getByText('campaign_name_contains').first().waitFor()
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Home' }).click()
  const recent = page.getByRole('table', { name: 'Your recent queries' })
  await recent.getByRole('row').filter({ hasText: 'Not run' }).waitFor()
  await page.getByText('Nothing runs now.').waitFor()
})

test('what runs appears by itself and is ended there; a run that failed asks for its person; arrows move between queries', async () => {
  ana = await signInAt(stage.url, 'ana')
  const [reach, path] = [await make('Reach by campaign'), await make('Path to conversion')]
  await tellEmulator(stage.url, 'PUT', 'settings', { pendingMs: 60_000 })
  await run(reach)
  const running = block('Running').getByRole('listitem').filter({ hasText: 'Reach by campaign' })
  await running.getByText(/Pending|Running/).waitFor()
  await page
    .getByText(/1 running/)
    .first()
    .waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])
  await running.getByRole('button', { name: 'Cancel run: Reach by campaign' }).click()
  await running.waitFor({ state: 'hidden' })
  await block('Finished lately').getByText('Reach by campaign').waitFor()

  const refused = { operation: 'createWorkflowExecution', times: 1, status: 400, details: 'No such column.' }
  await tellEmulator(stage.url, 'POST', 'faults', refused)
  await run(path)
  const needs = block('Needs you').getByRole('listitem').filter({ hasText: 'Path to conversion' })
  await needs.waitFor()
  await page.getByText(/1 needs you/).waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])
  await needs.getByRole('link', { name: 'See and correct Path to conversion' }).click()
  await page.getByText('No such column.').first().waitFor()
  await page.goBack()

  const recent = page.getByRole('table', { name: 'Your recent queries' })
  await recent.getByRole('link', { name: 'Path to conversion' }).focus()
  await page.keyboard.press('ArrowDown')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Reach by campaign')
  await page.keyboard.press('Enter')
  await page.waitForURL(new RegExp(`/workbench/${reach.id}`))
  await page.keyboard.press('Escape')
  await tellEmulator(stage.url, 'DELETE', 'faults')
})

test('each block loads and fails alone, and comes back on Retry', async () => {
  const live = /\/api\/executions\?(.*&)?status=open/
  const problem = { type: '/problems/unexpected', title: 'Something went wrong here', status: 500, requestId: 'R-17' }
  await page.route(live, (route) =>
    route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
  )
  await page.goto(stage.url)
  const failed = block('Running').getByRole('alert')
  await failed.getByText('R-17').waitFor()
  await page.getByRole('table', { name: 'Your recent queries' }).getByText('Reach by campaign').waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])
  await page.unroute(live)
  await failed.getByRole('button', { name: 'Retry' }).click()
  await page.getByText('Nothing runs now.').waitFor()
})

test('S-017, S-186: what breaks while one panel is drawn leaves the rest usable, and offers Retry and a copy', async () => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.addInitScript(() => {
    const from = Array.from.bind(Array)
    // The strip of 36 days, and nothing else on the page.
    const breaking = (like: ArrayLike<unknown>, map: (value: unknown, index: number) => unknown) => {
      if (like.length === 36 && sessionStorage.getItem('break') === 'panel') throw new Error('The strip broke')
      return map === undefined ? from(like) : from(like, map)
    }
    Array.from = breaking as typeof Array.from
  })
  await page.goto(stage.url)
  await page.evaluate(() => sessionStorage.setItem('break', 'panel'))
  await page.reload()
  const broken = block('How far the data goes').getByRole('alert')
  await broken.getByText('This part of the page broke').waitFor()
  expect(await faultsInBothThemes(page)).toEqual([])
  await broken.getByRole('button', { name: 'Copy the details' }).click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('The strip broke')
  await page.getByRole('table', { name: 'Your recent queries' }).getByText('Reach by campaign').waitFor()
  await page.evaluate(() => sessionStorage.removeItem('break'))
  await broken.getByRole('button', { name: 'Retry' }).click()
  await block('How far the data goes').getByText('Tidewater Kitchen').waitFor()
})

test('S-107: what breaks a page leaves the way to the others; what breaks the app is told and drawn again on Retry', async () => {
  await page.addInitScript(() => {
    const date = Date.prototype.toLocaleDateString
    // Only the head of the first page says the weekday in full.
    Reflect.set(Date.prototype, 'toLocaleDateString', function (this: Date, ...given: Parameters<typeof date>) {
      if (given[1]?.weekday === 'long' && sessionStorage.getItem('break') === 'page') throw new Error('The page broke')
      return date.apply(this, given)
    })
    const listen = window.addEventListener.bind(window)
    // Whoever keeps what the server said listens for this on the window, around the whole app.
    window.addEventListener = ((type: string, ...rest: [EventListener]) => {
      if (type === 'visibilitychange' && sessionStorage.getItem('break') === 'app') throw new Error('The app broke')
      listen(type, ...rest)
    }) as typeof window.addEventListener
  })
  await page.goto(stage.url)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.evaluate(() => sessionStorage.setItem('break', 'page'))
  await page.reload()
  await page.getByText('This page broke').waitFor()
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Templates' }).click()
  await page.getByRole('heading', { name: 'Templates', level: 1 }).waitFor()

  await page.evaluate(() => sessionStorage.setItem('break', 'app'))
  await page.reload()
  const alert = page.getByRole('alert')
  await alert.getByText('This page broke').waitFor()
  await page.evaluate(() => sessionStorage.removeItem('break'))
  await alert.getByRole('button', { name: 'Retry' }).click()
  await page.getByRole('heading', { name: 'Templates', level: 1 }).waitFor()
  expect(await page.getByRole('alert').count()).toBe(0)
})
