#!/usr/bin/env node
// Plain JavaScript that an old Node reads too: it hands over to the Node 24 that `npm ci` brings on Linux.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major > 24 || (major === 24 && minor >= 12)) {
  // Stripping the types takes longer than most commands, so the result is kept.
  module.enableCompileCache(`${root}node_modules/.cache/recomamp`)
  await import('../src/main.ts')
} else handOver()

function handOver() {
  const node = `${root}node_modules/node-${process.platform}-${process.arch}/bin/node`
  if (!existsSync(node)) {
    console.error(
      `recomamp needs Node 24.12 or newer, this is ${process.versions.node} on ${process.platform}-${process.arch}. ` +
        'On Linux, "npm ci" installs it into this folder; elsewhere install Node 24 and run the command again.',
    )
    process.exit(2)
  }
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(signal === null ? code : 128 + constants.signals[signal]))
}
