import { readDuration } from '../../resolve/duration.ts'
import type { FaultOf } from '../../resolve/faults.ts'
import type { Expression, ExtendedWindow } from '../../tree.ts'
import { insert, type Mending, mend, replace } from '../../edits.ts'

/** Arguments of EXTEND_TIME_WINDOW as the texts that are meant. */
export function extensionText({ range, reason, text }: FaultOf<'time-extension'>): Mending {
  if (reason === 'count') return text === '2' ? addLookahead(range as ExtendedWindow) : {}
  if (reason === 'cte') return {}
  const node = range as Expression
  const name = node.kind === 'column' ? node.parts.map((part) => part.text).join('.') : null
  const written = name ?? durationOf(text)
  return written === null ? {} : mend(`Write '${written}'`, replace(range, `'${written}'`))
}

/** Lookback alone: AMC wants the lookahead said too, and without it there is none. */
function addLookahead({ arguments: given }: ExtendedWindow): Mending {
  const last = given.at(-1)
  return last === undefined ? {} : mend("Add 'P0D'", insert(last.to, ", 'P0D'"))
}

/** `28`, `28 days`, `28D`, `P28`, `INTERVAL '28' DAY` as P28D. */
function durationOf(text: string): string | null {
  const found = /^(?:interval\s+)?'?\s*-?p?\s*(\d+)\s*'?\s*([a-z]*)'?$/i.exec(text.trim())
  if (found === null) return null
  const unit = found[2] === '' || found[2] === undefined ? 'D' : found[2].slice(0, 1).toUpperCase()
  const count = unit === 'W' ? Number(found[1]) * 7 : found[1]
  const written = `P${count}${unit === 'W' ? 'D' : unit}`
  return /^(|d|days?|w|weeks?)$/i.test(found[2] ?? '') && readDuration(written) !== null ? written : null
}
