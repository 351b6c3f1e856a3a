import { callable } from '../functions/catalogue.ts'
import { childrenOf } from '../resolve/children.ts'
import type { Call, Expression, Range } from '../tree.ts'
import { isSearch } from './comparisons.ts'
import type { RuleContext } from './rule.ts'

/** Functions that treat all ids alike: none of them answers NULL for some ids and not for others. */
const impartial =
  /^(CONCAT|COALESCE|IFNULL|NVL|NVL2|IF|UPPER|LOWER|TRIM|LTRIM|RTRIM|BTRIM|LENGTH|CHAR_LENGTH|CHARACTER_LENGTH|MD5|SHA1|HASH64|NAMED_ROW|JSON_SERIALIZE|ARRAY_TO_STRING)$/i

/**
 * Where a value of class VERY_HIGH goes through arithmetic, a cast or a function together with a fixed value. `1 / (id - 1001)` is
 * NULL for one person alone, so that counting it tells of that person. Comparisons and
 * searches are another matter.
 */
export function* partlyReads(context: RuleContext): Iterable<{ range: Range; id: Range }> {
  for (const kind of ['chain', 'cast', 'subscript', 'call'] as const)
    for (const expression of context.expressions(kind)) {
      const parts = partsOf(expression)
      const id = parts.find((part) => context.facts(part)?.threshold === 'VERY_HIGH')
      if (id === undefined) continue
      const fixed = expression.kind === 'cast' || parts.some((part) => isFixed(context, part))
      if (fixed) yield { range: expression, id }
    }
}

function isFixed(context: RuleContext, part: Expression): boolean {
  const facts = context.facts(part)
  return facts?.constant === true && facts.type.kind !== 'NULL'
}

function partsOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'chain':
      return ['AND', 'OR', '||'].includes(node.operators[0] ?? '') ? [] : node.operands
    case 'cast':
      return /^(CHAR|VARCHAR|STRING|SYMBOL)$/i.test(node.type.name) ? [] : [node.operand]
    case 'subscript':
      return childrenOf(node)
    case 'call':
      return isSearch(node) || impartial.test(node.name.text) || isOverRows(node) ? [] : node.arguments
    default:
      return []
  }
}

/** Aggregates and window functions, whose further arguments say how they read the values of all rows. */
function isOverRows(node: Call): boolean {
  return node.over !== null || callable.get(node.name.text.toUpperCase())?.kind === 'aggregate'
}
