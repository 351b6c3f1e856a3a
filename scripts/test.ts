import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { ensureChromium } from './chromium.ts'

/** Runs every test: builds the web app, finds or installs Chromium, then Vitest with the arguments given. */
const root = join(import.meta.dirname, '..')

function run(script: string, ...args: string[]): void {
  const result = spawnSync(process.execPath, [join(root, script), ...args], { cwd: root, stdio: 'inherit', env })
  if (result.status !== 0) process.exit(result.status ?? 1)
}

const env = { ...process.env, CHROMIUM_PATH: ensureChromium() }
run('scripts/build-web.ts')
run(
  'node_modules/vitest/vitest.mjs',
  'run',
  '--reporter=default',
  '--reporter=./scripts/summary-reporter.ts',
  ...process.argv.slice(2),
)
