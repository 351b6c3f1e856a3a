import { afterAll, beforeAll, expect, test } from 'vitest'
import { enterSandbox, openStage, type Stage } from './stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage[Symbol.asyncDispose]())

/** A page with a query whose text the server has. */
async function typing() {
  const page = await stage.newPage()
  await enterSandbox(page, stage.url)
  const editor = page.getByRole('textbox', { name: 'Query in AMC SQL' })
  await editor.click()
  await page.keyboard.insertText('SELECT campaign')
  await page.getByText(/^Draft kept/).waitFor()
  return { page, editor }
}

test('a newcomer meets no error in the console', async () => {
  const page = await stage.newPage()
  const errors: string[] = []
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  page.on('pageerror', (error) => errors.push(error.message))
  await page.goto(stage.url)
  await page.getByRole('button', { name: 'Open the local sandbox' }).click()
  await page.getByRole('heading', { name: 'Your first answer in three steps' }).waitFor()
  await page.getByRole('button', { name: 'Which campaigns have data here?' }).click()
  await page.getByText('campaign_name_contains').first().waitFor()
  expect(errors).toEqual([])
  await page.context().close()
})

test('S-120 F-19: text that was typed while the server was dead is there after it comes back, and is kept again', async () => {
  const { page, editor } = await typing()

  await stage.killServer()
  await page.keyboard.insertText(', advertiser')
  await page.getByText(/^Not kept/).waitFor()
  const asked = page.waitForEvent('dialog')
  const leaving = page.close({ runBeforeUnload: true })
  const warning = await asked
  expect(warning.type()).toBe('beforeunload')
  await warning.dismiss()
  await leaving

  await stage.restartServer()
  await page.reload()
  await expect.poll(() => editor.innerText()).toBe('SELECT campaign, advertiser')
  await page.getByText(/^Draft kept/).waitFor({ timeout: 40_000 })

  // Another tab has nothing of this one's storage: what it shows came from the server.
  const other = await page.context().newPage()
  await other.goto(page.url())
  await expect.poll(() => other.getByRole('textbox', { name: 'Query in AMC SQL' }).innerText()).toMatch(/, advertiser$/)
  await page.context().close()
})

test('signing out ends the session: a reload, and the other tab, show the sign-in', async () => {
  const page = await stage.newPage()
  await enterSandbox(page, stage.url)
  const other = await page.context().newPage()
  await other.goto(`${stage.url}/executions`)
  await other.getByRole('heading', { name: 'Executions' }).waitFor()

  await page.getByRole('button', { name: /^Account of/ }).click()
  await page.getByText('Sign out', { exact: true }).click()
  for (const tab of [page, other]) await tab.getByRole('button', { name: 'Open the local sandbox' }).waitFor()
  await page.goto(`${stage.url}/executions`)
  await page.getByRole('button', { name: 'Open the local sandbox' }).waitFor()
  expect(new URL(page.url()).pathname).toBe('/sign-in')
  await page.context().close()
})

test("a sign-out forgets what tells of somebody's work, in every tab, and also where the server is silent, which learns of it later", async () => {
  const { page } = await typing()
  await page.evaluate(() => localStorage.setItem('recomamp.theme', 'dark'))
  const other = await page.context().newPage()
  await other.goto(`${stage.url}/executions`)
  await other.getByRole('heading', { name: 'Executions' }).waitFor()
  const kept = () => page.evaluate(() => [localStorage, sessionStorage].flatMap((each) => Object.keys(each)).toSorted())
  expect(await kept()).toContain('recomamp.open-documents')

  await stage.killServer()
  await page.keyboard.insertText(', advertiser')
  await page.getByText(/^Not kept/).waitFor()
  await page.getByRole('button', { name: /^Account of/ }).click()
  await page.getByText('Sign out', { exact: true }).click()
  for (const tab of [page, other]) await tab.getByText('You are signed out in this browser.').waitFor()
  // The text that the server does not have stays in its tab.
  expect(await kept()).toEqual([
    expect.stringMatching(/^recomamp\.draft\./),
    'recomamp.sign-out-owed',
    'recomamp.theme',
  ])

  await stage.restartServer()
  await page.reload()
  await page.getByRole('button', { name: 'Open the local sandbox' }).waitFor()
  const renewal = await page.evaluate(async () => (await fetch('/api/auth/refresh', { method: 'POST' })).status)
  expect(renewal).toBe(401)
  await page.context().close()
})

test('a query stays at the instance that was chosen for it', async () => {
  const page = await stage.newPage()
  await enterSandbox(page, stage.url)
  const switcher = page.getByRole('button', { name: 'Choose the instance' })
  const runBar = page.getByRole('region', { name: 'Run' })
  await expect.poll(() => runBar.innerText()).toContain('Tidewater Trail Shoes UK')
  await switcher.click()
  await page.getByRole('option', { name: 'Tidewater Tea' }).click()
  await expect.poll(() => runBar.innerText()).toContain('Tidewater Tea')
  const address = page.url()

  await page.goto(`${stage.url}/workbench/new`)
  await page.getByRole('heading', { name: 'Start from a question' }).waitFor()
  await switcher.click()
  await page.getByRole('option', { name: 'Tidewater Kitchen' }).click()
  await expect.poll(() => runBar.innerText()).toContain('Tidewater Kitchen')

  await page.goto(address.replace(/\?.*/, ''))
  await expect.poll(() => runBar.innerText()).toContain('Tidewater Tea')
  await page.context().close()
})
