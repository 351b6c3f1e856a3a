import { rm } from 'node:fs/promises'
import { AxeBuilder } from '@axe-core/playwright'
import { freePort, freshDataDir, startServerProcess } from '@recomamp/testkit'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { ensureChromium } from '../../../scripts/chromium.ts'

/** The product as a newcomer starts it, and a real browser. */
export interface Stage extends AsyncDisposable {
  readonly url: string
  readonly dataDir: string
  readonly browser: Browser
  newPage(options?: BrowserContextOptions): Promise<Page>
  /** Ends the server as a power cut would. */
  killServer(): Promise<void>
  /** Starts it again on the same folder, at the same address. */
  restartServer(): Promise<void>
}

/** Starts the server with nothing but a new folder, and Chromium. */
export async function openStage(env: Record<string, string> = {}): Promise<Stage> {
  const dataDir = await freshDataDir()
  // The same port after a restart: pages that are open go on.
  const settings = { DATA_DIR: dataDir, LOG_LEVEL: 'warn', PORT: String(await freePort()), ...env }
  let server = await startServerProcess(settings)
  const { url } = server
  const browser = await chromium.launch({ executablePath: ensureChromium() })
  return {
    url,
    dataDir,
    browser,
    async newPage(options = {}) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
      // Other tests run beside this one, on as few as two cores.
      context.setDefaultTimeout(90_000)
      return context.newPage()
    },
    async killServer() {
      await server.stop('SIGKILL')
    },
    async restartServer() {
      server = await startServerProcess(settings)
    },
    async [Symbol.asyncDispose]() {
      await browser.close()
      await server.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Signs in at the sandbox by its button, in front of an empty query with its questions. */
export async function enterSandbox(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/workbench/new`)
  await page.getByRole('button', { name: 'Open the local sandbox' }).click()
  await page.getByRole('heading', { name: 'Start from a question' }).waitFor()
}

/** Opens a question and waits until it is the query at hand: Run of the empty query before it would have nothing to run. */
export async function openQuestion(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('button', { name }).click()
  await page.getByRole('heading', { name: 'Start from a question' }).waitFor({ state: 'hidden' })
}

/** What axe finds on the page as it stands: rule and the first element, one line each; all rules unless some are named. */
export async function accessibilityFaults(page: Page, rules?: string[]): Promise<string[]> {
  // A colour on its way is not the one that is read.
  await page.waitForFunction(() => !document.getAnimations().some((one) => one instanceof CSSTransition))
  const axe = new AxeBuilder({ page })
  const { violations } = await (rules === undefined ? axe : axe.withRules(rules)).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)
}
