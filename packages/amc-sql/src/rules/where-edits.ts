import type { Edit } from '../diagnostic.ts'
import type { Expression, Range, Select } from '../tree.ts'
import type { RuleContext } from './rule.ts'

/** Takes one of the conditions of a WHERE out of it, and the word with the last one; null where it is not one of them by itself. */
export function withoutCondition(context: RuleContext, { where }: Select, condition: Expression): Edit | null {
  if (where === null) return null
  const around = withOwnParentheses(context, condition)
  const [before, after] = [context.tokenBefore(around.from), context.tokenAfter(around.to)]
  if (where === condition) return before?.word === 'WHERE' ? removal(context, before.from, around.to) : null
  if (where.kind !== 'chain' || where.operators[0] !== 'AND' || !where.operands.includes(condition)) return null
  if (before?.word === 'AND') return removal(context, before.from, around.to)
  if (after?.word !== 'AND') return null
  return { from: around.from, to: context.tokenAfter(after.to)?.from ?? after.to, text: '' }
}

/** The range of a condition with the parentheses around it, but not with those of a call or of IN. */
export function withOwnParentheses(context: RuleContext, node: Range): Range {
  let { from, to } = node
  for (;;) {
    const [before, after] = [context.tokenBefore(from), context.tokenAfter(to)]
    if (before?.word !== '(' || after?.word !== ')') return { from, to }
    const opener = context.tokenBefore(before.from)
    if (opener !== null && !separators.has(opener.word)) return { from, to }
    from = before.from
    to = after.to
  }
}

const separators: ReadonlySet<string> = new Set(
  '( , WHERE AND OR ON HAVING NOT SELECT WHEN THEN ELSE + - * / = <> != < > <= >='.split(' '),
)

/** Removes a range with the white space before it. */
export function removal({ text }: RuleContext, from: number, to: number): Edit {
  let start = from
  while (start > 0 && /\s/.test(text[start - 1] ?? '')) start -= 1
  return { from: start, to, text: '' }
}
