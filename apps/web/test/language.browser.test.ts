import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { accessibilityFaults, enterSandbox, openStage, type Stage } from './stage.ts'

/** What the language knows, in the editor and with the keyboard alone. */
let stage: Stage
let page: Page

beforeAll(async () => {
  stage = await openStage()
  page = await stage.newPage()
  await enterSandbox(page, stage.url)
})
afterAll(() => stage[Symbol.asyncDispose]())

const editor = () => page.getByRole('textbox', { name: 'Query in AMC SQL' })
const problems = () => page.getByRole('region', { name: 'Problems' })

async function write(sql: string): Promise<void> {
  await editor().click()
  await page.keyboard.press('Control+A')
  await page.keyboard.insertText(sql)
}

/** The text of the editor, line by line. */
async function written(): Promise<string> {
  return (await page.locator('.cm-content .cm-line').allInnerTexts()).map((line) => line.trimEnd()).join('\n')
}

async function cursorTo(position: 'start' | 'end', steps: readonly string[] = []): Promise<void> {
  await page.keyboard.press(position === 'start' ? 'Control+Home' : 'Control+End')
  for (const step of steps) await page.keyboard.press(step)
}

/** A list that has just come up takes no Enter for 75 ms, lest it swallow one that was meant for the text. */
async function takeOffer(): Promise<void> {
  await page.waitForTimeout(100)
  await page.keyboard.press('Enter')
}

beforeEach(() => write('SELECT 1 AS one'))

describe('problems', () => {
  test('a fix is made from the list of problems, and Ctrl+Z takes it back', async () => {
    const sql = 'SELECT campaign, SUM(clicks) AS n FROM dsp_clicks WHERE campaign = NULL GROUP BY 1'
    await write(sql)
    await problems().getByRole('button', { name: 'Write IS NULL', exact: true }).click()
    await expect.poll(written).toContain('campaign IS NULL')
    await page.keyboard.press('Control+z')
    await expect.poll(written).toBe(sql)
  })

  test('Ctrl+. mends the problem at the cursor', async () => {
    await write('SELECT campaing, SUM(clicks) AS n FROM dsp_clicks GROUP BY 1')
    await expect.poll(() => problems().innerText()).toContain('campaing')
    await cursorTo('start')
    await page.keyboard.press('F8')
    await page.keyboard.press('Control+.')
    await expect.poll(written).toContain('SELECT campaign,')
    await expect.poll(() => problems().innerText()).toContain('No problems')
  })

  test('a comment with a reason switches a warning off', async () => {
    await write(
      'SELECT campaign, SUM(impressions) / COUNT(DISTINCT user_id) AS per_person\nFROM dsp_impressions GROUP BY 1',
    )
    await expect.poll(() => problems().innerText()).toContain('AMC026')
    await write(
      'SELECT campaign, SUM(impressions) / COUNT(DISTINCT user_id) AS per_person -- recomamp-ignore AMC026: no campaign is empty\nFROM dsp_impressions GROUP BY 1',
    )
    await expect.poll(() => problems().innerText()).toContain('No problems')
  })
})

describe('completion', () => {
  test('columns of the table in scope come first and are taken with Enter', async () => {
    await write('SELECT  FROM dsp_impressions')
    await cursorTo('start', ['End', ...Array.from({ length: 21 }, () => 'ArrowLeft')])
    await page.keyboard.type('line_item_t')
    await expect.poll(() => page.locator('.cm-tooltip-autocomplete li').first().innerText()).toMatch(/^line_item_type/)
    await takeOffer()
    await expect.poll(written).toMatch(/^SELECT line_item_type FROM/)
  })

  test('a table is offered behind FROM, values of a known column inside its string', async () => {
    await write('SELECT campaign FROM ')
    await page.keyboard.type('dsp_im')
    await expect.poll(() => page.locator('.cm-tooltip-autocomplete li').first().innerText()).toMatch(/^dsp_impressions/)
    await page.keyboard.press('Escape')
    await write("SELECT campaign FROM dsp_impressions WHERE device_type = ''")
    await cursorTo('end', ['ArrowLeft'])
    await page.keyboard.press('Control+Space')
    await expect.poll(() => page.locator('.cm-tooltip-autocomplete').innerText()).toContain('Phone')
    await page.keyboard.press('Escape')
  })

  test('the arguments of a call are shown while they are written', async () => {
    await write('SELECT ')
    await page.keyboard.type('SECONDS_BETWEEN(')
    await expect.poll(() => page.locator('.cm-signature').innerText()).toContain('SECONDS_BETWEEN(from, to)')
    await page.keyboard.press('Escape')
  })
})

describe('what a name means', () => {
  test('F1 says type, class and unit of the column at the cursor, and Escape closes it', async () => {
    await write('SELECT total_cost FROM dsp_impressions')
    await cursorTo(
      'start',
      Array.from({ length: 9 }, () => 'ArrowRight'),
    )
    await page.keyboard.press('F1')
    const card = page.locator('.cm-card')
    await expect.poll(() => card.innerText()).toContain('total_cost')
    expect(await card.innerText()).toContain('100,000')
    await page.keyboard.press('Escape')
    await expect.poll(() => card.count()).toBe(0)
  })

  test('F12 goes to the WITH part, F2 renames it everywhere', async () => {
    await write('WITH u AS (SELECT campaign AS c FROM dsp_clicks) SELECT DISTINCT c FROM u')
    await cursorTo('end')
    await page.keyboard.press('F12')
    await page.keyboard.press('F2')
    const field = page.getByRole('textbox', { name: 'New name of u' })
    await field.fill('people')
    await page.keyboard.press('Enter')
    await expect
      .poll(written)
      .toBe('WITH people AS (SELECT campaign AS c FROM dsp_clicks) SELECT DISTINCT c FROM people')
  })

  test('the outline names the parts and goes to them', async () => {
    await write('WITH people AS (SELECT user_id AS u FROM dsp_clicks) SELECT COUNT(DISTINCT u) AS n FROM people')
    await page.getByRole('button', { name: 'Outline of the query' }).click()
    const outline = page.getByRole('dialog', { name: 'Outline of the query' })
    await outline.getByRole('button', { name: /^people/ }).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await outline.getByRole('button', { name: /^people/ }).click()
    await page.keyboard.type('who')
    await expect.poll(written).toContain('WITH who AS')
  })
})

test('Ctrl+Shift+F lays the query out and keeps its comments', async () => {
  await write('select campaign, sum(clicks) as n -- clicks\nfrom dsp_clicks group by 1')
  await page.keyboard.press('Control+Shift+F')
  await expect.poll(written).toMatch(/^SELECT[\s\S]*-- clicks[\s\S]*\nFROM dsp_clicks\nGROUP BY 1$/)
})
