import { constants } from 'node:os'

/** Longer than DuckDB ever took to let go of a query, and still at once for a person. */
const mostWaitMs = 1000

type Close = () => Promise<unknown>

/**
 * Ends the process on Ctrl-C and SIGTERM, after what the command registered has been closed: leaving a thread inside of DuckDB behind
 * would abort the process instead. The exit code is a shell's for the signal, or what was registered with the last closer.
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
      setTimeout(end, mostWaitMs)
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
