import { chromium } from 'playwright-core'
import { walkThrough } from '../apps/web/test/walk-through.ts'
import { ensureChromium } from './chromium.ts'

/** `walk-through.ts URL`: goes through a running product in a real browser; ends with 1 where that does not work. */
const [url] = process.argv.slice(2)
if (url === undefined || !URL.canParse(url)) {
  console.error('Usage: walk-through.ts URL')
  process.exit(2)
}
const browser = await chromium.launch({ executablePath: ensureChromium() })
try {
  await ready(url)
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await walkThrough(page, new URL(url).origin)
  console.log('signed in, looked at a table, wrote a query, ran it and read its rows')
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  await browser.close()
}

/** A container that was just started needs a moment. */
async function ready(address: string): Promise<void> {
  for (let tries = 0; tries < 60; tries += 1) {
    const answer = await fetch(new URL('/readyz', address)).catch(() => null)
    if (answer?.ok === true) return
    await new Promise((resolve) => setTimeout(resolve, 1000))
  }
  throw new Error(`${address} was not ready within a minute`)
}
