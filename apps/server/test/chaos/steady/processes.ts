import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import { freePort } from '@recomamp/testkit'

/** A process beside the servers, always at the same address. */
export interface Neighbour {
  readonly port: number
  readonly pid: number
  /** Kills it and starts it again. */
  restart(): Promise<void>
  kill(): Promise<void>
}

/** The proxy before servers, as a process of its own. */
export function startBalancerProcess(port: number, servers: readonly number[]): Promise<Neighbour> {
  const program = join(import.meta.dirname, 'balancer-process.ts')
  return neighbour(port, process.execPath, [program, String(port), ...servers.map(String)], /^ready$/m)
}

/** A Redis that keeps nothing on disk; null where the program is not installed. */
export async function startRedis(): Promise<Neighbour | null> {
  if (spawnSync('redis-server', ['--version']).error !== undefined) return null
  const port = await freePort()
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  return neighbour(port, 'redis-server', settings, /Ready to accept connections/)
}

async function neighbour(port: number, program: string, args: readonly string[], ready: RegExp): Promise<Neighbour> {
  const start = async () => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    const ended = once(child, 'exit')
    let output = ''
    for await (const chunk of child.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false }))
      if (ready.test((output += String(chunk)))) break
    if (!ready.test(output)) throw new Error(`${program} ended before it was ready: ${output}`)
    child.stdout.resume()
    return { child, ended }
  }
  let now = await start()
  const kill = async () => {
    now.child.kill('SIGKILL')
    await now.ended
  }
  return {
    port,
    get pid() {
      return now.child.pid ?? 0
    },
    kill,
    async restart() {
      await kill()
      now = await start()
    },
  }
}

/** How many keys a Redis has. */
export async function keysOf({ port }: Neighbour): Promise<number> {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8')
  socket.write('DBSIZE\r\n')
  const [answer] = (await once(socket, 'data')) as [string]
  socket.destroy()
  return Number(/^:(\d+)/.exec(answer)?.[1])
}
