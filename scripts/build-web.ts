import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const stamp = join(root, 'apps/web/dist/.sources')
const sources = [
  'apps/web/**/*',
  'packages/amc-catalogue/src/**/*',
  'packages/amc-sql/src/**/*',
  'packages/amc-wire/src/**/*',
  'packages/contracts/src/**/*',
]

/** Builds the web app into apps/web/dist when the hash of everything that goes into it differs from the last build's. */
export async function buildWeb(options: { always?: boolean } = {}): Promise<void> {
  const hash = hashOfSources()
  if (options.always !== true && readStamp() === hash) return
  process.stderr.write('building the web app …\n')
  await vite(['build', '--logLevel', 'warn'])
  writeFileSync(stamp, hash)
}

function vite(args: string[]): Promise<void> {
  const child = spawn(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), ...args], {
    cwd: join(root, 'apps/web'),
    // The output goes to stderr, because programs wait for `ready` on the start command's stdout.
    stdio: ['ignore', 2, 2],
  })
  const stop = () => {
    child.kill('SIGKILL')
    process.exit(143)
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code) => {
      process.off('SIGTERM', stop)
      process.off('SIGINT', stop)
      if (code === 0) resolve()
      else reject(new Error(`the web app could not be built (vite ended with ${code})`))
    })
  })
}

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

if (import.meta.main) await buildWeb({ always: process.argv.includes('--force') })
