import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import * as api from '@recomamp/contracts'
import { eventually, freshDataDir } from '@recomamp/testkit'
import { expect, test } from 'vitest'

/** The commands of the README as people type them. */
const root = join(import.meta.dirname, '../../../..')

interface Command {
  child: ChildProcess
  output(): string
  ended: Promise<void>
}

async function npm(args: string[], env: Record<string, string>): Promise<Command> {
  const child = spawn('npm', args, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return { child, output: () => output, ended: new Promise((resolve) => child.on('exit', () => resolve())) }
}

/** Every process that descends from one, from /proc (Linux). */
function descendants(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const [, parent] = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
        return [{ pid: Number(name), parent: Number(parent) }]
      } catch {
        return []
      }
    })
  const below = (of: number): number[] =>
    parents.filter(({ parent }) => parent === of).flatMap((child) => [child.pid, ...below(child.pid)])
  return below(pid)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

test.runIf(process.platform === 'linux')(
  'SIGTERM to npm start ends everything within five seconds, no orphan',
  async () => {
    const DATA_DIR = await freshDataDir()
    const start = await npm(['start'], { DATA_DIR, PORT: '0', EMULATOR_PORT: '0', LOG_LEVEL: 'warn' })
    await eventually(() => Promise.resolve(/^ready http:\/\/127\.0\.0\.1:\d+$/m.test(start.output())), 60_000)
    const all = descendants(start.child.pid ?? 0)
    expect(all.length).toBeGreaterThan(0)
    const asked = performance.now()
    start.child.kill('SIGTERM')
    await start.ended
    await eventually(() => Promise.resolve(!all.some(isAlive)), 5000)
    expect(performance.now() - asked).toBeLessThan(5000)
  },
)

test('S-243: npm run dev serves the web app on 5173 and hands /api to the server', async () => {
  const DATA_DIR = await freshDataDir()
  const env = { DATA_DIR, PORT: '18091', EMULATOR_PORT: '18092', API_URL: 'http://127.0.0.1:18091', LOG_LEVEL: 'warn' }
  const dev = await npm(['run', 'dev'], env)
  try {
    const providers = async () => {
      const answer = await fetch(`http://localhost:5173${api.getProviders.path}`)
      return api.getProviders.ok.body.parse(await answer.json())
    }
    await eventually(async () => (await providers().catch(() => null))?.sandbox.offered === true, 60_000)
    expect(await (await fetch('http://localhost:5173/')).text()).toContain('<div id="root">')
  } finally {
    dev.child.kill('SIGTERM')
    await dev.ended
  }
})
