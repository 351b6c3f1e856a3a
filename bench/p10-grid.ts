import { type Browser, chromium, type Page } from 'playwright-core'
import { buildWeb } from '../scripts/build-web.ts'
import { ensureChromium } from '../scripts/chromium.ts'
import { atMost, type Figure, told } from './figure.ts'
import { largeRows } from './large-csv.ts'
import { type LargeResults, withLargeResults } from './large-result.ts'
import { percentile } from './timing.ts'

const frames = 300
/** Pixels a frame: as a wheel turns, and as a scroll bar is dragged through all of it. */
const speeds = { 'scrolled at 60 px a frame': 60, 'dragged through the whole': 50_000 }
const viewport = { width: 1440, height: 900 }

interface Scrolled {
  frameMs: number[]
  mostRows: number
}

/** P10: frames while the grid of 1,000,000 rows is scrolled, against a page of plain elements in the same browser. */
export async function measureGrid(): Promise<Figure[]> {
  await buildWeb()
  const browser = await chromium.launch({ executablePath: ensureChromium() })
  try {
    return await withLargeResults(async (large) => {
      const plain = await plainPage(browser)
      const grid = await gridPage(browser, large)
      const figures: Figure[] = []
      let mostRows = 0
      for (const [words, step] of Object.entries(speeds)) {
        const of = { plain: await scroll(plain, '#plain', step), grid: await scroll(grid, '[role=grid]', step) }
        const [usual, ours] = [percentile(of.plain.frameMs, 0.95), percentile(of.grid.frameMs, 0.95)]
        mostRows = Math.max(mostRows, of.grid.mostRows)
        figures.push(
          atMost('P10', `grid ${words}, p95 frame of ${frames}`, ours, Math.round(Math.max(20, 1.5 * usual)), ' ms'),
          told('P10', 'the same in a page of plain elements', usual, ' ms'),
        )
      }
      return [...figures, atMost('P10', `rows in the DOM of ${largeRows}`, mostRows, 80, '')]
    })
  } finally {
    await browser.close()
  }
}

async function gridPage(browser: Browser, { url, ana, run }: LargeResults): Promise<Page> {
  const { executionId } = await run()
  const context = await browser.newContext({ viewport })
  await context.addCookies([...ana.cookies].map(([name, value]) => ({ name, value, url })))
  const page = await context.newPage()
  await page.goto(`${url}/executions/${executionId}`)
  await page.getByRole('gridcell').first().waitFor()
  return page
}

/** As many cells as the grid shows, many times over, and nothing that draws them anew. */
async function plainPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport })
  const row = `<div style="height:28px;white-space:nowrap">${'<span style="display:inline-block;width:160px">value 123</span>'.repeat(8)}</div>`
  await page.setContent(`<div id="plain" style="height:560px;overflow:auto">${row.repeat(2000)}</div>`)
  return page
}

/** Scrolls by a step in each frame, down and at the end up again, and notes how long each frame took. */
async function scroll(page: Page, selector: string, step: number): Promise<Scrolled> {
  await page.bringToFront()
  return page.evaluate<Scrolled>(`new Promise((resolve) => {
    const element = document.querySelector(${JSON.stringify(selector)})
    element.scrollTop = 0
    const frameMs = []
    let [last, mostRows, direction] = [0, 0, 1]
    const next = (now) => {
      if (last > 0) frameMs.push(now - last)
      last = now
      mostRows = Math.max(mostRows, element.querySelectorAll('[role=row]').length)
      const before = element.scrollTop
      element.scrollTop += direction * ${step}
      if (element.scrollTop === before) direction = -direction
      if (frameMs.length < ${frames}) requestAnimationFrame(next)
      else resolve({ frameMs, mostRows })
    }
    requestAnimationFrame(next)
  })`)
}
