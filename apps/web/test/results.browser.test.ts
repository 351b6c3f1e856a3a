import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { eventually, signInAt } from '@recomamp/testkit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endOf, instanceNamed, saveQuery, startRun } from './runs-by-hand.ts'
import { accessibilityFaults, enterSandbox, openQuestion, openStage, type Stage } from './stage.ts'

let stage: Stage
let page: Page
/** The page of an execution with 30 campaigns. */
let address: string

beforeAll(async () => {
  stage = await openStage()
  page = await stage.newPage()
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await enterSandbox(page, stage.url)
  await openQuestion(page, /Which campaigns have data here/)
  await page.getByRole('button', { name: /^Run/ }).click()
  await page.getByRole('link', { name: 'Open the execution' }).click()
  await page.getByRole('gridcell').first().waitFor()
  address = page.url()
})
afterAll(() => stage[Symbol.asyncDispose]())

function header(name: string) {
  return page.getByRole('columnheader', { name: new RegExp(` ${name} `) })
}

/** The cells on screen of a column, from the top, once all of them have been read. */
async function cellsOf(name: string): Promise<string[]> {
  const at = await header(name).getAttribute('aria-colindex')
  const cells = page.locator(`[role=gridcell][aria-colindex="${at}"]`)
  return eventually(async () => {
    const texts = await cells.allInnerTexts()
    return !texts.includes('') && texts
  })
}

async function openMenu(name: string) {
  const button = page.getByRole('button', { name: `Menu of ${name}`, exact: true })
  await button.scrollIntoViewIfNeeded()
  // A menu closes when what it belongs to is scrolled, and a scroll is told a frame later.
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
  await button.click()
  return page.getByRole('dialog', { name: `Menu of ${name}`, exact: true })
}

