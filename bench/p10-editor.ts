import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Browser, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { buildWeb } from '../scripts/build-web.ts'
import { ensureChromium } from '../scripts/chromium.ts'
import { atMost, type Figure, told } from './figure.ts'
import { longQuery } from './long-query.ts'
import { keyWork, watchKeys } from './main-thread.ts'
import { freePort, startUntil, stop } from './processes.ts'
import { percentile } from './timing.ts'

const root = join(import.meta.dirname, '..')
const lines = 1000
/** 120 keys: names, texts, calls and numbers, with brackets and quotes that close themselves. */
const typed =
  " AND COALESCE(p.line_item, 'none') LIKE '%stv%' AND p.impressions > 10 * p.score AND UPPER(p.device_type) <> 'TABLET' "
const warmUp = '    AND p.score >= 0'
const betweenKeysMs = 40
/** Longer than the editor waits before it studies the text, so that what it does in a pause can hold the next key up. */
const betweenWordsMs = 310

/**
 * P10: the work of a key in the middle of a query of 1,000 lines, in the product and in a CodeMirror without a language, in one run. */
export async function measureEditor(): Promise<Figure[]> {
  await buildWeb()
  const browser = await chromium.launch({ executablePath: ensureChromium() })
  const folder = mkdtempSync(join(tmpdir(), 'bench-editor-'))
  const env = { DATA_DIR: folder, PORT: String(await freePort()), EMULATOR_PORT: String(await freePort()) }
  const server = await startUntil('ready ', process.execPath, [join(root, 'apps/server/src/main.ts')], { env })
  try {
    const plain = await typedInto(browser, await plainEditor(browser))
    const product = await typedInto(browser, await workbench(browser, server.line.split(' ')[1] ?? ''))
    const p95 = (of: 'toFrame' | 'heldUp', keys = product) =>
      percentile(
        keys.map((key) => key[of]),
        0.95,
      )
    const heldUp = product.filter((key) => key.heldUp > 1).length
    const longest = Math.max(...product.map((key) => key.heldUp))
    const what = `key to painted frame in ${lines} lines, main-thread work, p95 of ${product.length} keys`
    return [
      atMost('P10', what, p95('toFrame'), 16, ' ms'),
      told(
        'P10',
        'the same, median',
        percentile(
          product.map((key) => key.toFrame),
          0.5,
        ),
        ' ms',
      ),
      told('P10', 'the same in a CodeMirror without a language, p95', p95('toFrame', plain), ' ms'),
      told('P10', 'keys that other work held up for over 1 ms', heldUp, ''),
      told('P10', 'the longest that a key was held up', longest, ' ms'),
    ]
  } finally {
    await browser.close()
    await stop(server.process)
    rmSync(folder, { recursive: true, force: true })
  }
}

async function workbench(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.goto(`${url}/workbench/new`)
  await page.getByRole('button', { name: 'Open the local sandbox' }).click()
  await page.getByRole('heading', { name: 'Start from a question' }).waitFor()
  await page.getByRole('textbox', { name: 'Query in AMC SQL' }).click()
  return page
}

async function plainEditor(browser: Browser): Promise<Page> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      lib: { entry: join(import.meta.dirname, 'plain-editor.ts'), formats: ['iife'], name: 'plain' },
    },
  })
  const [bundle] = Array.isArray(built) ? built : []
  const code = bundle?.output[0].code
  if (code === undefined) throw new Error('the plain editor was not built')
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.setContent('<!doctype html><body></body>')
  await page.addScriptTag({ content: code })
  await page.evaluate('plain.openEditor(document.body)')
  return page
}

/** Puts the query in, the cursor into its middle, and types there. */
async function typedInto(browser: Browser, page: Page) {
  const [before, after] = halves()
  await page.keyboard.insertText(after)
  await page.keyboard.press('Control+Home')
  await page.keyboard.insertText(before)
  await page.keyboard.press('ArrowUp')
  // A first word lets what is loaded or compiled once be there, as it is for everyone but the first key of a day.
  await type(page, warmUp)
  await pause(3000)
  await watchKeys(page)
  const work = await keyWork(browser, page, () => type(page, typed))
  const written = await page.locator('.cm-activeLine').innerText()
  if (written.trim() !== (warmUp + typed).trim()) throw new Error(`the editor has ${JSON.stringify(written)}`)
  await page.close()
  return work
}

function halves(): [string, string] {
  const query = longQuery(lines)
  const middle = query.indexOf('\n  GROUP BY', query.length / 2)
  return [`${query.slice(0, middle)}\n\n`, query.slice(middle + 1)]
}

/** Each key at its time, or as soon as the page has taken the one before: another program that slows the machine makes no queue. */
async function type(page: Page, text: string): Promise<void> {
  for (const key of text) {
    const due = pause(key === ' ' ? betweenWordsMs : betweenKeysMs)
    await page.keyboard.press(key)
    await due
  }
  // The last frame.
  await pause(500)
}
