import { readFile } from 'node:fs/promises'
import type { ErrorReport, Execution, Instance, Workflow } from '@recomamp/contracts'
import type { Person } from '@recomamp/testkit'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endOf, instanceNamed, saveQuery, startRun } from './runs-by-hand.ts'
import { openStage, signIn, type Stage, tellEmulator } from './stage.ts'

/** The list of executions, the page of one, two side by side, and the report of one that failed. */
let stage: Stage
let page: Page
let ana: Person
let kitchen: Instance
let query: Workflow
/** A week, two weeks with blanked values, and one on an instance that lacks the table. */
let week: Execution
let fortnight: Execution
let refused: Execution

const sql =
  'SELECT campaign, SUM(impressions) AS impressions\nFROM dsp_impressions\nWHERE campaign LIKE {{name_like}}\nGROUP BY campaign'

beforeAll(async () => {
  stage = await openStage({ EXECUTION_POLL_INTERVAL_SECONDS: '1' })
  page = await stage.newPage()
  ana = await signIn(page, stage.url)
  await tellEmulator(stage.url, 'PUT', 'settings', { pendingMs: 20 })
  kitchen = await instanceNamed(ana, 'Tidewater Kitchen')
  const lacking = await instanceNamed(ana, 'Tidewater Outdoor Living')
  query = await saveQuery(ana, 'Impressions by campaign', sql, [
    { name: 'name_like', type: 'STRING', list: false, whenEmpty: 'error' },
  ])
  const values = { name_like: '%' }
  const window = { start: '2026-10-01T00:00:00', end: '2026-10-15T00:00:00', timeZone: 'UTC' } as Execution['window']
  week = await endOf(ana, await startRun(ana, query, { instanceId: kitchen.id, values }))
  fortnight = await endOf(
    ana,
    await startRun(ana, query, { instanceId: kitchen.id, values, window, privacyFilteringBehavior: 'REMOVE_VALUES' }),
  )
  refused = await endOf(ana, await startRun(ana, query, { instanceId: lacking.id, values }))
})
afterAll(() => stage[Symbol.asyncDispose]())

const grid = () => page.getByRole('grid', { name: 'Executions' })
const rows = () =>
  grid()
    .getByRole('row')
    .filter({ hasNot: page.getByRole('columnheader') })
const state = (name: RegExp) => page.getByRole('radiogroup', { name: 'State' }).getByRole('radio', { name })

test('the list counts and filters, keeps both in its address, and follows a run that goes on without being asked', async () => {
  await page.goto(`${stage.url}/executions`)
  await expect.poll(() => rows().count()).toBe(3)
  await page.getByText('3 in this workspace').waitFor()
  await state(/^Succeeded\s*2$/).waitFor()
  await state(/^Failed or rejected\s*1$/).click()
  await expect.poll(() => rows().count()).toBe(1)
  expect(await rows().first().innerText()).toMatch(/Rejected[^]*Tidewater Outdoor Living[^]*A table is not there/)
  expect(new URL(page.url()).searchParams.get('status')).toBe('failed')
  await page.getByRole('button', { name: 'any Instance' }).click()
  await page.getByRole('option', { name: 'Tidewater Kitchen' }).click()
  await page.getByText('No execution matches this filter.').waitFor()
  await page.reload()
  await page.getByText('No execution matches this filter.').waitFor()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect.poll(() => rows().count()).toBe(3)
  await page.getByRole('textbox', { name: 'Find' }).fill(week.id)
  await expect.poll(() => rows().count()).toBe(1)
  await page.getByRole('textbox', { name: 'Find' }).fill('')
  await expect.poll(() => rows().count()).toBe(3)

  await tellEmulator(stage.url, 'PUT', 'settings', { pendingMs: 60_000 })
  const going = await startRun(ana, query, { instanceId: kitchen.id, values: { name_like: 'Fernhill%' } })
  await rows().first().getByText('Pending').waitFor()
  await state(/^Live\s*1$/).waitFor()
  const took = async () => (await rows().first().getByRole('gridcell').nth(7).innerText()).trim()
  const before = await took()
  await expect.poll(took).not.toBe(before)
  await page.getByText(/1 is open\./).waitFor()

  await rows().first().getByRole('link', { name: 'Impressions by campaign' }).click()
  await page.getByRole('list', { name: 'Phases with their times' }).getByText('Submitted').waitFor()
  await page.getByRole('button', { name: 'Cancel run' }).click()
  await page
    .getByRole('status')
    .filter({ hasText: /^Cancelled/ })
    .waitFor()
  expect(new URL(page.url()).pathname).toBe(`/executions/${going.id}`)
  await page.goBack()
  await state(/^Cancelled\s*1$/).waitFor()
  await tellEmulator(stage.url, 'PUT', 'settings', { pendingMs: 20 })
})