test('a result is sorted by click and by keyboard, says so, and its address reproduces it', async () => {
  await page.goto(address)
  await header('impressions').click()
  await expect.poll(() => header('impressions').getAttribute('aria-sort')).toBe('ascending')
  await page.getByText('Sorted by impressions, smallest first').waitFor()
  await expect.poll(async () => isAscending(await cellsOf('impressions'))).toBe(true)
  await header('impressions').click()
  await expect.poll(() => header('impressions').getAttribute('aria-sort')).toBe('descending')
  await expect.poll(async () => isAscending((await cellsOf('impressions')).toReversed())).toBe(true)
  const largest = await cellsOf('campaign')

  await page.reload()
  await expect.poll(() => cellsOf('campaign')).toEqual(largest)
  await page.goBack()
  await expect.poll(() => header('impressions').getAttribute('aria-sort')).toBe('ascending')

  const grid = page.getByRole('grid')
  await grid.focus()
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await expect.poll(() => header('advertiser').getAttribute('aria-sort')).toBe('ascending')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Shift+Enter')
  await page.getByText('Sorted by advertiser, A to Z; ad_product_type, A to Z').waitFor()
  await page.keyboard.press('Alt+ArrowDown')
  await page.getByRole('dialog', { name: 'Menu of ad_product_type' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Original order' }).click()
  await expect.poll(() => new URL(page.url()).search).toBe('')
})

test('rows are filtered by the kind of their column, wrong values are refused at their field, and nothing found is said', async () => {
  await page.goto(address)
  const ofText = await openMenu('campaign')
  await ofText.getByRole('textbox', { name: 'Value' }).fill('kestrel')
  await page.keyboard.press('Enter')
  await page.getByText(/^\d+ of 30 rows match$/).waitFor()
  const found = await cellsOf('campaign')
  expect(found.length).toBeGreaterThan(2)
  expect(found.every((name) => name.startsWith('Kestrel'))).toBe(true)
  expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe(String(found.length + 1))

  const ofNumber = await openMenu('impressions')
  await ofNumber.getByRole('textbox', { name: 'From' }).fill('many')
  await ofNumber.getByRole('button', { name: 'Apply' }).click()
  await ofNumber.getByText('A number such as -12.5').waitFor()
  await ofNumber.getByRole('textbox', { name: 'From' }).fill('1000')
  await ofNumber.getByRole('textbox', { name: 'To' }).fill('3000')
  await ofNumber.getByRole('button', { name: 'Apply' }).click()
  await page.getByText('impressions at most “3000”').waitFor()
  await expect
    .poll(async () =>
      (await cellsOf('impressions')).every((text) => isBetween(Number(text.replaceAll(',', '')), 1000, 3000)),
    )
    .toBe(true)

  const ofDay = await openMenu('campaign_end_date')
  await ofDay.getByRole('button', { name: 'Rows whose value' }).click()
  await page.getByRole('option', { name: 'is null', exact: true }).click()
  await ofDay.getByRole('button', { name: 'Apply' }).click()
  await page.getByRole('button', { name: 'Remove: campaign contains “kestrel”' }).click()
  await expect.poll(async () => new Set(await cellsOf('campaign_end_date'))).toEqual(new Set(['null']))
  const kept = await cellsOf('campaign')
  await page.reload()
  await expect.poll(() => cellsOf('campaign')).toEqual(kept)

  const again = await openMenu('campaign')
  await again.getByRole('textbox', { name: 'Value' }).fill('nobody has this name')
  await page.keyboard.press('Enter')
  await page.getByText('No row matches these 4 conditions.').waitFor()
  await page.getByRole('button', { name: 'Clear the filter' }).click()
  await page.getByRole('gridcell').first().waitFor()
  expect(new URL(page.url()).search).toBe('')
})

test('columns are hidden, moved and brought back; only those on screen are asked for', async () => {
  await page.goto(address)
  await page.getByRole('gridcell').first().waitFor()
  const asked: string[][] = []
  page.on('request', (request) => {
    const columns = new URL(request.url()).searchParams.get('columns')
    if (request.url().includes('/results?') && columns !== null) asked.push(JSON.parse(columns) as string[])
  })
  await page.getByRole('button', { name: 'Columns 8' }).click()
  const chooser = page.getByRole('dialog', { name: 'Columns to show' })
  await chooser.getByRole('checkbox', { name: /ad_product_type/ }).uncheck()
  await chooser.getByRole('button', { name: 'Move campaign to the left' }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Columns 7 of 8' }).waitFor()
  await expect.poll(() => asked.at(-1)?.slice(0, 3)).toEqual(['advertiser', 'campaign', 'campaign_id_string'])
  expect(asked.every((columns) => !columns.includes('ad_product_type'))).toBe(true)
  expect(await page.getByRole('grid').getAttribute('aria-colcount')).toBe('8')
  await page.reload()
  await header('campaign').waitFor()
  expect(await header('campaign').getAttribute('aria-colindex')).toBe('3')
  await page.getByRole('button', { name: 'Columns 7 of 8' }).click()
  await page.getByRole('button', { name: 'Show all' }).click()
  await page.keyboard.press('Escape')
  await expect.poll(() => page.getByRole('grid').getAttribute('aria-colcount')).toBe('9')
})

test('columns stay in view and get widths of their own, by menu and by pointer; the address and the browser keep both', async () => {
  await page.goto(address)
  await header('campaign').waitFor()
  const edge = async (name: string) => (await header(name).boundingBox()) ?? { x: 0, y: 0, width: 0 }
  const usual = (await edge('impressions')).width
  const menu = await openMenu('impressions')
  await menu.getByRole('button', { name: 'Wider' }).click()
  await menu.getByRole('button', { name: 'Wider' }).click()
  await expect.poll(async () => (await edge('impressions')).width).toBe(usual + 64)
  await menu.getByRole('button', { name: 'Keep in view' }).click()
  await expect.poll(() => header('impressions').getAttribute('aria-colindex')).toBe('2')
  expect(new URL(page.url()).searchParams.get('pin')).toBe('["impressions"]')

  await menu.waitFor({ state: 'hidden' })
  await page.getByRole('grid').evaluate((grid) => grid.scrollTo({ left: 0 }))
  await expect.poll(async () => (await edge('advertiser')).x).toBeGreaterThan((await edge('impressions')).x)
  const { x, y, width } = await edge('advertiser')
  await page.mouse.move(x + width - 3, y + 10)
  await page.mouse.down()
  await page.mouse.move(x + width + 57, y + 10)
  await page.mouse.up()
  await expect.poll(async () => (await edge('advertiser')).width).toBe(width + 60)

  const before = (await edge('impressions')).x
  await page.getByRole('grid').focus()
  await page.keyboard.press('End')
  await expect.poll(() => page.getByRole('grid').evaluate((grid) => grid.scrollLeft)).toBeGreaterThan(100)
  expect((await edge('impressions')).x).toBe(before)
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowRight')
  await expect.poll(async () => (await edge('advertiser')).x).toBeGreaterThan(before)
  expect(await accessibilityFaults(page)).toEqual([])

  await page.reload()
  await header('impressions').waitFor()
  expect(await header('impressions').getAttribute('aria-colindex')).toBe('2')
  expect((await edge('advertiser')).width).toBe(width + 60)
  const again = await openMenu('impressions')
  await again.getByRole('button', { name: 'Usual width' }).click()
  await again.getByRole('button', { name: 'Let it scroll' }).click()
  await expect.poll(() => header('advertiser').getAttribute('aria-colindex')).toBe('2')
  expect((await edge('impressions')).width).toBe(usual)
})

test('money is shown in whole units where the query and the catalogue leave no doubt; sent, copied and compared is what AMC gave', async () => {
  const ana = await signInAt(stage.url, 'ana')
  const instance = await instanceNamed(ana, 'Tidewater Kitchen')
  const query = await saveQuery(
    ana,
    'Costs',
    'SELECT campaign, SUM(total_cost) AS cost, SUM(total_cost) / SUM(impressions) AS each FROM dsp_impressions GROUP BY campaign',
  )
  const { id } = await endOf(ana, await startRun(ana, query, { instanceId: instance.id, values: {} }))
  await page.goto(`${stage.url}/executions/${id}`)
  await page.getByRole('columnheader', { name: / cost money / }).waitFor()
  expect(await page.getByRole('columnheader', { name: / each / }).innerText()).not.toContain('money')
  const cell = page.locator('[role=gridcell][aria-colindex="3"] span').first()
  await expect.poll(() => cell.getAttribute('title')).toMatch(/^\d+(\.\d+)? millicents$/)
  const [sent = ''] = (await cell.getAttribute('title'))?.split(' ') ?? []
  const amount = (Number(sent) / 100_000).toLocaleString('en-US', {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  })
  expect(await cell.innerText()).toBe(amount)
  await cell.click()
  await page.keyboard.press('Control+c')
  await page.getByText('Copied 1 cell; amounts as AMC sent them, in millicents').waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(sent)
  const menu = await openMenu('cost')
  await menu.getByText('Compared as sent, in millicents.').waitFor()
  await menu.getByRole('button', { name: 'Show in millicents, as sent' }).click()
  await expect.poll(() => cell.getAttribute('title')).toBe(sent)
})

test('a range of cells is copied as a table; a column tells what its values are; axe finds nothing in the open menus', async () => {
  await page.goto(address)
  await page.getByRole('gridcell').filter({ hasText: /\S/ }).first().waitFor()
  const [names, products] = [await cellsOf('advertiser'), await cellsOf('ad_product_type')]
  await page.getByRole('gridcell').first().click()
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Shift+ArrowDown')
  expect(await page.locator('[role=gridcell][aria-selected=true]').count()).toBe(4)
  await page.keyboard.press('Control+c')
  await page.getByText('Copied 4 cells').waitFor()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toBe(`${names[0]}\t${products[0]}\n${names[1]}\t${products[1]}`)

  const sum = (await allNumbers()).reduce((total, each) => total + each, 0)
  const menu = await openMenu('impressions')
  await menu.getByRole('button', { name: 'Statistics' }).click()
  const statistics = menu.getByRole('region', { name: 'Statistics of impressions' })
  await statistics.waitFor()
  expect(await statistics.innerText()).toContain(sum.toLocaleString('en-US'))
  await statistics.getByRole('img', { name: 'Distribution in 20 steps' }).waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Columns 8' }).click()
  await page.getByRole('dialog').waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  await page.keyboard.press('Escape')
})

test.each([768, 360])('the result, its menus and its export are usable at %i pixels', async (width) => {
  await page.setViewportSize({ width, height: 780 })
  await page.goto(address)
  await page.getByRole('gridcell').first().waitFor()
  const menu = await openMenu('advertiser')
  await menu.getByRole('textbox', { name: 'Value' }).fill('fernhill')
  await menu.getByRole('button', { name: 'Apply' }).click()
  await page.getByText(/of 30 rows match/).waitFor()
  await page.getByRole('button', { name: /^Download all 30 rows/ }).click()
  const box = await page.getByRole('dialog', { name: 'Download the whole result' }).boundingBox()
  expect(box?.x).toBeGreaterThanOrEqual(0)
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width)
  expect(await accessibilityFaults(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  await page.keyboard.press('Escape')
  await page.setViewportSize({ width: 1440, height: 900 })
})

test('the whole result is downloaded as a file, a format that cannot hold it is not offered, and a failure is told', async () => {
  await page.goto(address)
  await page.getByRole('button', { name: 'Download all 30 rows' }).click()
  const dialog = page.getByRole('dialog', { name: 'Download the whole result' })
  await dialog.getByRole('button', { name: 'Make the file' }).click()
  const download = page.waitForEvent('download')
  await dialog.getByRole('button', { name: /^Download Campaign-inventory.*\.csv$/ }).click()
  const file = await download
  expect(file.suggestedFilename()).toMatch(/^Campaign-inventory-.*\.csv$/)
  const lines = (await readFile(await file.path(), 'utf8')).trimEnd().split('\n')
  expect(lines).toHaveLength(31)
  await page.keyboard.press('Escape')

  await page.route(/\/api\/executions\/[0-9a-f-]{36}$/, async (route) => {
    const answer = await route.fetch()
    await route.fulfill({ response: answer, json: { ...(await answer.json()), rowCount: 1_048_576 } })
  })
  await page.reload()
  await page.getByRole('button', { name: 'Download all 1,048,576 rows' }).click()
  await dialog.getByText('A sheet holds 1,048,575 rows and this result has 1,048,576.').waitFor()
  expect(await dialog.getByRole('radio', { name: /Excel/ }).isDisabled()).toBe(true)
  await page.unroute(/\/api\/executions\/[0-9a-f-]{36}$/)

  const id = /[0-9a-f-]{36}$/.exec(new URL(address).pathname)?.[0] ?? ''
  await rm(join(stage.dataDir, 'results', `${id}.parquet`))
  await page.goto(address)
  await page
    .getByRole('alert')
    .getByText(/run the query again/)
    .waitFor()
  await page.getByRole('button', { name: 'Download all 30 rows' }).click()
  await dialog.getByRole('radio', { name: 'NDJSON' }).check()
  await dialog.getByRole('button', { name: 'Make the file' }).click()
  await dialog.getByText(/^Not made: .*run the query again/).waitFor()
})

/** Every value of `impressions`, by way of the server. */
async function allNumbers(): Promise<number[]> {
  const answer = page.waitForResponse((response) => response.url().includes('/results?'))
  await page.reload()
  await page.getByRole('gridcell').first().waitFor()
  const { columns, rows } = (await (await answer).json()) as { columns: { name: string }[]; rows: string[][] }
  const at = columns.findIndex(({ name }) => name === 'impressions')
  return rows.map((cells) => Number(cells[at]))
}

function isAscending(texts: readonly string[]): boolean {
  const values = texts.map((text) => Number(text.replaceAll(',', '')))
  return values.length > 3 && values.every((value, at) => at === 0 || value >= (values[at - 1] ?? 0))
}

function isBetween(value: number, least: number, most: number): boolean {
  return value >= least && value <= most
}
