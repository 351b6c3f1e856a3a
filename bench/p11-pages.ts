import { setTimeout as pause } from 'node:timers/promises'
import type { Person } from '@recomamp/testkit'
import { type Browser, chromium, type Page } from 'playwright-core'
import { ensureChromium } from '../scripts/chromium.ts'
import { atMost, type Figure, median, told } from './figure.ts'
import { keyWork, watchKeys } from './main-thread.ts'
import { percentile } from './timing.ts'

const viewport = { width: 1440, height: 900 }
/** The search of a page. */
const search = '[data-page-search] input, input[data-page-search]'
const openings = 7
const betweenKeysMs = 60
/** Longer than any of the searches waits before it writes the text into the address. */
const afterTextMs = 400
/** By then a page has asked for all that it asks for by itself. */
const settledMs = 1000

interface Asked {
  url: string
  ana: Person
  instance: string
  /** The table with 5,000 fields, and one of the catalogue to compare it with. */
  upload: string
  usual: string
  /** What is typed into each search. */
  texts: readonly string[]
}

interface Shown {
  link: string
  /** What stands on the page once it shows its content. */
  ready: string
}

/** P11: the list of data sources, the page of the upload and the palette in Chromium, against a usual table and a plain text field. */
export async function measurePages({ url, ana, instance, upload, usual, texts }: Asked): Promise<Figure[]> {
  const browser = await chromium.launch({ executablePath: ensureChromium() })
  try {
    const context = await browser.newContext({ viewport })
    await context.addCookies([...ana.cookies].map(([name, value]) => ({ name, value, url })))
    await context.addInitScript(`localStorage.setItem('recomamp.instance', ${JSON.stringify(instance)})`)
    const at = async (path: string) => {
      const page = await context.newPage()
      await page.goto(`${url}${path}`)
      await page.getByRole('navigation').first().waitFor()
      return page
    }
    const list: Shown = { link: 'a[href="/data-sources"]', ready: `[role=grid] [role=row][aria-selected]` }
    const detail = (name: string): Shown => ({ link: `a[href="/data-sources/${name}"]`, ready: `[data-field]` })
    const opened = async (path: string, shown: Shown, count = openings) => {
      const spent: number[] = []
      for (let round = 0; round < count; round += 1) {
        const page = await at(path)
        spent.push(await opening(page, shown))
        await page.close()
      }
      return spent
    }
    const lists = await opened('/instances', list)
    const details = await opened(`/data-sources?q=${upload}&open=${upload}`, detail(upload))
    const usuals = await opened(`/data-sources?q=${usual}&open=${usual}`, detail(usual))
    const plain = await typed(browser, await plainPage(browser), 'input', texts)
    const inList = await typed(browser, await at('/data-sources'), search, texts)
    const inDetail = await typed(browser, await at(`/data-sources/${upload}`), search, texts)
    const inPalette = await typed(browser, await withPalette(await at('/instances')), '[role=combobox]', texts)
    const keys = (what: string, work: readonly number[]) => [
      atMost(
        'P11',
        `a key in the search of ${what}, main-thread work to the frame, p95`,
        percentile(work, 0.95),
        16,
        ' ms',
      ),
      told('P11', `the same, the most`, Math.max(...work), ' ms'),
    ]
    return [
      atMost('P11', `the list, from the click to painted rows, slowest of ${openings}`, Math.max(...lists), 200, ' ms'),
      told('P11', 'the same, median', median(lists), ' ms'),
      atMost('P11', `the page of the upload, likewise, slowest of ${openings}`, Math.max(...details), 200, ' ms'),
      told('P11', 'the same, median', median(details), ' ms'),
      told('P11', `the page of ${usual}, likewise, median`, median(usuals), ' ms'),
      ...keys('the list', inList),
      ...keys("the upload's fields", inDetail),
      ...keys('the palette', inPalette),
      told(
        'P11',
        `a key in a page with nothing but a text field, p95 of ${plain.length}`,
        percentile(plain, 0.95),
        ' ms',
      ),
    ]
  } finally {
    await browser.close()
  }
}

/** Milliseconds from the click on a link, on which the pointer rests as it does before a click, to the frame in which what it leads to is painted. */
async function opening(page: Page, { link, ready }: Shown): Promise<number> {
  await page.locator(link).first().hover()
  await pause(settledMs)
  return page.evaluate<number>(`new Promise((resolve) => {
    const began = performance.now()
    const look = () => {
      if (document.querySelector(${JSON.stringify(ready)}) === null) requestAnimationFrame(look)
      // This frame holds it; the task after it comes when the frame is done.
      else requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)))
    }
    document.querySelector(${JSON.stringify(link)}).click()
    requestAnimationFrame(look)
  })`)
}

async function plainPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport })
  await page.setContent('<!doctype html><body><input></body>')
  return page
}

async function withPalette(page: Page): Promise<Page> {
  await page.keyboard.press('Control+K')
  return page
}

/** The work of each key of the texts, typed one after the other into a field that is emptied between them. */
async function typed(browser: Browser, page: Page, selector: string, texts: readonly string[]): Promise<number[]> {
  const field = page.locator(selector).first()
  await field.waitFor()
  await pause(settledMs)
  await field.focus()
  // As it is for everyone but for the first key of a day: what is compiled once is there.
  await type(page, 'id')
  await field.fill('')
  await pause(1500)
  await watchKeys(page)
  const work = await keyWork(browser, page, async () => {
    for (const text of texts) {
      await type(page, text)
      await field.fill('')
      await pause(afterTextMs)
    }
  })
  await page.close()
  return work.map(({ toFrame }) => toFrame)
}

/** Each key at its time, or as soon as the page has taken the one before. */
async function type(page: Page, text: string): Promise<void> {
  for (const key of text) {
    const due = pause(betweenKeysMs)
    await page.keyboard.press(key)
    await due
  }
  await pause(afterTextMs)
}
