import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { enterSandbox, openQuestion, openStage } from './stage.ts'

const rowCount = 1_000_000
const columns = Array.from({ length: 40 }, (_, index) => ({
  name: `column_${index}`,
  dataType: index % 3 === 0 ? 'STRING' : 'LONG',
  columnType: index % 2 === 0 ? 'DIMENSION' : 'METRIC',
}))

test('S-226, S-228: a grid of a million rows holds what is on screen, tells its true size and goes anywhere by keyboard and wheel without a gap; a page that was read is not asked for again', async () => {
  await using stage = await openStage()
  const page = await stage.newPage()
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await enterSandbox(page, stage.url)
  await openQuestion(page, /Which campaigns have data here/)
  await page.getByRole('button', { name: /^Run/ }).click()
  await page.getByRole('grid').waitFor()
  const asked = await answerWithAMillionRows(page)
  await page.reload()

  const grid = page.getByRole('grid')
  await grid.getByText('r0c0', { exact: true }).waitFor()
  expect(await grid.getAttribute('aria-rowcount')).toBe(String(rowCount + 1))
  expect(await grid.getAttribute('aria-colcount')).toBe('41')
  await grid.focus()
  const visit = async (keys: string, text: string) => {
    await page.keyboard.press(keys)
    await grid.getByText(text, { exact: true }).waitFor()
    expect(await grid.getByRole('row').count()).toBeLessThanOrEqual(80)
  }
  await visit('Control+ArrowDown', 'r999999c0')
  await visit('Control+ArrowRight', 'r999999c39')
  await page.keyboard.press('Control+c')
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('r999999c39')
  await visit('ArrowUp', 'r999998c39')
  await visit('Control+Home', 'r0c0')
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+c')
  await page.getByText('40,000,000 cells are selected and a copy holds at most 100,000').waitFor()
  await page.keyboard.press('Escape')
  await visit('End', 'r0c39')
  await grid.evaluate((element) => (element.scrollTop = element.scrollHeight / 2))
  await expect.poll(() => grid.getByRole('rowheader').first().innerText()).toMatch(/^(499|500)\d{3}$/)
  await page.keyboard.press('Control+Home')
  await grid.getByText('r0c0', { exact: true }).waitFor()
  const { mostRows, mostFrames } = await scrolled(grid)
  expect(mostRows).toBeLessThanOrEqual(80)
  expect(mostFrames).toBeLessThanOrEqual(8)
  expect(new Set(asked).size).toBe(asked.length)
})

/** Turns a grid on, a third of its height at a time: the most rows that there are at once, and the most frames until they reach over all of it. */
function scrolled(grid: Locator): Promise<{ mostRows: number; mostFrames: number }> {
  return grid.evaluate(async (element) => {
    const frame = () => new Promise((done) => requestAnimationFrame(done))
    const headHeight = element.querySelector('.grid-head')?.clientHeight ?? 0
    const isFull = () => {
      const { top, bottom } = element.getBoundingClientRect()
      const boxes = [...element.querySelectorAll('.grid-row')].map((row) => row.getBoundingClientRect())
      const [first, last] = [Math.min(...boxes.map((box) => box.top)), Math.max(...boxes.map((box) => box.bottom))]
      return first <= top + headHeight + 1 && last >= bottom - 16
    }
    let [mostRows, mostFrames] = [0, 0]
    for (let turn = 0; turn < 100; turn += 1) {
      element.scrollBy(0, element.clientHeight / 3)
      let frames = 0
      do {
        await frame()
        frames += 1
      } while (!isFull() && frames < 100)
      mostFrames = Math.max(mostFrames, frames)
      mostRows = Math.max(mostRows, element.querySelectorAll('.grid-row').length)
    }
    return { mostRows, mostFrames }
  })
}

/** Lets the browser believe that the stored result is large; what the server really answers is not the matter here. */
async function answerWithAMillionRows(page: Page): Promise<string[]> {
  const asked: string[] = []
  await page.route(/\/api\/executions\/[0-9a-f-]{36}$/, async (route) => {
    const answer = await route.fetch()
    await route.fulfill({
      response: answer,
      json: { ...(await answer.json()), rowCount, columns, filteredRowCount: 0 },
    })
  })
  await page.route(/\/results\?/, async (route) => {
    asked.push(route.request().url())
    const query = new URL(route.request().url()).searchParams
    const offset = Number(query.get('offset'))
    const wanted = JSON.parse(query.get('columns') ?? '[]') as string[]
    expect(wanted.length).toBeLessThanOrEqual(12)
    const shown = columns.filter(({ name }) => wanted.includes(name))
    const rows = Array.from({ length: Math.min(100, rowCount - offset) }, (_, row) =>
      shown.map(({ name }) => `r${offset + row}c${name.replace('column_', '')}`),
    )
    await route.fulfill({ json: { columns: shown, rows, marks: [], offset, rowCount, matchingCount: rowCount } })
  })
  return asked
}
