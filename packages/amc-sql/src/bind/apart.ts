import type { Range } from '../tree.ts'

/** What replaces a range, with spaces where it would otherwise grow together with what stands beside it: `a -{{n}}` is no comment. */
export function apart(text: string, range: Range, written: string): string {
  const before = text[range.from - 1] ?? ' '
  const after = text[range.to] ?? ' '
  return `${/[\w'"-]|[^\0-\x7f]/.test(before) ? ' ' : ''}${written}${/[\w'"]|[^\0-\x7f]/.test(after) ? ' ' : ''}`
}
