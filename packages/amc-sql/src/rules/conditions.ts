import type { Edit } from '../diagnostic.ts'
import type { ResolvedSelect } from '../resolve/resolution.ts'
import type { Expression, Range } from '../tree.ts'
import { insert, removeItem } from '../edits.ts'
import type { RuleContext } from './rule.ts'

/** The operands of one chain of AND that some of its members must leave; null where one of them stands deeper. */
function operandsOf(condition: Expression): readonly Expression[] {
  return condition.kind === 'chain' && condition.operators[0] === 'AND' ? condition.operands : [condition]
}

/** Adds a condition to the WHERE of a SELECT, which gets one where it has none. */
export function addCondition(context: RuleContext, { node }: ResolvedSelect, condition: string): Edit[] {
  const { where, tables } = node
  if (where === null) return [insert(tables.at(-1)?.to ?? node.to, ` WHERE ${condition}`)]
  const { from, to } = context.withParentheses(where)
  if (where.kind === 'chain' && where.operators[0] === 'OR' && from === where.from)
    return [insert(from, '('), insert(to, `) AND ${condition}`)]
  return [insert(to, ` AND ${condition}`)]
}

/** Takes conditions out of WHERE, and the word with the last of them; null where one is no direct member of it. */
export function dropConditions(context: RuleContext, where: Expression, drops: ReadonlySet<Expression>): Edit[] | null {
  const operands = operandsOf(where)
  const ranges = operands.map((operand) => context.withParentheses(operand))
  const left = operands.filter((operand) => !drops.has(operand))
  if (operands.length - left.length !== drops.size) return null
  if (left.length > 0) return neighbours(ranges, operands, drops)
  const whole = context.withParentheses(where)
  const word = context.tokenBefore(whole.from)
  const before = word === null ? null : context.tokenBefore(word.from)
  return word?.word === 'WHERE' && before !== null ? [{ from: before.to, to: whole.to, text: '' }] : null
}

/** One edit for each run of members that go, so that no two edits touch. */
function neighbours(ranges: readonly Range[], operands: readonly Expression[], drops: ReadonlySet<Expression>): Edit[] {
  const edits: Edit[] = []
  for (let at = 0; at < operands.length; at += 1) {
    let end = at
    while (isIn(drops, operands[end])) end += 1
    if (end === at) continue
    const [first, last] = [ranges[at], ranges[end - 1]]
    if (first !== undefined && last !== undefined) {
      const run = ranges.slice(0, at).concat({ from: first.from, to: last.to }, ranges.slice(end))
      edits.push(removeItem(run, at))
    }
    at = end
  }
  return edits
}

function isIn(drops: ReadonlySet<Expression>, operand: Expression | undefined): boolean {
  return operand !== undefined && drops.has(operand)
}
