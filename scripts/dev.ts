import { spawn } from 'node:child_process'
import { join } from 'node:path'

/** The server on 8001 (restarted when its sources change) and the web app's dev server on 5173, which proxies to it. */
const root = join(import.meta.dirname, '..')
const server = spawn(
  process.execPath,
  ['--watch-path=apps/server/src', '--watch-path=packages', 'apps/server/src/main.ts'],
  {
    cwd: root,
    stdio: 'inherit',
  },
)
const web = spawn(process.execPath, [join(root, 'node_modules/vite/bin/vite.js')], {
  cwd: join(root, 'apps/web'),
  stdio: 'inherit',
})

const stop = () => {
  server.kill('SIGTERM')
  web.kill('SIGTERM')
}
process.on('SIGINT', stop)
process.on('SIGTERM', stop)
server.on('exit', stop)
web.on('exit', stop)
