import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { ensureChromium } from '../scripts/chromium.ts'
import { freePort, startUntil, stop } from './processes.ts'

const root = join(import.meta.dirname, '..')

/**
 * Seconds from `git clone` to rows on the screen: clone, npm ci (packages from npm's cache, since downloads do not count), npm start,
 * then as a newcomer with three clicks: the sandbox, the first question, Run.
 */
export async function firstResult(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-clone-'))
  const browser = await chromium.launch({ executablePath: ensureChromium() })
  try {
    const began = performance.now()
    execFileSync('git', ['clone', '--quiet', '--depth', '1', `file://${root}`, join(folder, 'clone')])
    const clone = join(folder, 'clone')
    execFileSync('npm', ['ci', '--prefer-offline'], { cwd: clone, stdio: 'ignore' })
    const env = { PORT: String(await freePort()), EMULATOR_PORT: String(await freePort()) }
    const server = await startUntil('ready ', 'npm', ['start'], { cwd: clone, env })
    const page = await browser.newPage()
    await page.goto(server.line.split(' ')[1] ?? '')
    await page.getByRole('button', { name: /local sandbox/i }).click()
    await page.getByRole('button', { name: 'Which campaigns have data here?' }).click()
    await page.getByRole('heading', { name: 'Start from a question' }).waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: /^run/i }).click()
    await page.getByRole('grid').getByRole('gridcell').first().waitFor({ timeout: 60_000 })
    const seconds = (performance.now() - began) / 1000
    await stop(server.process)
    return seconds
  } finally {
    await browser.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
