import type { Execution, ParameterValues, TimeWindow } from '@recomamp/contracts'
import type { z } from 'zod'

type Values = z.infer<typeof ParameterValues>
type Value = Values[string]

/** What decides an answer. */
export interface Question {
  template: string
  values: Values
  privacyFilteringBehavior: Execution['privacyFilteringBehavior']
  instanceId: Execution['instance']['id']
  window: TimeWindow
}

export interface ValueDifference {
  name: string
  /** Of lists: the values that came and went. */
  added: string[]
  removed: string[]
  /** Of a single value; null where there was, or is, none. */
  before: string | null
  now: string | null
}

export interface Differences {
  /** Lines of the text that are new or changed, from 1; and how many more went than came in their place. */
  lines: { changed: number[]; removed: number }
  values: ValueDifference[]
  window: boolean
  privacy: boolean
  instance: boolean
}

/** What a question asks otherwise than an earlier run did. */
export function differencesOf(now: Question, last: Question): Differences {
  const names = new Set([...Object.keys(last.values), ...Object.keys(now.values)])
  return {
    lines: changedLines(last.template, now.template),
    values: [...names].flatMap((name) => valueDifference(name, last.values[name], now.values[name])),
    window:
      now.window.start !== last.window.start ||
      now.window.end !== last.window.end ||
      now.window.timeZone !== last.window.timeZone,
    privacy: now.privacyFilteringBehavior !== last.privacyFilteringBehavior,
    instance: now.instanceId !== last.instanceId,
  }
}

/** Whether both ask the same. */
export function isSame({ lines, values, window, privacy, instance }: Differences): boolean {
  const sameText = lines.changed.length === 0 && lines.removed === 0
  return sameText && values.length === 0 && !window && !privacy && !instance
}

function valueDifference(name: string, before: Value | undefined, now: Value | undefined): ValueDifference[] {
  if (JSON.stringify(before) === JSON.stringify(now)) return []
  if (!Array.isArray(before) && !Array.isArray(now))
    return [{ name, added: [], removed: [], before: wordOf(before), now: wordOf(now) }]
  const [old, next] = [listOf(before), listOf(now)]
  const [had, has] = [new Set(old), new Set(next)]
  const added = next.filter((each) => !had.has(each))
  const removed = old.filter((each) => !has.has(each))
  return added.length + removed.length === 0 ? [] : [{ name, added, removed, before: null, now: null }]
}

function listOf(value: Value | undefined): string[] {
  return (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(String)
}

function wordOf(value: Value | undefined): string | null {
  return value === undefined ? null : String(value)
}

/** Longer stretches are not compared line by line; all of them then count as changed. */
const mostComparisons = 1_000_000

/** The lines of `now` that `before` does not have in this order, and how many of `before` have nothing in their place. */
export function changedLines(before: string, now: string): Differences['lines'] {
  const [old, next] = [before.split('\n'), now.split('\n')]
  let start = 0
  while (start < old.length && start < next.length && old[start] === next[start]) start += 1
  let end = 0
  while (end < old.length - start && end < next.length - start && old.at(-1 - end) === next.at(-1 - end)) end += 1
  const a = old.slice(start, old.length - end)
  const b = next.slice(start, next.length - end)
  const kept = a.length * b.length > mostComparisons ? new Set<number>() : commonLines(a, b)
  const changed = b.flatMap((_, at) => (kept.has(at) ? [] : [start + at + 1]))
  return { changed, removed: Math.max(0, a.length - kept.size - changed.length) }
}

/** Which lines of `b` belong to a longest sequence that both have. */
function commonLines(a: readonly string[], b: readonly string[]): Set<number> {
  const width = b.length + 1
  const lengths = new Uint32Array((a.length + 1) * width)
  const length = (i: number, j: number) => lengths[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      lengths[i * width + j] = a[i] === b[j] ? length(i + 1, j + 1) + 1 : Math.max(length(i + 1, j), length(i, j + 1))
  const kept = new Set<number>()
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      kept.add(j)
      i += 1
      j += 1
    } else if (length(i + 1, j) >= length(i, j + 1)) i += 1
    else j += 1
  }
  return kept
}
