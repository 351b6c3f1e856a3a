import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { accessibilityFaults, enterSandbox, openStage, type Stage } from './stage.ts'

/** What the language knows, in the editor and with the keyboard alone. */
let stage: Stage
let page: Page

beforeAll(async () => {
  stage = await openStage()
  page = await stage.newPage()
  await page.addInitScript(countQuestions)
  await enterSandbox(page, stage.url)
})
afterAll(() => stage[Symbol.asyncDispose]())

/** Counts in the page what it asks of the language beside it. */
function countQuestions(): void {
  const counter = globalThis as unknown as { questions: number }
  counter.questions = 0
  const post = Worker.prototype.postMessage
  Worker.prototype.postMessage = function (this: Worker, ...given: unknown[]) {
    counter.questions += 1
    return Reflect.apply(post, this, given)
  }
}

const questions = () => page.evaluate(() => (globalThis as unknown as { questions: number }).questions)

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

/** What is selected in the editor, which has to have the focus. */
function selectedText(): Promise<string> {
  return editor().evaluate((content) =>
    content.ownerDocument.activeElement === content ? String(content.ownerDocument.getSelection() ?? '') : '',
  )
}

async function cursorTo(position: 'start' | 'end', steps: readonly string[] = []): Promise<void> {
  await page.keyboard.press(position === 'start' ? 'Control+Home' : 'Control+End')
  for (const step of steps) await page.keyboard.press(step)
}

/** Puts the cursor into the first such word of the text. */
async function cursorInside(word: string): Promise<void> {
  await editor().focus()
  const before = (await written()).indexOf(word)
  if (before === -1) throw new Error(`the text has no ${word}`)
  await cursorTo(
    'start',
    Array.from({ length: before + 1 }, () => 'ArrowRight'),
  )
}

/** The middle of the n-th such word on screen; most words have no element of their own. */
async function middleOf(word: string, occurrence: number): Promise<{ x: number; y: number }> {
  const find = (content: Element, { word, occurrence }: { word: string; occurrence: number }) => {
    const texts = content.ownerDocument.createTreeWalker(content, NodeFilter.SHOW_TEXT)
    let seen = 0
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      for (const match of (node.textContent ?? '').matchAll(new RegExp(`\\b${word}\\b`, 'gu'))) {
        if (seen === occurrence) {
          const range = content.ownerDocument.createRange()
          range.setStart(node, match.index)
          range.setEnd(node, match.index + word.length)
          const box = range.getBoundingClientRect()
          return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
        }
        seen += 1
      }
    }
    return null
  }
  const place = await page.locator('.cm-content').evaluate(find, { word, occurrence })
  if (place === null) throw new Error(`the text has no ${word}`)
  return place
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

  test('a fix of a mark under the pointer is made where the mark has moved to', async () => {
    await write('SELECT campaign, SUM(clicks) AS n FROM dsp_clicks WHERE campaign = NULL GROUP BY 1')
    await problems().getByRole('button', { name: 'Write IS NULL', exact: true }).waitFor()
    await cursorTo('start')
    await page.keyboard.type('-- all of them', { delay: 30 })
    await page.keyboard.press('Enter')
    await problems().getByText('2:57').waitFor()
    await page.mouse.move(1, 1)
    const { x, y } = await middleOf('NULL', 0)
    await page.mouse.move(x, y)
    await page.locator('.cm-diagnosticAction', { hasText: 'Write IS NULL' }).click()
    await expect
      .poll(written)
      .toBe('-- all of them\nSELECT campaign, SUM(clicks) AS n FROM dsp_clicks WHERE campaign IS NULL GROUP BY 1')
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

  test('of several fixes one is chosen with the arrows', async () => {
    await write(
      'SELECT d.campaign, c.campaign AS clicked, COUNT(DISTINCT user_id) AS n FROM dsp_impressions d JOIN dsp_clicks c ON c.user_id = d.user_id GROUP BY 1, 2',
    )
    await expect.poll(() => problems().innerText()).toContain('user_id is a column of several tables')
    await cursorInside('user_id')
    await page.keyboard.press('Control+.')
    const items = page.getByRole('menu', { name: 'Ways to change it' }).getByRole('menuitem')
    await expect.poll(() => items.allInnerTexts()).toEqual(['Write d.user_id', 'Write c.user_id'])
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect.poll(written).toContain('COUNT(DISTINCT c.user_id)')
  })

  test('a long list holds the rows that are looked at, and goes to the last with the keyboard', async () => {
    const unknown = Array.from({ length: 60 }, (_, at) => `unknown_${at}`)
    await write(`SELECT campaign, ${unknown.join(', ')} FROM dsp_impressions GROUP BY 1`)
    const rows = problems().getByRole('listitem')
    await problems().locator('header').getByText(/^60/).waitFor()
    expect(await rows.count()).toBeLessThan(12)
    await rows.first().getByRole('button').first().focus()
    const last = rows.filter({ hasText: 'unknown_59' })
    for (let tabs = 0; tabs < 200 && !(await last.getByRole('button').first().isVisible()); tabs++)
      await page.keyboard.press('Tab')
    await last.getByRole('button').first().press('Enter')
    expect(await selectedText()).toBe('unknown_59')
  })

  test('hints stand beside errors, and go to their place', async () => {
    await write(
      'SELECT campaign, SUM(clicks) / SUM(impressions) AS rate FROM dsp_impressions_by_user_segments GROUP BY 1',
    )
    await expect.poll(() => problems().innerText()).toContain('AMC026')
    await expect.poll(() => page.locator('.cm-lintRange-warning').count()).toBeGreaterThan(0)
    await problems()
      .getByRole('button', { name: /^warning The divisor can be zero/ })
      .click()
    await expect.poll(selectedText).toContain('SUM(impressions)')
  })
})

