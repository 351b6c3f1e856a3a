import { rm } from 'node:fs/promises'
import { AxeBuilder } from '@axe-core/playwright'
import { freePort, freshDataDir, openTestDatabase, signInAt, startServerProcess, type Person } from '@recomamp/testkit'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { ensureChromium } from '../../../scripts/chromium.ts'

export { tellEmulator } from './tell-emulator.ts'

/** The product in a process of its own, and a real browser. */
export interface Stage extends AsyncDisposable {
  readonly url: string
  readonly dataDir: string
  newPage(options?: BrowserContextOptions): Promise<Page>
  /** Ends the server as a power cut would. */
  killServer(): Promise<void>
  /** Starts it again on the same folder, at the same address. */
  restartServer(): Promise<void>
}

let chromiumOfProcess: Promise<Browser> | null = null

/** One Chromium for all test files of a process, which ends with it: to start one costs more than a page. */
export function sharedChromium(): Promise<Browser> {
  return (chromiumOfProcess ??= chromium.launch({ executablePath: ensureChromium() }))
}

/** Starts the server on a new folder and a database that is migrated already; its pages are of a Chromium that others use too. */
export async function openStage(env: Record<string, string> = {}): Promise<Stage> {
  const dataDir = await freshDataDir()
  // The same port after a restart: pages that are open go on.
  const database = await openTestDatabase(dataDir)
  const port = String(await freePort())
  const settings = { DATA_DIR: dataDir, LOG_LEVEL: 'warn', PORT: port, ...database.env, ...env }
  let server = await startServerProcess(settings)
  const { url } = server
  const browser = await sharedChromium()
  const contexts: BrowserContext[] = []
  return {
    url,
    dataDir,
    async newPage(options = {}) {
      // What turns while it is waited for is painted without a graphics card, at the cost of what it waits for.
      const context = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        reducedMotion: 'reduce',
        ...options,
      })
      contexts.push(context)
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
      for (const context of contexts) await context.close()
      await server.stop()
      await database.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Signs a page in at the sandbox without its pages, which have tests of their own; answers who it is, for calls beside the page. */
export async function signIn(page: Page, url: string, name = 'ana'): Promise<Person> {
  const person = await signInAt(url, name)
  await page.context().addCookies([...person.cookies].map(([name, value]) => ({ name, value, url })))
  return person
}

/** Signed in at the sandbox, in front of an empty query with its questions. */
export async function enterSandbox(page: Page, url: string): Promise<void> {
  await signIn(page, url)
  await page.goto(`${url}/workbench/new`)
  await page.getByRole('heading', { name: 'Start from a question' }).waitFor()
}

/** Opens a question and waits until it is the query at hand: Run of the empty query before it would have nothing to run. */
export async function openQuestion(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('button', { name }).click()
  await page.getByRole('heading', { name: 'Start from a question' }).waitFor({ state: 'hidden' })
}

/** What axe finds on the page as it stands: rule and the first element, one line each; all rules unless some are named. */
export async function accessibilityFaults(page: Page, rules?: string[]): Promise<string[]> {
  // A colour on its way is not the one that is read; without motion none sets out while axe looks.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.waitForFunction(() => !document.getAnimations().some((one) => one instanceof CSSTransition))
  // In the page itself and without a list of what is good, which takes a fifth of the time; no page has frames.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] })
  const { violations } = await (rules === undefined ? axe : axe.withRules(rules)).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)
}

/** The same in the light and the dark theme, which differ in colours only; leaves the light one. */
export async function faultsInBothThemes(page: Page): Promise<string[]> {
  const light = await accessibilityFaults(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  const dark = await accessibilityFaults(page, ['color-contrast'])
  await page.emulateMedia({ colorScheme: 'light' })
  return [...light, ...dark]
}
