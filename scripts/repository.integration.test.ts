import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/** What `npm run check` says beside the tests; here, so that the test command alone decides. */
const root = join(import.meta.dirname, '..')

function run(script: string, ...args: string[]): string {
  const result = spawnSync(process.execPath, [join(root, script), ...args], { cwd: root, encoding: 'utf8' })
  return result.status === 0 ? 'ok' : `${result.stdout}${result.stderr}`
}

const tracked = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).trim().split('\n')
const text = (file: string) => readFileSync(join(root, file), 'utf8')
const isText = (file: string) => !/\.(png|woff2?|gz|parquet)$/.test(file)

// From nothing, on a machine that is busy with the other tests.
test('S-001: every project passes the strict type check', { timeout: 400_000 }, () =>
  expect(run('scripts/types.ts')).toBe('ok'),
)
test('every file is formatted', () => expect(run('node_modules/oxfmt/bin/oxfmt', '--check', '.')).toBe('ok'))
test('the linter finds nothing, import directions and promises included', () =>
  expect(run('node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings', '.')).toBe('ok'))
test('nothing is exported without a user', () =>
  expect(run('node_modules/knip/bin/knip.js', '--no-progress')).toBe('ok'))

test('no file names the host of a package registry', () => {
  const host = new RegExp(
    ['registry', '(npmjs|yarnpkg)\\.(org|com)'].join('\\.') + '|artifactory|verdaccio|codeartifact',
    'i',
  )
  expect(
    tracked.filter(
      (file) => isText(file) && host.test(text(file)) && file !== 'scripts/repository.integration.test.ts',
    ),
  ).toEqual([])
})

test('the lock file has integrity for what this platform installs and no addresses', () => {
  const lock = JSON.parse(text('package-lock.json')) as { packages: Record<string, { resolved?: string }> }
  const addresses = Object.values(lock.packages).filter((entry) => /^https?:/.test(entry.resolved ?? ''))
  expect(addresses).toEqual([])
})

test('files stay small: the median under 80 lines, none above 500', () => {
  const sources = tracked.filter((file) => /\.(ts|tsx|js)$/.test(file))
  const lines = sources
    .map((file) => ({ file, count: text(file).split('\n').length - 1 }))
    .sort((a, b) => a.count - b.count)
  expect(lines.filter(({ count }) => count > 500).map(({ file }) => file)).toEqual([])
  expect(lines[Math.floor(lines.length / 2)]?.count).toBeLessThan(80)
})
