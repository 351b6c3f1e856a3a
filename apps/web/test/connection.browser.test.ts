import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityFaults, enterSandbox, openStage, type Stage } from './stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage[Symbol.asyncDispose]())

/** Ends Ana's grants at the emulator, whose address the sign-in tells. */
async function revokeAna(): Promise<void> {
  const login = await fetch(`${stage.url}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ provider: 'sandbox' }),
  })
  const { authorizationUrl } = (await login.json()) as { authorizationUrl: string }
  const answer = await fetch(`${new URL(authorizationUrl).origin}/_emulator/grants/ana`, { method: 'DELETE' })
  expect(answer.status).toBe(204)
}

/** Focuses a button by name and presses Enter: whoever has no mouse does the same. */
async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).first().focus()
  await page.keyboard.press('Enter')
}

test('S-044, S-067: a connection is tested from the instances page; once Amazon has ended it every page says so, and one key press mends it', async () => {
  const page = await stage.newPage()
  await enterSandbox(page, stage.url)
  await page.goto(`${stage.url}/instances`)
  await page.getByText(/Amazon accepted it/).waitFor()
  await revokeAna()
  await press(page, 'Test')
  const notice = page.getByText(/needs you: Amazon no longer accepts its tokens/)
  await notice.waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  await page.goto(`${stage.url}/executions`)
  await notice.waitFor()
  await press(page, 'Sign in again')
  await page.getByRole('heading', { name: 'Executions' }).waitFor()
  await notice.waitFor({ state: 'hidden' })
  expect(new URL(page.url()).pathname).toBe('/executions')
  await page.goto(`${stage.url}/instances`)
  await page.getByText('Healthy').first().waitFor()
  await page.context().close()
})

test('S-080: the page of an instance tells its tables, and takes from when its days are settled', async () => {
  const page = await stage.newPage()
  await enterSandbox(page, stage.url)
  await page.goto(`${stage.url}/instances?q=tidewater%20kitchen`)
  await page.getByRole('link', { name: 'Tidewater Kitchen', exact: true }).focus()
  await page.keyboard.press('Enter')
  await page.getByText(/^In step with AMC/).waitFor()
  await page.getByRole('link', { name: /^All \d+ tables$/ }).waitFor()
  await page.getByRole('tab', { name: 'Settings' }).click()
  await page.getByLabel('Counted as settled after').fill('28')
  await page.keyboard.press('Enter')
  await page.getByText('Saved', { exact: true }).waitFor()
  await page.reload()
  await expect.poll(() => page.getByLabel('Counted as settled after').inputValue()).toBe('28')
  await page.context().close()
})