test('an execution tells its phases, what was sent and where it comes from, and runs again as it was or with other values', async () => {
  await page.goto(`${stage.url}/executions/${week.id}`)
  await page.getByRole('gridcell').first().waitFor()
  const phases = page.getByRole('list', { name: 'Phases with their times' })
  expect((await phases.innerText()).replaceAll(/\s+/g, ' ')).toMatch(/Queued here ?\d.*Succeeded ?\d\d:\d\d:\d\d/)
  await page.getByRole('tab', { name: 'SQL as sent' }).click()
  const panel = page.getByRole('tabpanel')
  await panel.getByText("'%'").first().waitFor()
  await page.getByRole('tab', { name: /^Parameters/ }).click()
  expect(await panel.innerText()).toMatch(/name_like\s+STRING\s+%/)
  await page.getByRole('tab', { name: 'Request' }).click()
  const headers = panel.getByRole('region', { name: 'Headers' })
  await headers.waitFor()
  expect(await headers.innerText()).toMatch(/Atza\|•+/)
  expect(JSON.parse(await panel.getByRole('region', { name: 'Body' }).locator('pre').innerText())).toMatchObject({
    workflow: { sqlQuery: week.sqlSent },
  })
  expect(await panel.getByRole('region', { name: 'Where the result comes from' }).innerText()).toContain(
    week.provenance.resultHash,
  )

  await page.getByRole('button', { name: 'Run again' }).click()
  await page.waitForURL((url) => !url.pathname.endsWith(week.id))
  await page
    .getByRole('status')
    .filter({ hasText: `${week.rowCount} rows` })
    .waitFor()
  await page.getByRole('button', { name: 'Edit values…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Run again with other values' })
  await dialog.getByRole('textbox', { name: 'From' }).fill('2026-10-09T00:00:00')
  await dialog.getByRole('textbox', { name: 'To' }).fill('2026-10-08T00:00:00')
  await dialog.getByRole('button', { name: 'Run' }).click()
  await dialog.getByText(/the first before the second/).waitFor()
  await dialog.getByRole('textbox', { name: 'To' }).fill('2026-10-16T00:00:00')
  await dialog.getByRole('textbox', { name: 'name_like' }).fill('Fernhill%')
  await dialog.getByRole('button', { name: 'Run' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await page.getByText('9 to 15 Oct').waitFor()
  await page.getByRole('gridcell').filter({ hasText: 'Fernhill' }).first().waitFor()
  await page.getByRole('tab', { name: 'History' }).click()
  await expect.poll(() => panel.getByRole('row').count()).toBeGreaterThanOrEqual(5)
})

test('two executions are chosen in the list and compared: what was asked differently, then each row by its key', async () => {
  await page.goto(`${stage.url}/executions?q=${fortnight.id}`)
  await expect.poll(() => rows().count()).toBe(1)
  await rows()
    .first()
    .getByRole('button', { name: /^Select/ })
    .click()
  await page.getByRole('textbox', { name: 'Find' }).fill(week.id)
  // Both have as many rows.
  await rows().first().getByText('1 to 14 Oct').waitFor({ state: 'detached' })
  await rows()
    .first()
    .getByRole('button', { name: /^Select/ })
    .click()
  await page.getByText('2 selected').waitFor()
  await page.getByRole('button', { name: 'Compare', exact: true }).click()
  await page.getByRole('heading', { name: 'Two runs of Impressions by campaign' }).waitFor()
  const question = page.getByRole('region', { name: 'What differs in the question' })
  const asked = (await question.innerText()).replaceAll(/\s+/g, ' ')
  expect(asked).toMatch(/Window \S.* UTC 1 to 14 Oct, UTC 7 and 14 days/)
  expect(asked).toContain('Below threshold rows removed values blanked')
  expect(asked).not.toContain('name_like')
  await question.getByRole('button', { name: /^Show the \d that are the same/ }).click()
  await question.getByText('name_like').waitFor()

  const answer = page.getByRole('region', { name: 'What differs in the answer' })
  await answer.getByText('Match by campaign', { exact: true }).waitFor()
  await answer.getByText('unique in both').waitFor()
  const changes = async () => (await answer.getByText(/^[+−][\d,.]+ %$/).allInnerTexts()).map(numberOf)
  await expect.poll(async () => (await changes()).length).toBeGreaterThan(3)
  await answer.getByRole('button', { name: 'Order by the change of impressions' }).click()
  await expect.poll(async () => isFalling((await changes()).map(Math.abs))).toBe(true)
  const counts = await countsIn(answer)
  expect(counts['Changed'] + counts['Same'] + counts['Removed']).toBe(week.rowCount)
  expect(counts['Changed'] + counts['Same'] + counts['Added']).toBe(fortnight.rowCount)
  await answer.getByRole('radio', { name: /^Added/ }).click()
  await expect.poll(() => new URL(page.url()).searchParams.get('kind')).toBe('added')
  await page.getByRole('button', { name: 'Swap' }).click()
  await expect.poll(async () => (await countsIn(answer))['Removed']).toBe(counts['Added'])
})

const numberOf = (text: string) => Number(text.replace('−', '-').replaceAll(/[+,% ]/g, ''))
const isFalling = (values: readonly number[]) =>
  values.length > 3 && values.every((value, at) => at === 0 || value <= (values[at - 1] ?? 0))

/** Rows by what became of them, as the choice between them says. */
async function countsIn(answer: Locator): Promise<Record<'Changed' | 'Added' | 'Removed' | 'Same', number>> {
  const texts = await answer.getByRole('radio').allInnerTexts()
  const counts = Object.fromEntries(
    texts.map((text) => {
      const [, kind = '', count] = /([A-Z][a-z]+)\s*(\d+)/.exec(text) ?? []
      return [kind, Number(count)]
    }),
  )
  return counts as Awaited<ReturnType<typeof countsIn>>
}

test('S-091 S-095: each execution that failed opens a report on the whole screen, whose sections are copied without the permission to', async () => {
  await page.addInitScript(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('denied', 'NotAllowedError'))
    const copied: string[] = []
    Object.assign(window, { copied })
    document.addEventListener('copy', (event) => copied.push((event.target as HTMLTextAreaElement).value))
  })
  const copied = async () =>
    (await page.evaluate(() => (window as unknown as { copied: string[] }).copied)).at(-1) ?? ''
  await page.goto(`${stage.url}/executions/${refused.id}`)
  await page.getByRole('link', { name: 'Full report' }).click()
  const report = page.getByRole('dialog', { name: 'Error report' })
  await report.getByRole('heading', { name: 'A table is not there' }).waitFor()
  expect(await report.boundingBox()).toEqual({ x: 0, y: 0, width: 1440, height: 900 })

  for (const title of ['What happened', 'Why', 'Where', 'What to do', 'Request', 'AMC’s own words']) {
    const section = report.getByRole('region', { name: title, exact: true })
    await section.getByRole('button', { name: `Copy: ${title}` }).click()
    await section.getByText('Copied').waitFor({ state: 'attached' })
    const shown = (await section.innerText()).replaceAll(/\s+/g, '')
    for (const line of (await copied()).split('\n')) {
      const words = line.split(/: (?=\S)/)
      expect(
        words.every((word) => shown.includes(word.replaceAll(/\s+/g, ''))),
        `${title}: ${line}`,
      ).toBe(true)
    }
  }
  await report.getByRole('button', { name: 'Copy all' }).click()
  await expect.poll(copied).toMatch(/A table is not there[^]*dsp_impressions[^]*Object 'dsp_impressions' not found/)
  await report.getByRole('button', { name: 'Copy link' }).click()
  await expect.poll(copied).toBe(page.url())
  const link = await copied()

  // Whoever else opens the link is led through the sign-in to the same place.
  const other = await stage.newPage()
  await other.goto(link)
  await other.getByRole('button', { name: 'Open the local sandbox' }).click()
  await other
    .getByRole('dialog', { name: 'Error report' })
    .getByRole('heading', { name: 'A table is not there' })
    .waitFor()
  await other.context().close()

  await page.keyboard.press('Escape')
  await page.waitForURL(`${stage.url}/executions/${refused.id}`)

  for (const fault of [
    { status: 403, title: 'The access was denied' },
    { status: 400, details: 'Nobody ever heard of ColumnResolver#42', title: 'Amazon refused the request' },
  ]) {
    const { title, ...rest } = fault
    await tellEmulator(stage.url, 'POST', 'faults', { operation: 'createWorkflowExecution', times: 1, ...rest })
    const failed = await endOf(ana, await startRun(ana, query, { instanceId: kitchen.id, values: { name_like: '%' } }))
    await page.goto(`${stage.url}/executions/${failed.id}`)
    await page.getByRole('link', { name: 'Full report' }).click()
    await report.getByRole('heading', { name: title }).waitFor()
  }
  await page.goto(`${stage.url}/executions/${week.id}/error`)
  await page.getByText('This execution has not failed.').waitFor()
})

