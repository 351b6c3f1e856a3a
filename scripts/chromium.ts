import { execFileSync, type SpawnSyncOptions, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

/** The path of a Chromium that can be driven, or null. `CHROMIUM_PATH` goes before everything found. */
export function findChromium(): string | null {
  const candidates = [
    process.env['CHROMIUM_PATH'],
    // Draws the same pages for three quarters of the time.
    '/usr/bin/chromium-headless-shell',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    chromium.executablePath(),
  ]
  return candidates.find((path) => path !== undefined && path !== '' && existsSync(path)) ?? null
}

/** Finds Chromium or installs it: by the system's packages where we may, else by Playwright. Throws with the way out. */
export function ensureChromium(): string {
  const found = findChromium()
  if (found !== null) return found
  process.stderr.write('installing Chromium for the browser tests …\n')
  if (existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
    const quiet: SpawnSyncOptions = {
      stdio: ['ignore', 2, 2],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }
    spawnSync('apt-get', ['update', '-qq'], quiet)
    for (const name of ['chromium-headless-shell', 'chromium'])
      if (findChromium() === null)
        spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name, 'fonts-liberation'], quiet)
  } else {
    execFileSync(process.execPath, ['node_modules/playwright-core/cli.js', 'install', 'chromium'], {
      stdio: ['ignore', 2, 2],
    })
  }
  const installed = findChromium()
  if (installed === null)
    throw new Error(
      'The browser tests need Chromium: install it (Debian: apt-get install chromium-headless-shell) or set CHROMIUM_PATH',
    )
  return installed
}
