import { constants } from 'node:os'

/** Longer than anything ever took to close. After it a thread hangs inside of DuckDB, and process.exit() would wait for it too. */
const mostWaitMs = 3000

type Close = () => Promise<unknown>

/**
 * Ends the process on Ctrl-C and SIGTERM, after what the command registered has been closed: leaving a thread inside of DuckDB behind
 * would abort the process or keep it instead. The exit code is a shell's for the signal, or what was registered with the last closer.
 */
export function watchStopSignals(): { onStop(close: Close, exitCode?: number): void; isStopping(): boolean } {
  const closers: Close[] = []
  let ownCode: number | undefined
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (stopping) return
      stopping = true
      const end = () => process.exit(ownCode ?? 128 + constants.signals[signal])
      setTimeout(() => process.kill(process.pid, 'SIGKILL'), mostWaitMs)
      void Promise.allSettled(closers.map((close) => close())).then(end)
    })
  return {
    onStop(close, exitCode) {
      closers.push(close)
      ownCode = exitCode
    },
    isStopping: () => stopping,
  }
}
