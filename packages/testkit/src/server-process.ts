import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogScan } from './log-scan.ts'
import { testCache } from './test-cache.ts'

/** A server as people start it: a process of its own. */
export interface ServerProcess {
  readonly pid: number
  /** The address of the ready line. */
  readonly url: string
  /** Everything that it has written. */
  output(): string
  /** Sends a signal and waits for the end; answers the exit code, null when the signal ended it. Fails when its log holds a credential. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
  [Symbol.asyncDispose](): Promise<void>
}

const root = join(import.meta.dirname, '../../..')

/** A new folder for a server's data. The synthetic data is what other servers have made already, since it takes seconds and is always the
 *  same. */
export async function freshDataDir(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'recomamp-test-'))
  await symlink(await testCache('synthetic'), join(folder, 'synthetic'))
  return folder
}

/** Starts `apps/server/src/main.ts` of this checkout, or of another folder, with these settings only, on free ports unless others are
 *  given; resolves at the ready line. */
export async function startServerProcess(
  env: Readonly<Record<string, string>> & { DATA_DIR: string },
  folder = root,
): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['apps/server/src/main.ts'], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'] ?? '',
      PORT: '0',
      EMULATOR_PORT: '0',
      RATE_LIMIT_PER_MINUTE: '100000',
      RATE_LIMIT_SIGNED_IN_PER_MINUTE: '100000',
      // The first one that ends in peace leaves the compiled code to all others.
      NODE_COMPILE_CACHE: join(tmpdir(), 'recomamp-compile-cache'),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const ended = new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code)))
  const url = await readyAddress(child, () => output)
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    const code = await ended
    const scan = createLogScan()
    for (const line of output.split('\n')) scan.write(line)
    scan.demandClean()
    return code
  }
  return {
    pid: child.pid ?? 0,
    url,
    output: () => output,
    stop,
    async [Symbol.asyncDispose]() {
      await stop('SIGKILL')
    },
  }
}

function readyAddress(child: ChildProcess, output: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const found = /^ready (\S+)$/m.exec(output())
      if (found?.[1] !== undefined) resolve(found[1])
    }
    child.stdout?.on('data', look)
    child.on('error', reject)
    child.on('exit', (code) => reject(new Error(`the server ended with ${code} before it was ready:\n${output()}`)))
  })
}
