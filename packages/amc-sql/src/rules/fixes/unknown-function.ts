import { stringLiteral } from '../../resolve/calls.ts'
import type { Call, Range } from '../../tree.ts'
import { type Mending, mend, operandText, replace, suggest } from '../../edits.ts'
import type { RuleContext } from '../rule.ts'
import { rewriteForeign } from './foreign-calls.ts'

/** A call of another dialect in AMC's words. */
export function rewriteCall(context: RuleContext, call: Call): Mending {
  if (call.filter !== null) return {}
  const name = call.name.text.toUpperCase()
  const order = orderWithin(context, call)
  const rewriting = rewriteForeign({
    name,
    // PERCENTILE_CONT(share) WITHIN GROUP (ORDER BY value)
    ...operands(context, call, name.startsWith('PERCENTILE_') ? order : null),
    distinct: call.distinct,
  })
  if (rewriting === null) return {}
  let { text, suggestion } = rewriting
  if (name === 'SPLIT') text = quotedPattern(call, text)
  if (order !== null && text.includes('COLLECT(')) {
    // The order is that of the values themselves, or one that COLLECT does not keep.
    const [value] = call.arguments
    const sorted = value !== undefined && order.replace(/\s+ASC$/i, '') === context.textOf(value)
    if (sorted) text = text.replace(/COLLECT\((.*?)\)(?=[,)])/s, 'ARRAY_SORT(COLLECT($1))')
    suggestion ||= !sorted
  }
  const plain = /^[A-Z_]+(\(.*\))?$/s.test(text)
  // OVER (…) stays behind a call and goes with nothing else.
  if (call.over !== null && !plain) return {}
  const range = call.over === null ? call : { from: call.from, to: closing(context, call) }
  if (!plain && isOperand(context, range)) text = `(${text})`
  // Where nothing stood between a call and the next word, a text without a bracket at its end would run into it.
  if (/\w$/.test(text) && /\w/.test(context.text[range.to] ?? '')) text += ' '
  const title = text.length > 60 ? `Write ${text.slice(0, 59)}…` : `Write ${text}`
  return (suggestion ? suggest : mend)(title, replace(range, text))
}

/** What WITHIN GROUP orders by, or null. */
function orderWithin(context: RuleContext, call: Call): string | null {
  const found = /WITHIN\s+GROUP\s*\(\s*ORDER\s+BY\s+([\s\S]*)\)$/i.exec(context.textOf(call))
  return found?.[1]?.trim() ?? null
}

function operands(context: RuleContext, call: Call, first: string | null) {
  const before = first === null ? [] : [first]
  return {
    arguments: [...before, ...call.arguments.map((argument) => context.textOf(argument))],
    operands: [...before, ...call.arguments.map((argument) => operandText(context.text, argument))],
  }
}

/** The end of the argument list of a call that has OVER behind it. */
function closing(context: RuleContext, call: Call): number {
  let token = context.tokenAfter(call.arguments.at(-1)?.to ?? call.name.to)
  while (token !== null && token.word !== ')') token = context.tokenAfter(token.to)
  return token?.to ?? call.to
}

/** True where an operator stands beside the range. */
function isOperand(context: RuleContext, range: Range): boolean {
  const binds = (token: ReturnType<RuleContext['tokenBefore']>) =>
    token?.kind === 'operator' || /^(NOT|IS|IN|LIKE|SIMILAR|BETWEEN)$/.test(token?.word ?? '')
  return binds(context.tokenBefore(range.from)) || binds(context.tokenAfter(range.to))
}

/** SPLIT takes plain text where REGEXP_SPLIT takes a pattern. */
function quotedPattern(call: Call, text: string): string {
  const separator = stringLiteral(call.arguments[1])
  if (separator === null) return text
  const pattern = separator.replaceAll(/[\\^$.|?*+()[\]{}]/g, String.raw`\$&`).replaceAll("'", "''")
  return text.slice(0, text.lastIndexOf("'", text.length - 3)) + `'${pattern}')`
}
