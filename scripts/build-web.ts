import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Builds the web app when the hash of everything that goes into it differs from the one that the last build left. */
const root = join(import.meta.dirname, '..')
const stamp = join(root, 'apps/web/dist/.sources')

const sources = [
  'apps/web/**/*',
  'packages/amc-sql/src/**/*',
  'packages/amc-wire/src/**/*',
  'packages/contracts/src/**/*',
]

function hashOfSources(): string {
  const hash = createHash('sha256')
  const files = globSync([...sources, 'package-lock.json'], {
    cwd: root,
    exclude: (entry) => ['node_modules', 'dist', 'test'].includes(entry.name),
    withFileTypes: true,
  })
  const paths = files
    .filter((file) => file.isFile() && !file.name.includes('.test.'))
    .map((file) => join(file.parentPath, file.name))
  for (const path of paths.sort()) hash.update(path.slice(root.length)).update(readFileSync(path))
  return hash.digest('hex')
}

function readStamp(): string {
  try {
    return readFileSync(stamp, 'utf8')
  } catch {
    return ''
  }
}

const hash = hashOfSources()
if (process.argv.includes('--force') || readStamp() !== hash) {
  process.stderr.write('building the web app …\n')
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  const build = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: join(root, 'apps/web'),
    // The output goes to stderr, because the start command's stdout is read by programs that wait for `ready`.
    stdio: ['ignore', 2, 2],
  })
  if (build.status !== 0) process.exit(build.status ?? 1)
  mkdirSync(join(root, 'apps/web/dist'), { recursive: true })
  writeFileSync(stamp, hash)
}
