import { writeFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'

/** Loaded into the server in front of everything: SIGUSR2 writes the delays of its event loop since the last one, in milliseconds. */
const file = process.env['BENCH_LOOP_DELAY_FILE'] ?? ''
const resolutionMs = 10
const delays = monitorEventLoopDelay({ resolution: resolutionMs })
delays.enable()
process.on('SIGUSR2', () => {
  const ms = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - resolutionMs)
  writeFileSync(file, JSON.stringify({ p99: ms(delays.percentile(99)), max: ms(delays.max) }))
  delays.reset()
})
