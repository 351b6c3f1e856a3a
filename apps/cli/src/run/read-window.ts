import { RunDefaults, defaultWindow, standardDefaults } from '@recomamp/contracts'
import { type RunWindow, utcWindow } from '@recomamp/amc-sql'
import { UsageError } from '../command-line/command-failed.ts'

export interface WindowOptions {
  'window-start'?: string | undefined
  'window-end'?: string | undefined
  'time-zone'?: string | undefined
  'settled-after'?: string | undefined
}

/** The window of the options, or without one the seven days that are settled as of 14 days ago (S-081), or so many (S-080). A bare day means its first moment. */
export function readWindow(options: WindowOptions, now: Date): RunWindow {
  const timeZone = options['time-zone'] ?? 'UTC'
  const { 'window-start': start, 'window-end': end } = options
  if ((start === undefined) !== (end === undefined))
    throw new UsageError('--window-start and --window-end belong together: give both, or none for the default')
  checked(() => utcWindow({ ...someWindow, timeZone }), `--time-zone ${timeZone}`, 'write UTC or America/New_York')
  if (start === undefined || end === undefined)
    return defaultWindow(now, { timeZone, settledAfterDays: settledAfter(options) })
  const window = { start: moment(start), end: moment(end), timeZone }
  for (const [option, time] of [
    ['--window-start', window.start],
    ['--window-end', window.end],
  ] as const)
    checked(
      () => utcWindow({ start: time, end: time, timeZone }),
      `${option} ${time}`,
      'write 2025-07-15T00:00:00 without a zone, which has --time-zone for itself',
    )
  if (window.start >= window.end)
    throw new UsageError('--window-end must be later than --window-start; it is exclusive')
  return window
}

function settledAfter({ 'settled-after': given }: WindowOptions): number {
  if (given === undefined) return standardDefaults.settledAfterDays
  const days = RunDefaults.shape.settledAfterDays.safeParse(Number(given))
  if (!days.success) throw new UsageError(`--settled-after ${given} is not understood; write 2 to 90 days`)
  return days.data
}

const someWindow = { start: '2025-01-01T00:00:00', end: '2025-01-02T00:00:00' }

function moment(text: string): string {
  return /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00` : text
}

function checked(check: () => unknown, given: string, wayOut: string): void {
  try {
    check()
  } catch (cause) {
    throw new UsageError(`${given} is not understood; ${wayOut}`, { cause })
  }
}

/** A window for people. */
export function windowText({ start, end, timeZone }: RunWindow): string {
  return `${start.replace('T', ' ')} to ${end.replace('T', ' ')} ${timeZone}, the end exclusive`
}
