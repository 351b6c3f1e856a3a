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

const rows = () => page.locator('[data-template]')
const search = () => page.getByRole('textbox', { name: 'Find a template in your own words' })
const isInView = async (name: string) =>
  page.getByRole('heading', { level: 2, name: new RegExp(`^${name}`) }).evaluate((head) => {
    const { top } = head.getBoundingClientRect()
    return top > 0 && top < window.innerHeight
  })

test('S-110: a template is found, read, used and made anew', async () => {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Templates' }).click()
  await rows().first().waitFor()
  const categories = page.getByRole('navigation', { name: 'Categories' })
  await categories.getByRole('button', { name: /^Grocery and physical stores/ }).click()
  await expect.poll(() => isInView('Grocery and physical stores')).toBe(true)
  await page.getByText('runs as it is').first().waitFor()

  // In one's own words, and with none that fit.
  await page.keyboard.press('/')
  await page.keyboard.type('frequency capping')
  await page.getByRole('link', { name: /At how many impressions does another one stop paying/ }).waitFor()
  await page.waitForURL(/q=frequency/)
  await search().fill('xylophone quartet')
  await page.getByText('No template answers “xylophone quartet”.').waitFor()
  await page.getByRole('button', { name: 'Clear the filters' }).click()

  // The preview gives the example; the page tells everything.
  await search().fill('repeat purchases')
  await page.getByRole('link', { name: /How long until the second order/ }).click()
  const preview = page.getByRole('region', { name: 'Preview of Time between purchases' })
  await preview.getByRole('region', { name: 'Rows of the example result' }).getByText('1 to 7 days').waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  await preview.getByRole('link', { name: 'Open' }).click()
  await page.getByRole('heading', { level: 1, name: 'How long until the second order?' }).waitFor()
  await page.getByRole('heading', { name: 'Where it misleads' }).waitFor()
  await page.getByRole('region', { name: 'Rows of the example result' }).getByText('1 to 7 days').waitFor()
  await page.getByText('Consecutive orders make gaps, page views do not').click()
  await page.getByRole('region', { name: /^Rows of conversions_all for/ }).waitFor()
  expect(await accessibilityFaults(page)).toEqual([])

  await page.getByRole('button', { name: 'Use this template' }).click()
  await page.waitForURL(/workbench\/[0-9a-f-]{36}/)
  await page.getByText('time_between_purchases').first().waitFor()

  // A template of one's own, of the query that was just made.
  await page.goto(`${stage.url}/templates`)
  await page.getByRole('button', { name: 'Make a template' }).click()
  await page.getByRole('textbox', { name: 'The question that it answers' }).fill('When do our own customers come back?')
  await page.getByRole('button', { name: 'Make it' }).click()
  await page.getByRole('heading', { level: 1, name: 'When do our own customers come back?' }).waitFor()
  await page.getByRole('link', { name: 'Time between purchases', exact: true }).waitFor()
  await page.getByRole('radio', { name: 'The workspace' }).click()
  await page.goto(`${stage.url}/templates?of=workspace`)
  await page.getByRole('link', { name: /When do our own customers come back/ }).waitFor()
  expect(await rows().count()).toBe(1)
})

test('S-110: on a phone the list leads to pages, and nothing is wider than the screen', async () => {
  await page.setViewportSize({ width: 360, height: 740 })
  await page.goto(`${stage.url}/templates`)
  await rows().first().click()
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.getByRole('region', { name: 'Rows of the example result' }).waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
})
