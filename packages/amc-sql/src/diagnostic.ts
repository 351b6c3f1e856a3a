import type { Range } from './tree.ts'

/** One finding about a text, at its place. Offsets are UTF-16 code units, `to` exclusive. */
export interface Diagnostic extends Range {
  /** Stable: `AMC009` for lint and privacy rules, `syntax`, `lexical`, `parameter-missing`, … for the rest. */
  code: string
  severity: 'error' | 'warning' | 'info'
  /** An error by our own judgement: AMC runs the query and answers with wrong numbers. */
  ours?: true
  /** For people: what is wrong, in plain words. */
  message: string
  /** What to do about it. */
  help?: string
  /** The words that Amazon's Calcite front end would use, without the position frame; the emulator answers with them. */
  amc?: string
  /** Ways to mend it, the best one first. */
  fixes?: Fix[]
}

/** A change of the text that mends a finding. */
export interface Fix {
  /** What it does, as an order: "Write IS NULL". */
  title: string
  /** In the order of the text, none inside another. */
  edits: Edit[]
  /** True where a person must choose it, because the query may mean something else afterwards; `fixAll` leaves it alone. */
  suggestion?: true
}

/** Puts a text in the place of a range; offsets are those of the unchanged text. */
export interface Edit extends Range {
  text: string
}

/** Line and column, both from 1, of an offset. */
export interface Position {
  line: number
  column: number
}

/** Line and column (from 1, in UTF-16 code units) of an offset in a text. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset)
  const lastBreak = before.lastIndexOf('\n')
  let line = 1
  for (let at = before.indexOf('\n'); at !== -1; at = before.indexOf('\n', at + 1)) line += 1
  return { line, column: offset - lastBreak }
}

/** The offset of a line and column (from 1); a place behind the end of its line or of the text becomes that end. */
export function offsetOf(text: string, position: Position): number {
  let start = 0
  for (let line = 1; line < position.line; line += 1) {
    const lineBreak = text.indexOf('\n', start)
    if (lineBreak === -1) return text.length
    start = lineBreak + 1
  }
  const lineBreak = text.indexOf('\n', start)
  return Math.min(start + Math.max(0, position.column - 1), lineBreak === -1 ? text.length : lineBreak)
}
