import type { Edit, Fix } from './diagnostic.ts'
import { isReservedWord } from './keywords.ts'
import type { Expression, Range } from './tree.ts'

/** Findings about how a text is written; before they are mended the others may only follow from them. */
export const aboutWriting: ReadonlySet<string> = new Set(['syntax', 'lexical', 'placeholder', 'AMC019'])

/** What a finding carries of fixes; empty where none follows from the text. */
export type Mending = { fixes?: Fix[] }

/** A fix that keeps or plainly restores what the query means. */
export function mend(title: string, ...edits: Edit[]): Mending {
  return { fixes: [{ title, edits }] }
}

/** A fix that a person must choose, because the query may mean something else afterwards. */
export function suggest(title: string, ...edits: Edit[]): Mending {
  return { fixes: [{ title, edits, suggestion: true }] }
}

export function replace(range: Range, text: string): Edit {
  return { from: range.from, to: range.to, text }
}

export function insert(at: number, text: string): Edit {
  return { from: at, to: at, text }
}

/** Takes a member out of a list with the separator beside it; what stands between other members stays. */
export function removeItem(items: readonly Range[], at: number): Edit {
  const [item, before, after] = [items[at], items[at - 1], items[at + 1]]
  if (item === undefined) return { from: 0, to: 0, text: '' }
  if (before !== undefined) return { from: before.to, to: item.to, text: '' }
  return { from: item.from, to: after?.from ?? item.to, text: '' }
}

/** A name as it stands in a query: in double quotes where it must. */
export function nameText(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !isReservedWord(name) ? name : `"${name.replaceAll('"', '""')}"`
}

/** The text of an expression as an operand: in parentheses unless it stands for itself. */
export function operandText(text: string, node: Expression): string {
  const written = text.slice(node.from, node.to)
  switch (node.kind) {
    case 'column':
    case 'literal':
    case 'parameter':
    case 'call':
    case 'cast':
    case 'case':
    case 'extract':
    case 'subquery':
    case 'array':
      return written
    default:
      return `(${written})`
  }
}

/** The text with every edit made; edits must not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = ''
  let at = 0
  for (const edit of edits.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    result += text.slice(at, edit.from) + edit.text
    at = edit.to
  }
  return result + text.slice(at)
}
