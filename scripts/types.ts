import { spawn } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { join } from 'node:path'

/** Type-checks every project of the repository; pure packages twice, since only their tests may see Node's types. */
const root = join(import.meta.dirname, '..')
const projects = globSync(['tsconfig.json', 'packages/*/tsconfig*.json', 'apps/*/tsconfig*.json'], { cwd: root })
// The bench has packages of its own, which its first run installs.
if (existsSync(join(root, 'bench/node_modules'))) projects.push('bench/tsconfig.json')

const results = await Promise.all(projects.sort().map(check))
process.exit(results.every((ok) => ok) ? 0 : 1)

function check(project: string): Promise<boolean> {
  return new Promise((resolve) => {
    const tsc = spawn(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', project], {
      cwd: root,
      stdio: 'inherit',
    })
    tsc.on('exit', (code) => resolve(code === 0))
  })
}
