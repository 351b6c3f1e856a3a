import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Browser, type BrowserContext, chromium, type Cookie } from 'playwright-core'
import { buildWeb } from './build-web.ts'
import { ensureChromium } from './chromium.ts'
import { type FilledWorld, startFilledWorld } from './pictures/filled-world.ts'
import { type Screen, screens } from './pictures/screens.ts'

/** `take-pictures.ts [--out FOLDER] [--only PATTERN] [--width 1440]… [--theme dark]…`, `take-pictures.ts --readme`: every screen of the product and its main states on the local
 *  sandbox, at three widths, light and dark; or those of the README. */
const { values: asked } = parseArgs({
  options: {
    out: { type: 'string', default: '.pictures' },
    only: { type: 'string', default: '' },
    width: { type: 'string', multiple: true, default: ['1440', '768', '360'] },
    readme: { type: 'boolean', default: false },
    theme: { type: 'string', multiple: true, default: ['light', 'dark'] },
  },
})
const heights: Readonly<Record<number, number>> = { 1440: 900, 768: 1024, 360: 780 }
/** By then a page has drawn what it asked for. */
const settledMs = 900
const only = new RegExp(asked.only)
/** What the README shows, and where. */
const readme = { folder: 'docs/pictures', atMostBytes: 160_000 }
const inReadme = ['workbench-result', 'workbench-privacy', 'data-source', 'templates', 'execution-compare', 'error']

const failures: string[] = []
const kept = new Map<Screen['who'], Cookie[]>()
await buildWeb()
await mkdir(asked.out, { recursive: true })
await using world = await startFilledWorld()
const browser = await chromium.launch({ executablePath: ensureChromium() })
try {
  for (const width of asked.readme ? [1440] : asked.width.map(Number)) await takeAll(browser, world, width)
} finally {
  await browser.close()
}
for (const line of failures) process.stderr.write(`${line}\n`)
process.exitCode = failures.length === 0 ? 0 : 1

async function takeAll(browser: Browser, world: FilledWorld, width: number): Promise<void> {
  const contexts = new Map<Screen['who'], BrowserContext>()
  const isMeant = ({ name, widths }: Screen) =>
    asked.readme ? inReadme.includes(name) : only.test(name) && (widths ?? [width]).includes(width)
  for (const screen of screens.filter(isMeant)) {
    const context = contexts.get(screen.who) ?? (await openContext(browser, world, width, screen.who))
    contexts.set(screen.who, context)
    await take(context, world, screen, width)
  }
  for (const [who, context] of contexts) {
    // The session goes on where it stands: one that was renewed since is a theft.
    kept.set(who, await context.cookies())
    await context.close()
  }
}

async function openContext(
  browser: Browser,
  { url, people }: FilledWorld,
  width: number,
  who: Screen['who'],
): Promise<BrowserContext> {
  const viewport = { width, height: heights[width] ?? 900 }
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce', hasTouch: width < 1000 })
  context.setDefaultTimeout(15_000)
  if (who === undefined) return context
  const first = () => [...people[who].cookies].map(([name, value]) => ({ name, value, url }))
  await context.addCookies(kept.get(who) ?? first())
  await context.addInitScript(`localStorage.setItem('recomamp.was-signed-in', 'yes')`)
  return context
}

async function take(context: BrowserContext, world: FilledWorld, screen: Screen, width: number): Promise<void> {
  const page = await context.newPage()
  try {
    await page.goto(`${world.url}${screen.path(world)}`)
    await screen.ready(page)
    await screen.act?.(page)
    await page.waitForTimeout(settledMs)
  } catch (error) {
    failures.push(`${screen.name} at ${width}: ${String(error).slice(0, 300)}`)
  }
  if (asked.readme) {
    await page.emulateMedia({ colorScheme: screen.name === 'error' ? 'dark' : 'light' })
    await page.waitForTimeout(400)
    await keepSmall(context, screen.name, await page.screenshot())
    await page.close()
    return
  }
  for (const theme of asked.theme) {
    await page.emulateMedia({ colorScheme: theme === 'dark' ? 'dark' : 'light' })
    await page.waitForTimeout(400)
    await page.screenshot({ path: join(asked.out, `${screen.name}-${width}-${theme}.png`) })
  }
  await page.close()
}

/** Keeps a picture of the README as WebP, by the browser that took it. */
async function keepSmall(context: BrowserContext, name: string, png: Buffer): Promise<void> {
  const page = await context.newPage()
  const webp = await page.evaluate<string>(`(async () => {
    const blob = await (await fetch('data:image/png;base64,${png.toString('base64')}')).blob()
    const picture = await createImageBitmap(blob)
    const canvas = new OffscreenCanvas(picture.width, picture.height)
    canvas.getContext('2d').drawImage(picture, 0, 0)
    const small = await canvas.convertToBlob({ type: 'image/webp', quality: 0.88 })
    const bytes = new Uint8Array(await small.arrayBuffer())
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
  })()`)
  await page.close()
  const bytes = Buffer.from(webp, 'base64')
  if (bytes.length > readme.atMostBytes)
    failures.push(`${name} has ${bytes.length} bytes; the README is to load fast, so at most ${readme.atMostBytes}`)
  await writeFile(join(readme.folder, `${name}.webp`), bytes)
}
