import type { Output } from './output.ts'

/** What a command may touch. */
export interface Session {
  readonly stdin: NodeJS.ReadStream
  readonly stdout: Output
  readonly stderr: Output
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** Of this program. */
  readonly version: string
  readonly now: () => Date
  /** What must end before the process does, when Ctrl-C or SIGTERM stops the command; a server that was told to end gives its own exit code. */
  onStop(close: () => Promise<unknown>, exitCode?: number): void
}

export interface Command {
  /** Resolves with the exit code; a CommandFailed carries its own. */
  run(args: string[], session: Session): Promise<number>
}
