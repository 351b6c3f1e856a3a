import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Type-checks the whole repository: what runs on Node, what runs in the browser, and once more what runs anywhere, without Node's
 * types. What has not changed since the last check is not checked again.
 */
const root = join(import.meta.dirname, '..')
const projects = ['tsconfig.json', 'tsconfig.pure.json', 'apps/web/tsconfig.json']
// The bench has packages of its own, which its first run installs.
if (existsSync(join(root, 'bench/node_modules'))) projects.push('bench/tsconfig.json')

const checks = projects.map(check)
process.exit(checks.every((ok) => ok) ? 0 : 1)

function check(project: string): boolean {
  const buildInfo = join(root, 'node_modules/.cache/types', `${project.replaceAll('/', '-')}.tsbuildinfo`)
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const args = [tsc, '-p', project, '--incremental', '--tsBuildInfoFile', buildInfo]
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status === 0
}
