import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityFaults, enterSandbox, openStage, type Stage } from './stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage[Symbol.asyncDispose]())

test('S-100: the palette opens on every page, finds fields, queries, instances and pages, and puts a field into the query', async () => {
  const page = await stage.newPage()
  await enterSandbox(page, stage.url)
  const query = new URL(page.url()).pathname
  const editor = page.getByRole('textbox', { name: 'Query in AMC SQL' })
  await editor.click()
  await page.keyboard.insertText('SELECT ')

  // A field, by the initials of its words, goes to where the cursor was.
  const field = page.getByRole('combobox', { name: 'Find anything' })
  const current = page.getByRole('option', { selected: true })
  await page.keyboard.press('Control+k')
  await field.fill('ntb pur')
  await expect.poll(() => current.innerText()).toContain('new_to_brand_purchases')
  expect(await accessibilityFaults(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => editor.innerText()).toBe('SELECT new_to_brand_purchases')
  await page.keyboard.insertText(', campaign')
  await page.getByText(/^Draft kept/).waitFor()

  // What a name means is read without leaving the page.
  await page.keyboard.press('Control+k')
  await field.fill('total_cost')
  await page.getByRole('region', { name: 'Preview' }).getByText('millicents', { exact: true }).waitFor()
  await page.keyboard.press('Escape')
  await field.waitFor({ state: 'hidden' })
  await expect.poll(() => editor.evaluate((element) => element.contains(document.activeElement))).toBe(true)

  // A page, then from there the query again, which is among the queries and then among the recent ones.
  await page.keyboard.press('Control+k')
  await field.fill('exeuctions')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Executions' }).waitFor()
  await page.keyboard.press('Control+k')
  await field.fill('untitled')
  await expect.poll(() => current.innerText()).toContain('Untitled')
  await page.keyboard.press('Enter')
  await page.waitForURL(`**${query}`)
  await page.getByRole('button', { name: 'Find a field, query or page' }).click()
  await page.getByRole('group', { name: 'Recent' }).getByRole('option').first().waitFor()

  // An instance is chosen; a question becomes a query of one's own.
  await field.fill('@ tidewater tea')
  await expect.poll(() => current.innerText()).toContain('Tidewater Tea')
  await page.keyboard.press('Enter')
  await expect
    .poll(() => page.getByRole('button', { name: 'Choose the instance' }).innerText())
    .toContain('Tidewater Tea')
  await page.keyboard.press('Control+k')
  await field.fill('which campaigns have data')
  await expect.poll(() => current.innerText()).toContain('Which campaigns have data here?')
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => /workbench\/[0-9a-f-]{36}/.test(url.pathname) && url.pathname !== query)
  await expect.poll(() => editor.innerText()).toContain('SELECT')
  await page.context().close()
})

test('S-100: what is typed while the palette is on its way is kept, Enter included, and nothing of it goes into the query', async () => {
  const page = await stage.newPage()
  await enterSandbox(page, stage.url)
  const editor = page.getByRole('textbox', { name: 'Query in AMC SQL' })
  await editor.click()
  const typed = Promise.withResolvers<void>()
  await page.route(/\/assets\/palette-[^/]*\.js$/, async (route) => {
    await typed.promise
    await route.continue()
  })
  await page.keyboard.press('Control+k')
  await page.keyboard.type('exeuctionss')
  await page.keyboard.press('Backspace')
  await page.keyboard.press('Enter')
  expect(await editor.innerText()).not.toContain('exe')
  typed.resolve()
  await page.getByRole('heading', { name: 'Executions' }).waitFor()
  await page.context().close()
})

test('S-100: the palette leads to the sections of the settings and to the status page', async () => {
  const page = await stage.newPage()
  await enterSandbox(page, stage.url)
  const current = page.getByRole('option', { selected: true })
  for (const [words, label, path] of [
    ['audit', 'Settings: Audit log', '/settings/audit'],
    ['access tokens', 'Settings: Access tokens', '/settings/tokens'],
    ['status', 'Status', '/status'],
  ] as const) {
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Find anything' }).fill(words)
    await page.getByRole('option', { name: label, exact: true }).click()
    await current.waitFor({ state: 'hidden' })
    await expect.poll(() => new URL(page.url()).pathname).toBe(path)
  }
  await page.context().close()
})
