import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStage, type Stage } from './stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage[Symbol.asyncDispose]())

test('from the sign-in page to a number in the grid with the keyboard alone', async () => {
  const page = await stage.newPage()
  await page.goto(stage.url)
  await page.getByRole('button', { name: 'Open the local sandbox' }).waitFor()
  await tabTo(page, 'Open the local sandbox')
  await page.keyboard.press('Enter')

  await page.getByRole('button', { name: 'Which campaigns have data here?' }).waitFor()
  await tabTo(page, 'Which campaigns have data here?')
  await page.keyboard.press('Enter')

  await page.waitForURL(/workbench\/[0-9a-f-]{36}/)
  await page.getByText('campaign_name_contains').first().waitFor()
  await tabTo(page, 'Query in AMC SQL')
  await page.keyboard.press('Control+Enter')

  await page.getByText('Succeeded').first().waitFor({ timeout: 60_000 })
  // An editor with text keeps Tab for itself until Escape gives it back; the empty one above has let it pass.
  await page.keyboard.press('Escape')
  await tabTo(page, /^Result/)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowDown')
  const current = page.getByRole('gridcell', { selected: true })
  expect(await current.getAttribute('aria-colindex')).toBe('3')
  expect(await current.locator('..').getAttribute('aria-rowindex')).toBe('3')
  await page.context().close()
})

/** Presses Tab until the control of that name has the focus; fails after a round that nobody would make. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const seen: string[] = []
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => {
      const element = document.activeElement
      return `${element?.getAttribute('aria-label') ?? ''} ${element?.textContent ?? ''}`.trim()
    })
    seen.push(focused.slice(0, 40))
    if (typeof name === 'string' ? focused.includes(name) : name.test(focused)) return
  }
  throw new Error(`Tab does not reach ${String(name)}: ${seen.join(' → ')}`)
}
