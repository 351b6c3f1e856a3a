import type { Call } from '../../tree.ts'
import { type Mending, operandText, replace, suggest } from '../../edits.ts'
import type { RuleContext } from '../rule.ts'

/** The bucket of each row by its number; rows that do not divide evenly fall a little differently than with NTILE. */
export function countBuckets(context: RuleContext, call: Call): Mending {
  const { over } = call
  const [count] = call.arguments
  if (over === null || count === undefined || call.arguments.length > 1 || over.orderBy.length === 0) return {}
  const number =
    count.kind === 'literal' && count.type === 'integer'
      ? `${count.value}.0`
      : `1.0 * ${operandText(context.text, count)}`
  const partition = over.partitionBy.map((one) => context.textOf(one)).join(', ')
  const all = partition === '' ? '()' : `(PARTITION BY ${partition})`
  const text = `CEIL(${number} * ROW_NUMBER() OVER ${context.textOf(over)} / NULLIF(SUM(1) OVER ${all}, 0))`
  return suggest('Number the rows and divide by their count', replace(call, text))
}
