import type { Piece } from './pieces.ts'

/** A layout that is not decided yet: the printer chooses which lines break, so that the text keeps to its width. */
export type Doc = Measures &
  (
    | { kind: 'word'; piece: Piece; bare: boolean }
    /** The comments in front of a piece, where the piece itself stands elsewhere. */
    | { kind: 'remarks'; piece: Piece }
    | { kind: 'space' }
    /** A line break where the group around it is broken, else `flat` blanks. */
    | { kind: 'line' }
    /** A line break in any case; a blank line of the source before `piece` is kept. */
    | { kind: 'hard'; piece: Piece | null }
    | { kind: 'indent'; body: Doc }
    /** All its lines break, or none. */
    | { kind: 'group'; body: Doc }
    | { kind: 'list'; parts: readonly Doc[] }
    /** Parts with blanks between them, a line break where the next one does not fit; if it hangs, all but the first are indented. */
    | { kind: 'fill'; parts: readonly Doc[]; hangs: boolean }
  )

interface Measures {
  /** The columns that it takes on one line, Infinity where it cannot stand on one. */
  flat: number
  /** The columns up to the first place where it could break. */
  head: number
  breakable: boolean
  /** Its first piece, where comments or a line break come in front of it, and its columns without them. */
  lead: Piece | null
  ledFlat: number
}

export const space: Doc = { kind: 'space', flat: 1, head: 1, breakable: false, lead: null, ledFlat: 1 }
/** A blank, or a line break in a broken group. */
export const line: Doc = { kind: 'line', flat: 1, head: 0, breakable: true, lead: null, ledFlat: 1 }
/** Nothing, or a line break in a broken group. */
export const softLine: Doc = { kind: 'line', flat: 0, head: 0, breakable: true, lead: null, ledFlat: 0 }
const forced = { flat: Infinity, head: 0, breakable: true, lead: null, ledFlat: Infinity } as const
export const hard: Doc = { kind: 'hard', piece: null, ...forced }

export function word(piece: Piece, bare = false): Doc {
  let own = piece.text.length
  for (const remark of piece.after) own += remark.text.length + 1
  const isLed = (!bare && piece.before.length > 0) || piece.kept === 'break'
  const isLast = piece.endsLine || piece.after.some((remark) => remark.endsLine)
  return {
    kind: 'word',
    piece,
    bare,
    flat: isLed || isLast ? Infinity : own,
    head: isLed ? 0 : own,
    breakable: isLed || isLast,
    lead: isLed && !bare ? piece : null,
    ledFlat: isLast ? Infinity : own,
  }
}

export function remarks(piece: Piece): Doc {
  return { kind: 'remarks', piece, ...forced }
}

/** A line break that keeps a blank line of the source. */
export function hardBefore(piece: Piece | undefined): Doc {
  return { kind: 'hard', piece: piece ?? null, ...forced }
}

export function indent(body: Doc): Doc {
  const { flat, head, breakable, lead, ledFlat } = body
  return { kind: 'indent', body, flat, head, breakable, lead, ledFlat }
}

export function group(body: Doc): Doc {
  const { flat, head, breakable, lead, ledFlat } = body
  return { kind: 'group', body, flat, head, breakable, lead, ledFlat }
}

export function list(parts: readonly Doc[]): Doc {
  let flat = 0
  let head = 0
  let breakable = false
  let first: Doc | null = null
  let rest = 0
  for (const part of parts) {
    flat += part.flat
    if (first !== null) rest += part.flat
    else if (part.kind !== 'list' || part.parts.length > 0) first = part
    if (breakable) continue
    head += part.head
    breakable = part.breakable
  }
  return {
    kind: 'list',
    parts,
    flat,
    head,
    breakable,
    lead: first?.lead ?? null,
    ledFlat: rest + (first?.ledFlat ?? 0),
  }
}

export function fill(parts: readonly Doc[], hangs = false): Doc {
  const { flat, head, breakable, lead, ledFlat } = list(parts)
  const blanks = Math.max(0, parts.length - 1)
  return {
    kind: 'fill',
    parts,
    hangs,
    flat: flat + blanks,
    head: parts.length > 1 ? (parts[0]?.head ?? 0) : head,
    breakable: breakable || parts.length > 1,
    lead,
    ledFlat: ledFlat + blanks,
  }
}

/** Documents with a separator between each two. */
export function join(parts: readonly Doc[], separator: Doc): Doc {
  return list(parts.flatMap((part, index) => (index === 0 ? [part] : [separator, part])))
}
