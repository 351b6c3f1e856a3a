import { readFile, rm } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildPseudo } from './pseudo-build.ts'
import { openStage, signIn, type Stage } from './stage.ts'

/** Every page with the texts of the message files in other letters: what still reads as English and did not come from the API is written in
 *  the code, where no translation reaches it. */
let stage: Stage
let page: Page
let folder: string
/** Every text that the API has answered. */
const answers = new Set<string>()

const types: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

beforeAll(async () => {
  const [built, opened] = await Promise.all([buildPseudo(), openStage()])
  folder = built
  stage = opened
  page = await stage.newPage()
  await page.route(
    (url) => !url.pathname.startsWith('/api/') && url.origin === stage.url,
    async (route) => {
      const { pathname } = new URL(route.request().url())
      const name = extname(pathname) === '' ? '/index.html' : pathname
      const body = await readFile(join(folder, name)).catch(() => null)
      await route.fulfill(
        body === null ? { status: 404 } : { body, contentType: types[extname(name)] ?? 'application/octet-stream' },
      )
    },
  )
  page.on('response', (answer) => {
    if (!answer.url().includes('/api/') || !answer.headers()['content-type']?.includes('json')) return
    void answer.text().then(
      (text) => stringsOf(JSON.parse(text)).forEach((each) => answers.add(each.replaceAll('_', ' '))),
      () => {},
    )
  })
})
afterAll(async () => {
  await stage[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : []
}

/** What is written by Intl, or by a library that brings its own words. */
const otherWords = new RegExp(
  [
    // Behind a day only: May is a word as well.
    ...Array.from({ length: 12 }, (_, month) => new Date(2026, month, 1)).flatMap((day) => [
      `(?<=\\d )${day.toLocaleDateString('en-GB', { month: 'long' })}`,
      `(?<=\\d )${day.toLocaleDateString('en-GB', { month: 'short' })}`,
      `(?<=\\d )${day.toLocaleDateString('en-US', { month: 'short' })}`,
    ]),
    ...Array.from({ length: 7 }, (_, day) => new Date(2026, 5, day + 1)).flatMap((day) => [
      day.toLocaleDateString('en-GB', { weekday: 'long' }),
      day.toLocaleDateString('en-GB', { weekday: 'short' }),
    ]),
    'UTC',
    'GMT',
    // Keys are called so on the keyboard, zones in the database of zones, and the mark of a date is DAY.
    'Ctrl',
    'Alt',
    'Esc',
    'Shift',
    'Enter',
    'DAY',
    // SQL's own word for no value.
    'null',
    '(Africa|America|Asia|Australia|Europe|Pacific)/[A-Z][a-z]+([ _][A-Z][a-z]+)*',
    // React Aria closes a popover for screen readers with this.
    'Dismiss',
  ]
    .map((word) => `\\b${word}\\b`)
    .join('|'),
  'g',
)

/** The plain words on the page that are no text of the message files and nothing that the API answered. */
async function plainWords(): Promise<string[]> {
  const shown = await page.evaluate(() => {
    const isCode = (element: Element | null) =>
      element?.closest('script, style, .cm-editor, .code-block, pre, code') != null
    const texts: string[] = [document.title]
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walk.nextNode()) if (!isCode(walk.currentNode.parentElement)) texts.push(walk.currentNode.textContent ?? '')
    for (const element of document.body.querySelectorAll('*'))
      if (!isCode(element))
        for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-description', 'aria-valuetext'])
          texts.push(element.getAttribute(name) ?? '')
    return texts
  })
  const known = [...answers].filter((each) => /[A-Za-z]{2}/.test(each)).toSorted((a, b) => b.length - a.length)
  const blob = known.join('\n')
  const runs = shown.flatMap((text) => text.replaceAll(otherWords, '').match(/[A-Za-z][\p{ASCII}]*[A-Za-z0-9]/gu) ?? [])
  return [...new Set(runs.map((run) => run.replaceAll('_', ' ')))].filter((run) => !isAnswered(run, known, blob))
}

/** Whether a text is put together of what the API answered, or is a long piece of it. */
function isAnswered(run: string, known: readonly string[], blob: string): boolean {
  if (!/[A-Za-z]{3}/.test(run) || answers.has(run) || (run.length >= 12 && blob.includes(run))) return true
  const rest = known.reduce((left, each) => (left.includes(each) ? left.replaceAll(each, ' ') : left), run)
  const pieces = rest.split(/[^A-Za-z ]+| {2,}/).map((piece) => piece.trim())
  return pieces.every((piece) => !/[A-Za-z]{3}/.test(piece) || (piece.length >= 12 && blob.includes(piece)))
}

test('all texts of all pages come from the message files', { timeout: 300_000 }, async () => {
  const found: Record<string, string[]> = {}
  const look = async (screen: string) => {
    let plain = await plainWords()
    // What the API answered is read beside the page, and can come a moment after it is drawn.
    for (let tries = 0; plain.length > 0 && tries < 20; tries += 1) {
      await page.waitForTimeout(250)
      plain = await plainWords()
    }
    if (plain.length > 0) found[screen] = plain
  }
  const open = async (path: string) => {
    await page.goto(`${stage.url}${path}`)
    await page.getByRole('heading').first().waitFor()
    await page.waitForFunction(() => document.querySelector('.skeleton') === null)
  }
  await page.goto(stage.url)
  await page.getByRole('button').nth(1).waitFor()
  await look('sign-in')
  // The page before has noted that nobody is signed in.
  await page.evaluate(() => localStorage.setItem('recomamp.was-signed-in', 'yes'))
  await signIn(page, stage.url)
  await page.goto(stage.url)
  await page.getByRole('link', { name: 'Tidewater Kitchen' }).waitFor()
  await look('home, first visit')

  await page.getByRole('button', { name: 'Which campaigns have data here?' }).click()
  await page.getByText('campaign_name_contains').first().waitFor()
  await look('workbench')
  await page.getByRole('textbox').first().waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByRole('gridcell').first().waitFor()
  await look('workbench, result')
  const query = new URL(page.url()).pathname
  await page.keyboard.press('Control+k')
  await page.getByRole('option').first().waitFor()
  await look('palette')
  await page.keyboard.press('Escape')

  for (const path of [
    '/',
    '/queries',
    '/executions',
    '/data-sources',
    '/data-sources/dsp_impressions',
    '/data-sources/compare?s=["dsp_impressions","dsp_clicks"]',
    '/templates',
    '/templates/reach-and-frequency',
    '/instances',
    '/settings/connections',
    '/settings/appearance',
    '/settings/trash',
    '/settings/webhooks',
    '/status',
    '/workbench/new',
    `${query}?side=history`,
  ]) {
    await open(path)
    await look(path)
  }
  await open('/executions')
  await page.getByRole('row').nth(1).getByRole('link').first().click()
  await page.getByRole('gridcell').first().waitFor()
  await look('execution')
  await open('/instances')
  await page.getByRole('link', { name: 'Tidewater Kitchen', exact: true }).click()
  await page.getByRole('tab').first().waitFor()
  await page.waitForFunction(() => document.querySelector('.skeleton') === null)
  await look('instance')
  expect(found).toEqual({})
})