test('S-093 S-094: the report shows AMC’s answer untouched and the SQL with the failing place in both texts; as a file it holds no secret', async () => {
  await page.goto(`${stage.url}/executions/${refused.id}/error`)
  const report = page.getByRole('dialog', { name: 'Error report' })
  await report.getByRole('tab', { name: 'Raw answer' }).click()
  await report.getByText('As received', { exact: true }).click()
  const raw = report
    .getByLabel('AMC’s word about the end', { exact: true })
    .locator('pre')
    .or(report.locator('pre[aria-label="AMC’s word about the end"]'))
  const body = (await raw.first().innerText()).split('\n').at(-1) ?? ''
  expect(body).toContain(`"workflowExecutionId":"${refused.amcExecutionId}"`)
  expect(JSON.stringify(JSON.parse(body))).toContain(refused.failure?.amcMessage)

  await report.getByRole('tab', { name: 'SQL', exact: true }).click()
  const text = (name: string) => report.getByRole('tabpanel').getByRole('region', { name })
  const sent = text('As sent')
  await sent.waitFor()
  expect(await sent.locator('li[aria-current=location]').innerText()).toContain('FROM dsp_impressions')
  expect(await sent.locator('.fault-place').innerText()).toBe('dsp_impressions')
  expect(await sent.locator('.filled').allInnerTexts()).toEqual(["'%'"])
  expect(await sent.innerText()).toContain('A table is not there')
  await report.getByText('Your query', { exact: true }).click()
  const template = text('Your query')
  await template.waitFor()
  expect(await template.locator('.fault-place').innerText()).toBe('dsp_impressions')
  expect(await template.innerText()).toContain('{{name_like}}')

  await report.getByRole('tab', { name: 'Structured' }).click()
  const download = page.waitForEvent('download')
  await report.getByRole('button', { name: 'Report as JSON' }).click()
  const file = await download
  expect(file.suggestedFilename()).toBe(`error-${refused.id}.json`)
  const written = await readFile(await file.path(), 'utf8')
  expect(written).not.toMatch(/Atz[ar]\|(?!•)|Bearer (?!Atza\|•)/)
  const saved = JSON.parse(written) as ErrorReport
  expect(saved).toMatchObject({
    title: 'A table is not there',
    amcMessage: refused.failure?.amcMessage,
    execution: { id: refused.id, sqlSent: refused.sqlSent, values: { name_like: '%' }, window: refused.window },
  })
  expect(saved.request.answers.map(({ about }) => about)).toContain('ended')

  // The place in the query leads to it.
  await report.getByRole('link', { name: 'line 2, column 6 to 20' }).click()
  await page.getByRole('textbox', { name: 'Query in AMC SQL' }).waitFor()
  expect(new URL(page.url()).pathname).toBe(`/workbench/${query.id}`)
})
