import type { RunDefaults } from '@recomamp/contracts'
import { TimeWindow, addDays, dateIn, dayState, defaultWindow } from '@recomamp/contracts'

/** `usual` is the default window of the instance. */
export type Preset = 'usual' | 'settled30' | 'month'

/** What the person chose: a preset that moves with the days, or two texts of their own. */
export interface WindowChoice {
  preset: Preset | 'exact'
  /** As typed; used with `exact`. */
  from: string
  to: string
  timeZone: string
}

export type WindowFault = 'zone' | 'shape' | 'date' | 'order'

export interface ReadWindow {
  /** Null while a field has a fault. */
  window: TimeWindow | null
  faults: { from: WindowFault | null; to: WindowFault | null }
}

/** The window of a choice, or what is wrong with its fields. */
export function readWindow(choice: WindowChoice, now: Date, defaults: RunDefaults): ReadWindow {
  const none = { from: null, to: null }
  if (choice.preset !== 'exact')
    return { window: presetWindow(choice.preset, now, { ...defaults, timeZone: choice.timeZone }), faults: none }
  const from = readWallClock(choice.from)
  const to = readWallClock(choice.to)
  if (!from.ok || !to.ok)
    return { window: null, faults: { from: from.ok ? null : from.fault, to: to.ok ? null : to.fault } }
  const window = TimeWindow.safeParse({ start: from.value, end: to.value, timeZone: choice.timeZone })
  return window.success ? { window: window.data, faults: none } : { window: null, faults: { from: null, to: 'order' } }
}

function presetWindow(preset: Preset, now: Date, defaults: RunDefaults): TimeWindow {
  const { timeZone } = defaults
  if (preset === 'usual') return defaultWindow(now, defaults)
  if (preset === 'settled30') return defaultWindow(now, { ...defaults, windowDays: 30 })
  const today = dateIn(timeZone, now)
  const firstOfMonth = `${today.slice(0, 7)}-01`
  return daysWindow(`${addDays(firstOfMonth, -1).slice(0, 7)}-01`, firstOfMonth, timeZone)
}

/** The window from the start of one day to the start of another, exclusive. */
export function daysWindow(from: string, to: string, timeZone: string): TimeWindow {
  return TimeWindow.parse({ start: `${from}T00:00:00`, end: `${to}T00:00:00`, timeZone })
}

export type WallClock = { ok: true; value: string } | { ok: false; fault: 'zone' | 'shape' | 'date' }

/**
 * A typed day or time as AMC takes it, `YYYY-MM-DDTHH:MM:SS`. A time with a zone is refused and not converted: AMC answers such
 * a window with an empty result (F-05), and the zone has its own field.
 */
export function readWallClock(text: string): WallClock {
  const typed = text.trim()
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:\.\d+)?)?)?(.*)$/i.exec(typed)
  if (match === null) return { ok: false, fault: 'shape' }
  const [, day = '', minutes = '00:00', seconds = '00', rest = ''] = match
  if (rest !== '')
    return {
      ok: false,
      fault: /^\s*(z|utc|gmt|[+-]\d{2}:?\d{0,2}|[A-Za-z]+\/[A-Za-z_]+)$/i.test(rest) ? 'zone' : 'shape',
    }
  const value = `${day}T${minutes}:${seconds}`
  const instant = new Date(`${value}Z`)
  const real = !Number.isNaN(instant.getTime()) && instant.toISOString().slice(0, 19) === value
  return real ? { ok: true, value } : { ok: false, fault: 'date' }
}

/** A time of a window as its field shows it: the day alone where it is midnight. */
export function fieldText(time: string): string {
  return time.endsWith('T00:00:00') ? time.slice(0, 10) : time
}

/** The window of the address, the default window and zone of the instance where it names none. */
export function choiceOfParam(param: string | undefined, now: Date, defaults: RunDefaults): WindowChoice {
  const [what = '', zone = defaults.timeZone] = (param ?? '').split('@')
  const timeZone = TimeWindow.shape.timeZone.safeParse(zone).success ? zone : defaults.timeZone
  if (what === 'settled30' || what === 'month')
    return filled({ preset: what, from: '', to: '', timeZone }, now, defaults)
  const [from = '', to = ''] = what.split('..')
  const exact: WindowChoice = { preset: 'exact', from, to, timeZone }
  return readWindow(exact, now, defaults).window === null
    ? filled({ preset: 'usual', from: '', to: '', timeZone }, now, defaults)
    : filled(exact, now, defaults)
}

/** The choice for the address; undefined for the default, null while it has a fault. */
export function paramOfChoice(choice: WindowChoice, now: Date, defaults: RunDefaults): string | undefined | null {
  const { window } = readWindow(choice, now, defaults)
  if (window === null) return null
  const zone = choice.timeZone === defaults.timeZone ? '' : `@${choice.timeZone}`
  if (choice.preset !== 'exact') return choice.preset === 'usual' && zone === '' ? undefined : `${choice.preset}${zone}`
  return `${fieldText(window.start)}..${fieldText(window.end)}${zone}`
}

/** The same choice with its fields showing the window that it means. */
export function filled(choice: WindowChoice, now: Date, defaults: RunDefaults): WindowChoice {
  const { window } = readWindow(choice, now, defaults)
  return window === null ? choice : { ...choice, from: fieldText(window.start), to: fieldText(window.end) }
}

export interface WindowState {
  state: 'settled' | 'settling' | 'incomplete'
  /** How many days are in that state. */
  days: number
}

/** How final a window is: the worst state of its days, and of how many. */
export function stateOfWindow(window: TimeWindow, now: Date, { settledAfterDays }: RunDefaults): WindowState {
  const counts = { settled: 0, settling: 0, incomplete: 0 }
  const last = window.end.endsWith('T00:00:00') ? addDays(window.end.slice(0, 10), -1) : window.end.slice(0, 10)
  for (let day = window.start.slice(0, 10); day <= last; day = addDays(day, 1))
    counts[dayState(day, window.timeZone, now, settledAfterDays)] += 1
  if (counts.incomplete > 0) return { state: 'incomplete', days: counts.incomplete }
  return counts.settling > 0 ? { state: 'settling', days: counts.settling } : { state: 'settled', days: counts.settled }
}
