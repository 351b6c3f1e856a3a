import type { Browser, Page } from 'playwright-core'

/** What the main thread of a page did for one key. Times in milliseconds, CPU time unless said otherwise. */
export interface KeyWork {
  /** All that ran from the arrival of the key to the first painted frame that shows it, whatever it was for. */
  toFrame: number
  /** What was running when the key came and held it up, a part of `toFrame`. */
  heldUp: number
}

interface TraceEvent {
  name: string
  ph: string
  pid: number
  tid: number
  ts: number
  dur?: number
  tdur?: number
}

interface Span {
  from: number
  to: number
  /** CPU microseconds. */
  work: number
}

const categories = ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'blink.user_timing']
const mark = 'key came before '

/** Has the page note each key, in the trace, with the milliseconds for which it waited before a handler saw it. */
export async function watchKeys(page: Page): Promise<void> {
  const note = `(event) => performance.mark('${mark}' + (performance.now() - event.timeStamp))`
  await page.evaluate(`addEventListener('keydown', ${note}, { capture: true })`)
}

/**
 * Traces the page while something types into it. For each key: from its time stamp, which the browser sets when the key arrives, to
 * the end of the next Commit, which hands the frame over to be drawn; in that span the CPU time of every task of the main thread, a
 * task that was running already by its share. The wait for the next frame of the screen is no work and does not count.
 */
export async function keyWork(browser: Browser, page: Page, type: () => Promise<void>): Promise<KeyWork[]> {
  await browser.startTracing(page, { categories })
  await type()
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] }
  const marks = trace.traceEvents.filter(({ name, ph }) => name.startsWith(mark) && ph !== 'e' && ph !== 'E')
  const [first] = marks
  if (first === undefined) throw new Error('no key reached the page')
  const own = trace.traceEvents.filter(({ pid, tid }) => pid === first.pid && tid === first.tid)
  const tasks = spansOf(own.filter(({ name }) => name === 'RunTask' || name === 'ThreadControllerImpl::RunTask'))
  const frames = spansOf(own.filter(({ name }) => name === 'Commit'))
  if (tasks.length === 0 || frames.length === 0) throw new Error('this Chromium traces no tasks or frames')
  return marks.flatMap(({ name, ts }) => {
    const arrived = ts - Number(name.slice(mark.length)) * 1000
    const frame = frames.find(({ from }) => from >= ts)
    if (frame === undefined) return []
    return { toFrame: workWithin(tasks, arrived, frame.to), heldUp: workWithin(tasks, arrived, ts) }
  })
}

function spansOf(events: readonly TraceEvent[]): Span[] {
  return events
    .flatMap(({ ts, dur = 0, tdur = dur }) => (dur > 0 ? { from: ts, to: ts + dur, work: tdur } : []))
    .toSorted((a, b) => a.from - b.from)
}

function workWithin(tasks: readonly Span[], from: number, to: number): number {
  let work = 0
  for (const task of tasks) {
    const overlap = Math.min(task.to, to) - Math.max(task.from, from)
    if (overlap > 0) work += task.work * (overlap / (task.to - task.from))
  }
  return work / 1000
}
