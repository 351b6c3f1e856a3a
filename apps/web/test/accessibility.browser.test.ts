import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityFaults, enterSandbox, openStage, type Stage } from './stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage[Symbol.asyncDispose]())

test('axe finds nothing on any screen, light and dark', async () => {
  const page = await stage.newPage({ colorScheme: 'light' })
  const faults: Record<string, string[]> = {}
  const look = async (screen: string) => {
    faults[screen] = await accessibilityFaults(page)
    // The themes differ in colours only.
    await page.emulateMedia({ colorScheme: 'dark' })
    faults[`${screen}, dark`] = await accessibilityFaults(page, ['color-contrast'])
    await page.emulateMedia({ colorScheme: 'light' })
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
