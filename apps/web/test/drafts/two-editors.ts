import { seeded } from '@recomamp/testkit/seeded'
import type { BrowserContext, Page } from 'playwright-core'
import { enterSandbox, type Stage } from '../stage.ts'

/** What became of one interleaving. */
export interface Interleaving {
  seed: number
  /** What happened, in order, for whoever looks for the cause of a loss. */
  steps: readonly string[]
  typed: number
  merges: number
  /** What was typed more than a second before its tab died and is in no text any more. */
  lost: readonly string[]
  /** The texts of both windows after everything came to rest; equal when nothing is wrong. */
  texts: readonly [string, string]
}

const beginning = 'SELECT campaign, SUM(impressions) AS impressions\nFROM dsp_impressions\nGROUP BY campaign'
/** The promise: what is older than that survives. */
const keptWithinMs = 1000
const actions = 14

interface Editor {
  name: 'a' | 'b'
  context: BrowserContext
  /** null while the tab is dead. */
  page: Page | null
  /** What the browser had kept of the tab when it died. */
  storage: string
}

interface Typed {
  text: string
  by: Editor['name']
  at: number
}

/** Two windows on one query: typing at its two ends, tabs that are killed and opened again, servers that are killed, versions and merges,
 *  by chance from a seed. */
export async function interleave(stage: Stage, browsers: Browsers, seed: number): Promise<Interleaving> {
  const random = seeded(seed)
  const [one, other] = browsers
  const [a, b] = await openBoth(stage, one, seed % 2 === 0 ? one : other)
  const address = new URL(a.page?.url() ?? '').pathname
  const steps: string[] = []
  const typed: Typed[] = []
  const young = new Set<string>()
  let merges = 0
  let isUp = true
  const came = (step: string) => steps.push(step)

  const type = async (editor: Editor) => {
    const page = editor.page
    if (page === null || (await isInConflictView(page))) return
    const text = `-- ${editor.name}${typed.length}`
    await page.getByRole('textbox', { name: 'Query in AMC SQL' }).focus()
    await page.keyboard.press(editor.name === 'a' ? 'Control+Home' : 'Control+End')
    await page.keyboard.insertText(editor.name === 'a' ? `${text}\n` : `\n${text}`)
    typed.push({ text, by: editor.name, at: Date.now() })
    came(`type ${text}`)
  }
  const die = async (editor: Editor) => {
    const page = editor.page
    if (page === null) return
    editor.storage = await page.evaluate(() => JSON.stringify(sessionStorage))
    const died = Date.now()
    await page.close()
    editor.page = null
    for (const one of typed) if (one.by === editor.name && died - one.at < keptWithinMs) young.add(one.text)
    came(`tab ${editor.name} dies`)
  }
  const reopen = async (editor: Editor) => {
    if (editor.page !== null || !isUp) return
    editor.page = await reopened(editor, `${stage.url}${address}`)
    came(`tab ${editor.name} opens`)
  }
  const killServer = async () => {
    if (!isUp) return
    await stage.killServer()
    isUp = false
    came('server dies')
  }
  const restartServer = async () => {
    if (isUp) return
    await stage.restartServer()
    isUp = true
    came('server starts')
  }
  const merge = async (editor: Editor) => {
    if (editor.page === null || !isUp || !(await mergeBoth(editor.page))) return
    merges += 1
    came(`${editor.name} merges`)
  }
  const save = async (editor: Editor) => {
    if (editor.page === null || !isUp || (await isInConflictView(editor.page))) return
    await editor.page.keyboard.press('Control+s')
    came(`${editor.name} saves`)
  }

  for (let at = 0; at < actions; at += 1) {
    const editor = random() < 0.5 ? a : b
    const chance = random()
    if (chance < 0.5) await type(editor)
    else if (chance < 0.58) await pause(Math.floor(random() * 1500))
    else if (chance < 0.68) await die(editor)
    else if (chance < 0.77) await reopen(editor)
    else if (chance < 0.84) await killServer()
    else if (chance < 0.89) await restartServer()
    else if (chance < 0.96) await merge(editor)
    else await save(editor)
  }
  await restartServer()
  for (const editor of [a, b]) await reopen(editor)
  merges += await comeToRest(a, b)
  const texts = [await textAnew(a), await textAnew(b)] as const
  const lost = typed.filter(({ text }) => !young.has(text) && !texts[0].split('\n').includes(text))
  for (const { page } of [a, b]) await page?.close()
  return { seed, steps, typed: typed.length, merges, lost: lost.map(({ text }) => text), texts }
}

