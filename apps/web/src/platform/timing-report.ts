import { reportTimings } from '@recomamp/contracts'
import { call, tokens } from './api.ts'
import { noteTiming, takeTimings } from './timings.ts'

const everyMs = 15_000

/** What tells that the address has changed, and that its page has been drawn. */
export interface Navigations {
  onBegin: (listener: () => void) => void
  /** With the pattern of the page, such as `/executions/$executionId`. */
  onDrawn: (listener: (place: string) => void) => void
}

/** Measures how long the page took to load and each change of page to be drawn, and reports it with slow calls to the server (S-018). */
export function reportTimingsOf(navigations: Navigations): void {
  let begunAt: number | null = null
  let isFirst = true
  navigations.onBegin(() => void (begunAt = performance.now()))
  navigations.onDrawn((place) => {
    if (isFirst) noteTiming({ kind: 'page-load', place, ms: performance.now() })
    else if (begunAt !== null) noteTiming({ kind: 'route-change', place, ms: performance.now() - begunAt })
    isFirst = false
    begunAt = null
  })
  setInterval(() => void send(), everyMs)
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && void send())
}

async function send(): Promise<void> {
  if (tokens.state() !== 'signed-in') return
  const timings = takeTimings()
  if (timings.length === 0) return
  // Lost ones are no loss: the next hour has more of them.
  await call(reportTimings, { body: { timings } }).catch(() => {})
}
