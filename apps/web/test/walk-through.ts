import type { Page } from 'playwright-core'

/** One way through the product, as somebody takes it who sees it for the first time: sign in at the emulator, look at a table, write a
 *  query, run it, read its rows. Needs nothing but the address; rejects where it cannot go on. */
export async function walkThrough(page: Page, url: string): Promise<void> {
  const main = page.getByRole('navigation', { name: 'Main' })
  await page.goto(url)
  await page.getByRole('button', { name: 'Open the local sandbox' }).click()
  await main.getByRole('link', { name: 'Data sources' }).click()
  await page.getByRole('link', { name: 'dsp_impressions', exact: true }).first().click()
  await page.locator('[data-field]').first().waitFor()
  await page.goto(`${url}/workbench/new`)
  await page.getByRole('heading', { name: 'Start from a question' }).waitFor()
  await page.getByRole('textbox', { name: 'Query in AMC SQL' }).focus()
  await page.keyboard.insertText(
    'SELECT campaign, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY campaign',
  )
  await page.keyboard.press('Control+Enter')
  await page.getByRole('gridcell').first().waitFor()
}
