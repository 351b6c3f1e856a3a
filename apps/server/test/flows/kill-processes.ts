import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

export interface EmulatorProcess {
  readonly pid: number
  facts: Record<'url' | 'clientId' | 'clientSecret' | 'authorizeUrl' | 'tokenUrl' | 'profileUrl', string>
  kill(): Promise<void>
}

/** Starts the emulator as a process of its own. */
export function startEmulatorProcess(
  dataDir: string,
  port: number,
  options: readonly string[] = [],
): Promise<EmulatorProcess> {
  const child: ChildProcess = spawn(
    process.execPath,
    ['packages/amc-emulator/src/main.ts', '--port', String(port), '--data-dir', dataDir, ...options],
    { cwd: join(import.meta.dirname, '../../../..'), stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()))
  return new Promise((resolve, reject) => {
    let output = ''
    child.on('exit', (code) => reject(new Error(`the emulator ended with ${code}: ${output}`)))
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      if (!output.includes('\n')) return
      const kill = () => {
        child.kill('SIGKILL')
        return ended
      }
      resolve({ pid: child.pid ?? 0, facts: JSON.parse(output) as EmulatorProcess['facts'], kill })
    })
  })
}
