import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium } from 'playwright-core'
import { buildWeb } from './build-web.ts'
import { ensureChromium } from './chromium.ts'

/** Makes the pictures of the README anew: `npm exec node scripts/take-pictures.ts`. */
const root = join(import.meta.dirname, '..')
const folder = join(root, 'docs/pictures')
const path = join(folder, 'workbench.png')
const atMostBytes = 250_000

await buildWeb()
await mkdir(folder, { recursive: true })
const dataDir = await mkdtemp(join(tmpdir(), 'recomamp-pictures-'))
const server = spawn(process.execPath, ['apps/server/src/main.ts'], {
  cwd: root,
  env: { PATH: process.env['PATH'], DATA_DIR: dataDir, PORT: '0', EMULATOR_PORT: '0', LOG_LEVEL: 'warn' },
  stdio: ['ignore', 'pipe', 'inherit'],
})
try {
  await takeWorkbench(await readyAddress(server))
} finally {
  server.kill()
  await once(server, 'exit')
  await rm(dataDir, { recursive: true, force: true })
}
const { size } = await stat(path)
if (size > atMostBytes)
  throw new Error(`${path} has ${size} bytes; the README is to load fast, so at most ${atMostBytes}`)
process.stdout.write(`${path} ${Math.round(size / 1000)} kB\n`)

async function readyAddress({ stdout }: ChildProcess): Promise<string> {
  if (stdout !== null)
    for await (const line of createInterface({ input: stdout })) {
      const address = /^ready (\S+)$/.exec(line)?.[1]
      if (address !== undefined) return address
    }
  throw new Error('the server ended before it was ready')
}

async function takeWorkbench(url: string): Promise<void> {
  const browser = await chromium.launch({ executablePath: ensureChromium() })
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'light' })
    await page.goto(`${url}/workbench/new`)
    await page.getByRole('button', { name: 'Open the local sandbox' }).click()
    await page.getByRole('button', { name: 'How many people saw a DSP campaign once, twice, ten times?' }).click()
    await page.getByText('max_bucket').first().waitFor()
    await page.getByRole('button', { name: /^Run/ }).click()
    await page.getByText('Succeeded').first().waitFor({ timeout: 120_000 })
    await page.getByRole('gridcell').first().waitFor()
    await page.getByText('Nothing running').waitFor()
    await page.mouse.move(720, 890)
    await page.waitForTimeout(500)
    await page.screenshot({ path })
  } finally {
    await browser.close()
  }
}