/** Two browsers in which the same person is signed in. */
export type Browsers = readonly [BrowserContext, BrowserContext]

export async function openBrowsers(stage: Stage): Promise<Browsers> {
  const open = async (): Promise<BrowserContext> => {
    const page = await stage.newPage()
    await enterSandbox(page, stage.url)
    await page.close()
    return page.context()
  }
  return [await open(), await open()]
}

/** A query with a saved text, open in a tab of each. */
async function openBoth(stage: Stage, one: BrowserContext, other: BrowserContext): Promise<[Editor, Editor]> {
  const first = await one.newPage()
  await first.goto(`${stage.url}/workbench/new`)
  await first.getByRole('heading', { name: 'Start from a question' }).waitFor()
  await first.getByRole('textbox', { name: 'Query in AMC SQL' }).focus()
  await first.keyboard.insertText(beginning)
  await first.keyboard.press('Control+s')
  await first.getByText(/^Saved as version/).waitFor()
  const second = await other.newPage()
  await second.goto(first.url())
  await editorOf(second)
  const a: Editor = { name: 'a', context: one, page: first, storage: '{}' }
  return [a, { name: 'b', context: other, page: second, storage: '{}' }]
}

/** The tab as a browser restores it: at its address, with what it had kept. */
async function reopened(editor: Editor, url: string): Promise<Page> {
  const page = await editor.context.newPage()
  await page.addInitScript((stored) => {
    if (sessionStorage.length > 0) return
    for (const [key, value] of Object.entries(JSON.parse(stored) as Record<string, string>))
      sessionStorage.setItem(key, value)
  }, editor.storage)
  await page.goto(url)
  await editorOf(page)
  return page
}

/** Waits until the query stands in the editor. */
async function editorOf(page: Page): Promise<void> {
  await page.locator('.cm-content', { hasText: 'GROUP BY campaign' }).first().waitFor()
}

async function isInConflictView(page: Page): Promise<boolean> {
  return page.getByRole('button', { name: 'Go on with the right text' }).isVisible()
}

/** Takes both texts together where a window says that they differ. */
async function mergeBoth(page: Page): Promise<boolean> {
  const begin = page.getByRole('button', { name: 'Merge both' })
  if (!(await begin.isVisible())) return false
  await begin.click()
  const merged = page.getByRole('button', { name: 'Go on with the right text' })
  try {
    await merged.click({ timeout: 15_000 })
    return true
  } catch {
    // The other text could not be read, from a server that was just coming back: the window says so and is asked again.
    return false
  }
}

/** What was asked of a server that had just died is asked again, as its window offers. */
async function tryAgain(page: Page): Promise<void> {
  const again = page.getByRole('alert').getByRole('button', { name: 'Retry' }).first()
  if (await again.isVisible()) await again.click({ timeout: 5_000 }).catch(() => {})
}

/** Merges until both windows have sent all that they have and neither is told of another text. */
async function comeToRest(a: Editor, b: Editor): Promise<number> {
  let merges = 0
  let restful = 0
  const end = Date.now() + 120_000
  while (restful < 4) {
    if (Date.now() > end)
      throw new Error(`the two windows did not come to rest: a says ${await said(a)}; b says ${await said(b)}`)
    for (const { page } of [a, b]) if (page !== null && (await mergeBoth(page))) merges += 1
    for (const { page } of [a, b]) if (page !== null) await tryAgain(page)
    restful = (await isKept(a)) && (await isKept(b)) ? restful + 1 : 0
    await pause(300)
  }
  return merges
}

async function isKept({ page }: Editor): Promise<boolean> {
  if (page === null || (await page.getByRole('alert').isVisible())) return false
  return page.getByText(/^(Draft kept|Saved as version)/).isVisible()
}

/** What a window tells about the state of its text, for whoever looks for the cause. */
async function said({ page }: Editor): Promise<string> {
  if (page === null) return 'nothing, its tab is dead'
  return (await page.locator('[role=alert], [role=status]').allInnerTexts()).join(' | ')
}

/** What the server gives to a window that has kept nothing. */
async function textAnew({ page }: Editor): Promise<string> {
  if (page === null) throw new Error('the tab is dead')
  const other = await page.context().newPage()
  await other.goto(page.url())
  await editorOf(other)
  const text = await other.locator('.cm-content').first().innerText()
  await other.close()
  return text
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
