import { constants } from 'node:os'

/** Longer than closing takes on a machine that is not overloaded. */
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
      // Not process.exit(), which would wait for a thread inside of DuckDB; without a listener the signal ends the process by itself.
      setTimeout(() => {
        process.removeAllListeners(signal)
        process.kill(process.pid, signal)
      }, mostWaitMs)
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
