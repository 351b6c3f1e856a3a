import { readFile } from 'node:fs/promises'
import { createWorkflowFromTemplate, type Execution, TemplateId } from '@recomamp/contracts'
import type { Person } from '@recomamp/testkit'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endOf, instanceNamed, startRun } from './runs-by-hand.ts'
import { accessibilityFaults, openStage, signIn, type Stage, tellEmulator } from './stage.ts'

/** The results of analyses as the charts that they come with. */
let stage: Stage
let page: Page
let ana: Person
const runs = new Map<string, Execution>()

/** An analysis for each kind of chart, and what its picture is called. */
const analyses = {
  'event-by-day': 'Line',
  'ad-product-breakdown': 'Bars',
  'campaign-costs': 'Stacked bars',
  'cart-abandonment': 'Funnel',
  'path-by-ad-product': 'Flow',
  'media-mix': 'Overlap',
  'campaign-pairs': 'Heatmap',
  'diminishing-returns': 'Scatter',
  'frequency-all-channels': 'Histogram',
}

beforeAll(async () => {
  stage = await openStage({ EXECUTION_POLL_INTERVAL_SECONDS: '1' })
  page = await stage.newPage()
  ana = await signIn(page, stage.url)
  await tellEmulator(stage.url, 'PUT', 'settings', { pendingMs: 20 })
  const { id: instanceId } = await instanceNamed(ana, 'Tidewater Kitchen')
  const window = { start: '2026-10-01T00:00:00', end: '2026-10-29T00:00:00', timeZone: 'UTC' } as Execution['window']
  for (const name of Object.keys(analyses)) {
    const params = { templateId: TemplateId.parse(name) }
    const query = await ana.call(createWorkflowFromTemplate, { params, body: { instanceId } })
    runs.set(name, await startRun(ana, query, { instanceId, values: {}, window }))
  }
  for (const [name, run] of runs) runs.set(name, await endOf(ana, run))
})
afterAll(() => stage[Symbol.asyncDispose]())

const addressOf = (name: keyof typeof analyses) => `${stage.url}/executions/${runs.get(name)?.id}`
const chart = () => page.getByRole('region', { name: 'Chart', exact: true })
const picture = () => chart().getByRole('img')

/** The share of the picture that is not its ground; what is drawn little by little lies on layers of its own. */
async function drawnShare(): Promise<number> {
  const shares = await picture()
    .locator('canvas')
    .evaluateAll((layers) =>
      layers.map((layer) => {
        const canvas = layer as HTMLCanvasElement
        const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] }
        let drawn = 0
        for (let at = 3; at < data.length; at += 4) if ((data[at] ?? 0) > 0) drawn += 1
        return drawn / (data.length / 4)
      }),
    )
  return Math.max(0, ...shares)
}

test.each(Object.entries(analyses))(
  'the result of %s is drawn as %s, and says in words what is to be seen',
  async (name, kind) => {
    expect(runs.get(name)).toMatchObject({ status: 'completed' })
    await page.goto(`${addressOf(name as keyof typeof analyses)}?view=chart`)
    await picture().waitFor()
    expect(await picture().getAttribute('aria-label')).toMatch(
      new RegExp(`^${kind}: .+, \\d+ points?\\. The largest value is `),
    )
    await expect.poll(drawnShare).toBeGreaterThan(0.001)
  },
)

test('a chart is fetched only where one is drawn; it is saved as PNG and SVG, read as a table, and kept with its query', async () => {
  const code: string[] = []
  page.on('request', (request) => {
    if (/chart-(pane|canvas)[^/]*\.js$/.test(request.url())) code.push(request.url())
  })
  await page.goto('about:blank')
  await page.goto(`${addressOf('ad-product-breakdown')}?view=grid`)
  await page.getByRole('gridcell').first().waitFor()
  expect(code).toEqual([])
  await page.getByRole('radio', { name: 'Chart', exact: true }).click()
  await picture().waitFor()
  expect(code).toHaveLength(2)

  const png = await saved('PNG')
  expect(png.name).toMatch(/^Ad-product-breakdown-.*\.png$/)
  expect(png.bytes.subarray(1, 4).toString()).toBe('PNG')
  const box = await picture().boundingBox()
  expect(png.bytes.readUInt32BE(16)).toBe(Math.round(box?.width ?? 0) * 2)
  const svg = await saved('SVG')
  expect(svg.name).toMatch(/\.svg$/)
  const text = svg.bytes.toString()
  expect(text).toMatch(/^<svg[^>]* xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
  expect(text).toContain('sponsored_products')
  const faults = await page.evaluate(
    (file) => new DOMParser().parseFromString(file, 'image/svg+xml').querySelectorAll('parsererror').length,
    text,
  )
  expect(faults).toBe(0)
  expect(text).not.toMatch(/<script|href="http/)

  await chart().getByRole('button', { name: 'As table' }).click()
  const cells = await chart().getByRole('table').getByRole('cell').allInnerTexts()
  expect(cells).toContain('sponsored_products')
  expect(await picture().count()).toBe(0)
  await chart().getByRole('button', { name: 'As chart' }).click()

  await chart().getByRole('button', { name: 'Set up' }).click()
  await page.getByRole('dialog', { name: 'What the chart shows' }).waitFor()
  expect(await accessibilityFaults(page)).toEqual([])
  await page.keyboard.press('Escape')
  await chart().getByRole('button', { name: /Kind$/ }).click()
  const kept = page.waitForResponse(
    (response) => response.request().method() === 'PUT' && response.url().endsWith('/chart'),
  )
  await page.getByRole('option', { name: 'Funnel' }).click()
  await expect.poll(() => picture().getAttribute('aria-label')).toMatch(/^Funnel: /)
  expect((await kept).ok()).toBe(true)
  // Of itself the page shows the chart of its query beside the rows.
  await page.goto(addressOf('ad-product-breakdown'))
  await expect.poll(() => picture().getAttribute('aria-label')).toMatch(/^Funnel: /)
  await page.getByRole('gridcell').first().waitFor()
})

async function saved(kind: 'PNG' | 'SVG'): Promise<{ name: string; bytes: Buffer }> {
  await chart().getByRole('button', { name: 'Save as' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('dialog', { name: 'Save as' }).getByRole('button', { name: kind }).click()
  const file = await download
  await page.keyboard.press('Escape')
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) }
}
