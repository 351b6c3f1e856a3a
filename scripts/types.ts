import { spawn } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'

/**
 * Type-checks every project of the repository, as many at a time as there are cores; pure packages twice, since only their tests may
 * see Node's types. What has not changed since the last check is not checked again.
 */
const root = join(import.meta.dirname, '..')
const projects = globSync(['tsconfig.json', 'packages/*/tsconfig*.json', 'apps/*/tsconfig*.json'], { cwd: root })
// The bench has packages of its own, which its first run installs.
if (existsSync(join(root, 'bench/node_modules'))) projects.push('bench/tsconfig.json')

const waiting = projects.sort()
const lanes = await Promise.all(Array.from({ length: availableParallelism() }, checkNext))
process.exit(lanes.every((ok) => ok) ? 0 : 1)

async function checkNext(): Promise<boolean> {
  let ok = true
  for (let project = waiting.shift(); project !== undefined; project = waiting.shift())
    ok = (await check(project)) && ok
  return ok
}

function check(project: string): Promise<boolean> {
  const buildInfo = join(root, 'node_modules/.cache/types', `${project.replaceAll('/', '-')}.tsbuildinfo`)
  return new Promise((resolve) => {
    const tsc = spawn(
      process.execPath,
      [join(root, 'node_modules/typescript/bin/tsc'), '-p', project, '--incremental', '--tsBuildInfoFile', buildInfo],
      { cwd: root, stdio: 'inherit', env: { ...process.env, GOMAXPROCS: '1' } },
    )
    tsc.on('exit', (code) => resolve(code === 0))
  })
}
