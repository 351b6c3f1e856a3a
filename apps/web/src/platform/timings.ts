import type { ClientTiming } from '@recomamp/contracts'

/** An answer that takes longer than this is worth telling: people notice it. */
const slowMs = 1_000
/** What is not sent yet; more than this is a browser that cannot send, and the newest say most. */
const keptAtMost = 100

let waiting: ClientTiming[] = []

/** Keeps a measurement until it is sent. */
export function noteTiming(timing: Omit<ClientTiming, 'ms'> & { ms: number }): void {
  if (!Number.isFinite(timing.ms) || timing.ms < 0) return
  waiting = [...waiting, { ...timing, ms: Math.round(timing.ms) }].slice(-keptAtMost)
}

/** Keeps how long an answer took where that was slow. `path` is the pattern of the address, which holds no ids. */
export function noteAnswer(path: string, ms: number): void {
  if (ms >= slowMs) noteTiming({ kind: 'slow-call', place: path, ms })
}

/** Takes what waits to be sent. */
export function takeTimings(): ClientTiming[] {
  const taken = waiting
  waiting = []
  return taken
}
