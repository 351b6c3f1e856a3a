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
}

export const space: Doc = { kind: 'space', flat: 1, head: 1, breakable: false }
/** A blank, or a line break in a broken group. */
export const line: Doc = { kind: 'line', flat: 1, head: 0, breakable: true }
/** Nothing, or a line break in a broken group. */
export const softLine: Doc = { kind: 'line', flat: 0, head: 0, breakable: true }
export const hard: Doc = { kind: 'hard', piece: null, flat: Infinity, head: 0, breakable: true }

export function word(piece: Piece, bare = false): Doc {
  let flat = piece.text.length
  for (const remark of piece.after) flat += remark.text.length + 1
  const remarked = !bare && piece.before.length > 0
  const breakable = remarked || piece.endsLine || piece.after.some((remark) => remark.endsLine)
  return { kind: 'word', piece, bare, flat: breakable ? Infinity : flat, head: remarked ? 0 : flat, breakable }
}

export function remarks(piece: Piece): Doc {
  return { kind: 'remarks', piece, flat: Infinity, head: 0, breakable: true }
}

/** A line break that keeps a blank line of the source. */
export function hardBefore(piece: Piece | undefined): Doc {
  return { kind: 'hard', piece: piece ?? null, flat: Infinity, head: 0, breakable: true }
}

export function indent(body: Doc): Doc {
  return { kind: 'indent', body, flat: body.flat, head: body.head, breakable: body.breakable }
}

export function group(body: Doc): Doc {
  return { kind: 'group', body, flat: body.flat, head: body.head, breakable: body.breakable }
}

export function list(parts: readonly Doc[]): Doc {
  let flat = 0
  let head = 0
  let breakable = false
  for (const part of parts) {
    flat += part.flat
    if (breakable) continue
    head += part.head
    breakable = part.breakable
  }
  return { kind: 'list', parts, flat, head, breakable }
}

export function fill(parts: readonly Doc[], hangs = false): Doc {
  let flat = Math.max(0, parts.length - 1)
  for (const part of parts) flat += part.flat
  const breakable = parts.length > 1 || (parts[0]?.breakable ?? false)
  return { kind: 'fill', parts, hangs, flat, head: parts[0]?.head ?? 0, breakable }
}

/** Documents with a separator between each two. */
export function join(parts: readonly Doc[], separator: Doc): Doc {
  return list(parts.flatMap((part, index) => (index === 0 ? [part] : [separator, part])))
}
