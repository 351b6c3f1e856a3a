import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** `npm run bench [P1 P8 …]`: installs the bench's own packages on first use, then prints its table. */
const bench = join(import.meta.dirname, '../bench')
if (!existsSync(join(bench, 'node_modules'))) spawnSync('npm', ['ci'], { cwd: bench, stdio: 'inherit' })
const run = spawnSync(process.execPath, [join(bench, 'main.ts'), ...process.argv.slice(2)], { stdio: 'inherit' })
process.exit(run.status ?? 1)
