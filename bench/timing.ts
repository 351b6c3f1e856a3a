/** CPU time of this thread, so that other work on the machine does not count. */
export function milliseconds(run: () => void): number {
  const before = cpuUsage()
  run()
  return cpuUsage() - before
}

const cell = new Int32Array(new SharedArrayBuffer(4))

/** Linux brings a thread's account up to date only when the thread stops or a tick of some milliseconds ends, so it stops shortly. */
function cpuUsage(): number {
  Atomics.wait(cell, 0, 0, 0.01)
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/** The value below which a share of 0 to 1 of the values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
