import type { Token } from '../scan.ts'
import type { Expression } from '../tree.ts'
import { mend, replace } from '../edits.ts'
import type { Cursor } from './cursor.ts'

/** How tightly operators bind, as Calcite has it: a higher number binds first. */
export const binding = {
  none: 0,
  or: 22,
  and: 24,
  not: 26,
  is: 28,
  comparison: 30,
  range: 32,
  sum: 40,
  product: 60,
  sign: 80,
  postfix: 90,
} as const

const prefixWords: ReadonlySet<string> = new Set(
  '( CASE CAST EXTRACT INTERVAL ARRAY EXISTS NOT TRUE FALSE NULL CURRENT_DATE CURRENT_TIMESTAMP'.split(' '),
)

/** True where the next token can only be the start of another expression. */
export function beginsExpression(c: Cursor): boolean {
  const { kind, word } = c.token
  if (kind === 'name' || kind === 'quoted-name' || kind === 'string' || kind === 'number' || kind === 'parameter')
    return true
  return prefixWords.has(word) || ((word === 'LEFT' || word === 'RIGHT') && c.peek(1).word === '(')
}

/** True where a query begins: the words that open one. */
export function beginsQuery(token: Token): boolean {
  return token.word === 'SELECT' || token.word === 'WITH' || token.word === 'VALUES'
}

/** exprs = expr { "," expr } ; a missing comma is reported and put in */
export function parseExpressions(c: Cursor): Expression[] {
  const items = [c.grammar.expression(c, binding.none)]
  for (;;) {
    if (c.endsPart) return items
    if (c.accept(',')) {
      if (c.is(')')) c.strayComma()
    } else if (beginsExpression(c)) missingComma(c)
    else return items
    items.push(c.grammar.expression(c, binding.none))
  }
}

/** Says that a list goes on without a comma. */
export function missingComma(c: Cursor): void {
  if (c.passQuoteSlip()) return
  c.fault(`A comma is missing before ${c.here()}`, 'Put a comma between the two', ['","'], c.add(','))
}

/** condition = expr ; two conditions without AND or OR between them are reported and joined */
export function parseCondition(c: Cursor): Expression {
  const from = c.token.from
  let condition = c.grammar.expression(c, binding.none)
  while (beginsExpression(c)) {
    if (c.passQuoteSlip()) break
    const last = condition.kind === 'chain' ? condition.operands.at(-1) : condition
    if (passWords(c, last)) break
    const isWhole = last?.kind !== 'column' && last?.kind !== 'literal'
    if (isWhole) c.fault(`${c.here()} is not expected here`, `Put AND or OR before ${c.here()}`, ['"AND"', '"OR"'])
    else c.fault(`An operator is missing before ${c.here()}`, 'Write =, <> or LIKE between the two', ['"="'])
    condition = and(c, condition, c.grammar.expression(c, binding.none), from)
  }
  return condition
}

/** `campaign = Prime Day`: a text of several words without its quotes. */
function passWords(c: Cursor, last: Expression | undefined): boolean {
  if (last?.kind !== 'binary' || last.right.kind !== 'column' || last.right.parts.length > 1) return false
  let words = 0
  while (words < 8 && c.peek(words).kind === 'name') words += 1
  const { kind, word } = c.peek(words)
  if (words === 0 || kind === 'operator' || word === '(' || word === '.' || comparing.has(word)) return false
  const { from } = last.right
  for (let at = 0; at < words; at += 1) c.advance()
  const range = { from, to: c.end }
  const quoted = `'${c.textOf(range)}'`
  const mending = mend(`Write ${quoted}`, replace(range, quoted))
  c.report(
    'syntax',
    'error',
    range,
    'This text has no quotes',
    `Write ${quoted}`,
    `Encountered "${quoted.slice(1, -1)}"`,
    mending,
  )
  last.right = { kind: 'missing', from, to: c.end }
  return true
}

const comparing: ReadonlySet<string> = new Set(['IN', 'IS', 'NOT', 'LIKE', 'BETWEEN', 'SIMILAR'])

/** Two conditions that must both hold; a chain of AND takes the new one in. */
export function and(c: Cursor, left: Expression, right: Expression, from: number): Expression {
  const range = c.rangeFrom(from)
  if (left.kind !== 'chain' || left.operators[0] !== 'AND')
    return { kind: 'chain', operands: [left, right], operators: ['AND'], ...range }
  left.operands.push(right)
  left.operators.push('AND')
  left.to = range.to
  return left
}
