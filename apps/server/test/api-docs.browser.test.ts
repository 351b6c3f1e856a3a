import { startWorld } from '@recomamp/testkit'
import { chromium } from 'playwright-core'
import { expect, test } from 'vitest'
import { ensureChromium } from '../../../scripts/chromium.ts'

test('S-024: the page of the API works under its content security policy', async () => {
  await using world = await startWorld()
  await using browser = await chromium.launch({ executablePath: ensureChromium() })
  const page = await browser.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(`${world.url()}/api/docs`)
  await page.getByText('Run a version of a query').first().waitFor({ timeout: 180_000 })
  expect(complaints).toEqual([])
})