test('a text at rest is looked at once, and then no more', async () => {
  await write('SELECT campaign, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY 1')
  await expect.poll(() => problems().innerText()).toContain('No problems')
  const before = await questions()
  expect(before).toBeGreaterThan(0)
  await page.waitForTimeout(1500)
  expect((await questions()) - before).toBeLessThanOrEqual(2)
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

  test('Enter behind a name that is written whole is a new line, though the list is open', async () => {
    await write('SELECT campaign FROM dsp_impression')
    await page.keyboard.type('s')
    await expect.poll(() => page.locator('.cm-tooltip-autocomplete li').first().innerText()).toMatch(/^dsp_impressions/)
    // The list takes no key in the moment in which it comes up.
    await page.waitForTimeout(200)
    await page.keyboard.press('Enter')
    await page.keyboard.type('GROUP BY campaign')
    await expect.poll(written).toBe('SELECT campaign FROM dsp_impressions\nGROUP BY campaign')
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
    // The button for a run changes its colour once the text was looked at.
    await expect.poll(() => page.locator('#run-blocked').innerText(), { timeout: 30_000 }).not.toBe('')
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Escape')
  })

  test('a join on what both tables know is offered behind ON', async () => {
    await write('SELECT COUNT(DISTINCT i.user_id) AS n FROM dsp_impressions i JOIN dsp_clicks c ON ')
    await page.keyboard.press('Control+Space')
    const offers = page.locator('.cm-tooltip-autocomplete li')
    await expect.poll(() => offers.first().innerText()).toContain('i.request_tag = c.request_tag')
    await takeOffer()
    await expect.poll(written).toContain('ON i.request_tag = c.request_tag')
  })

  test('the places of a snippet are walked with Tab', async () => {
    await write('new')
    const offers = page.locator('.cm-tooltip-autocomplete li')
    await expect.poll(() => offers.first().innerText()).toContain('new-to-brand by campaign')
    await takeOffer()
    await expect.poll(selectedText).toBe('campaign')
    // Places of one number are filled together.
    await page.keyboard.type('advertiser')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Tab')
    await expect.poll(selectedText).toBe('amazon_attributed_events_by_traffic_time')
    await page.keyboard.type('conversions')
    await page.keyboard.press('Escape')
    await expect.poll(written).toMatch(/^SELECT\n {2}advertiser,[\s\S]*FROM conversions\nGROUP BY advertiser$/)
  })

  test('an idiom is found in the list of snippets, seen, and put where the cursor is', async () => {
    await write('SELECT \nFROM dsp_impressions')
    await cursorTo('start', ['End'])
    await page.getByRole('button', { name: 'Snippets' }).click()
    await page.getByRole('combobox', { name: 'Find a snippet' }).waitFor()
    await page.keyboard.type('dollars')
    await page.keyboard.press('ArrowDown')
    await page.getByText('SUM(total_cost) / 100000.0 AS dollars').waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Enter')
    await expect.poll(written).toBe('SELECT SUM(total_cost) / 100000.0 AS dollars\nFROM dsp_impressions')
    await expect.poll(selectedText).toBe('total_cost')
    await page.keyboard.press('Escape')
  })

  test('the arguments of a call are shown while they are written', async () => {
    await write('SELECT ')
    await page.keyboard.type('SECONDS_BETWEEN(')
    await expect.poll(() => page.locator('.cm-signature').innerText()).toContain('SECONDS_BETWEEN(from, to)')
    expect(await accessibilityFaults(page)).toEqual([])
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
    expect(await accessibilityFaults(page)).toEqual([])
    await page.keyboard.press('Escape')
    await expect.poll(() => card.count()).toBe(0)
  })

  test('F12 goes to the WITH part, F2 renames it everywhere', async () => {
    await write('WITH u AS (SELECT campaign AS c FROM dsp_clicks) SELECT DISTINCT c FROM u')
    await cursorTo('end')
    await page.keyboard.press('F12')
    await page.keyboard.press('F2')
    const field = page.getByRole('textbox', { name: 'New name of u' })
    await field.waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await field.fill('people')
    await page.keyboard.press('Enter')
    await expect
      .poll(written)
      .toBe('WITH people AS (SELECT campaign AS c FROM dsp_clicks) SELECT DISTINCT c FROM people')
  })

  test('the card comes under the pointer, and a click with Ctrl goes to what the text defines', async () => {
    // Short enough for the editor not to scroll.
    await write('WITH seen AS (SELECT total_cost AS c FROM dsp_impressions) SELECT SUM(c) AS s FROM seen')
    const column = await middleOf('total_cost', 0)
    await page.mouse.move(column.x, column.y)
    await expect.poll(() => page.locator('.cm-card').innerText()).toContain('100,000')
    await page.mouse.move(0, 0)
    const table = await middleOf('seen', 1)
    await page.keyboard.down('Control')
    await page.mouse.click(table.x, table.y)
    await page.keyboard.up('Control')
    await expect.poll(selectedText).toBe('seen')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.type('was_')
    await expect.poll(written).toContain('WITH was_seen AS')
  })

  test('a renamed parameter keeps its value', async () => {
    await write(
      'SELECT campaign, COUNT(DISTINCT user_id) AS n FROM dsp_impressions WHERE device_type = {{device}} GROUP BY 1',
    )
    await page.getByRole('textbox', { name: 'Value of device' }).fill('Phone')
    await cursorInside('device}}')
    await page.keyboard.press('F2')
    await page.getByRole('textbox', { name: 'New name of device' }).fill('screen')
    await page.keyboard.press('Enter')
    await expect.poll(written).toContain('{{screen}}')
    await expect.poll(() => page.getByRole('textbox', { name: 'Value of screen' }).inputValue()).toBe('Phone')
  })

  test('a parameter becomes one that AMC fills, and keeps its value; where it cannot, the menu says why', async () => {
    await write(
      'SELECT campaign, COUNT(DISTINCT user_id) AS n FROM dsp_impressions WHERE device_type = {{device}} GROUP BY 1',
    )
    await page.getByRole('textbox', { name: 'Value of device' }).fill('Phone')
    await cursorInside('device}}')
    await page.keyboard.press('Control+.')
    await page.getByRole('menuitem', { name: /^Write CUSTOM_PARAMETER/ }).click()
    await expect.poll(written).toContain("device_type = CUSTOM_PARAMETER('device')")
    await expect.poll(() => problems().innerText()).toContain('No problems')
    expect(await page.getByRole('textbox', { name: 'Value of device' }).inputValue()).toBe('Phone')

    await write('SELECT campaign, COUNT(DISTINCT user_id) AS n FROM dsp_impressions GROUP BY 1 LIMIT {{most}}')
    await cursorInside('most}}')
    await page.keyboard.press('Control+.')
    const refused = page.getByRole('menuitem', { name: /^Write CUSTOM_PARAMETER/ })
    await expect.poll(() => refused.innerText()).toContain('a number that is written out')
    expect(await refused.getAttribute('aria-disabled')).toBe('true')
    await page.keyboard.press('Escape')
  })

  test('the outline names the parts and goes to them', async () => {
    await write('WITH people AS (SELECT user_id AS u FROM dsp_clicks) SELECT COUNT(DISTINCT u) AS n FROM people')
    await page.getByRole('button', { name: 'Outline of the query' }).click()
    const outline = page.getByRole('dialog', { name: 'Outline of the query' })
    await outline.getByRole('button', { name: /^people/ }).waitFor()
    expect(await accessibilityFaults(page)).toEqual([])
    await outline.getByRole('button', { name: /^people/ }).click()
    await expect.poll(selectedText).toBe('people')
    await page.keyboard.type('who')
    await expect.poll(written).toContain('WITH who AS')
  })
})

test('Ctrl+Shift+F lays the query out and keeps its comments', async () => {
  await write('select campaign, sum(clicks) as n -- clicks\nfrom dsp_clicks group by 1')
  await page.keyboard.press('Control+Shift+F')
  await expect.poll(written).toMatch(/^SELECT[\s\S]*-- clicks[\s\S]*\nFROM dsp_clicks\nGROUP BY 1$/)
})

test('a broken text is laid out as far as it can be read, and one Ctrl+Z takes all of it back', async () => {
  const sql = "select campaign, sum(clicks as n\nfrom dsp_clicks where (campaign = 'a' group by 1"
  await write(sql)
  await page.keyboard.press('Control+Shift+F')
  await expect.poll(written).toContain('SELECT')
  const words = (text: string) => text.toLowerCase().replaceAll(/\s+/g, '')
  expect(words(await written())).toBe(words(sql))
  await page.keyboard.press('Control+z')
  await expect.poll(written).toBe(sql)
})
