import type { Token } from '../scan.ts'
import type { ChainOperator, ComparisonOperator, Expression, Like, Range } from '../tree.ts'
import { insert, type Mending, mend, replace, suggest } from '../edits.ts'
import type { Cursor } from './cursor.ts'
import { beginsExpression, beginsQuery, binding, parseExpressions } from './lists.ts'
import { parsePrimary } from './primary.ts'
import { parseTypeName } from './type-name.ts'

const comparisons: ReadonlySet<string> = new Set<ComparisonOperator>(['=', '<>', '!=', '<', '<=', '>', '>='])

const chainBinding: ReadonlyMap<string, number> = new Map<ChainOperator, number>([
  ['OR', binding.or],
  ['AND', binding.and],
  ['+', binding.sum],
  ['-', binding.sum],
  ['||', binding.product],
  ['*', binding.product],
  ['/', binding.product],
  ['%', binding.product],
])

function isComparison(word: string): word is ComparisonOperator {
  return comparisons.has(word)
}

function isChainOperator(word: string): word is ChainOperator {
  return chainBinding.has(word)
}

/** expr = prefix { operator prefix | postfix } ; only operators that bind tighter than `minimum` are taken */
export function parseExpression(c: Cursor, minimum: number): Expression {
  return c.nested(readExpression, noExpression, minimum)
}

function readExpression(c: Cursor, minimum: number): Expression {
  const from = c.token.from
  let left = parsePrefix(c)
  for (;;) {
    const next = parseOperator(c, left, from, minimum)
    if (next === null) return left
    left = next
    if (!c.grow()) return left
  }
}

function noExpression(c: Cursor): Expression {
  return c.missing()
}

function parseOperator(c: Cursor, left: Expression, from: number, minimum: number): Expression | null {
  const { word } = c.token
  if (isChainOperator(word)) return parseChain(c, left, from, minimum)
  return isComparison(word) ? parseBinary(c, word, left, from, minimum) : parsePostfix(c, left, from, minimum)
}

/** prefix = "NOT" expr | ( "+" | "-" ) expr | primary */
function parsePrefix(c: Cursor): Expression {
  const from = c.token.from
  const word = c.token.word
  if (word === 'NOT' && c.peek(1).word !== 'EXISTS') {
    c.advance()
    const operand = parseExpression(c, binding.not)
    return { kind: 'unary', operator: 'NOT', operand, from, to: c.endFrom(from) }
  }
  if (word === '-' || word === '+') {
    c.advance()
    const operand = parseExpression(c, binding.sign)
    return { kind: 'unary', operator: word, operand, from, to: c.endFrom(from) }
  }
  if (word === 'NOT') {
    c.advance()
    const operand = parsePrimary(c)
    return { kind: 'unary', operator: 'NOT', operand, from, to: c.endFrom(from) }
  }
  return parsePrimary(c)
}

/** comparison prefix */
function parseBinary(
  c: Cursor,
  operator: ComparisonOperator,
  left: Expression,
  from: number,
  minimum: number,
): Expression | null {
  if (binding.comparison <= minimum) return null
  const sign = c.advance()
  if (c.is('=') || (operator === '<' && c.is('>'))) {
    const end = c.advance()
    const whole = operator === '=' ? '=' : `${operator}${end.word}`
    const range = { from: sign.from, to: end.to }
    const mending = mend(`Write ${whole}`, replace(range, whole))
    c.report(
      'syntax',
      'error',
      range,
      'The operator is torn apart',
      `Write ${whole}`,
      `Encountered "${end.word}"`,
      mending,
    )
  }
  const right = parseExpression(c, binding.comparison)
  return { kind: 'binary', operator, left, right, from, to: c.endFrom(from) }
}

/** operator prefix { operator prefix }, all of one precedence */
function parseChain(c: Cursor, first: Expression, from: number, minimum: number): Expression | null {
  const power = chainBinding.get(c.token.word) ?? 0
  if (power <= minimum) return null
  let operands = [first]
  let operators: ChainOperator[] = []
  for (let { word } = c.token; isChainOperator(word) && chainBinding.get(word) === power; { word } = c.token) {
    c.advance()
    const operand = parseExpression(c, power)
    if (operators.length > 0) {
      operators.push(word)
      operands.push(operand)
      // Most chains have two operands, and an array that grows has room for 17.
    } else [operands, operators] = [[first, operand], [word]]
  }
  return { kind: 'chain', operands, operators, from, to: c.endFrom(from) }
}

/** postfix = "IS" … | [ "NOT" ] ( "IN" | "LIKE" | "SIMILAR" "TO" | "BETWEEN" ) … ; and what other dialects have */
function parsePostfix(c: Cursor, operand: Expression, from: number, minimum: number): Expression | null {
  const negated = c.is('NOT')
  const word = negated ? c.peek(1).word : c.token.word
  switch (word) {
    case 'IS':
      return negated || binding.is <= minimum ? null : parseIs(c, operand, from)
    case 'IN':
    case 'LIKE':
    case 'SIMILAR':
    case 'BETWEEN':
    case 'ILIKE':
    case 'RLIKE':
    case 'REGEXP': {
      if (binding.range <= minimum) return null
      const operandEnd = c.end
      if (negated) c.advance()
      const operator = c.advance()
      if (word === 'IN') return parseIn(c, operand, from, negated)
      if (word === 'BETWEEN') return parseBetween(c, operand, from, negated)
      return parseLike(c, operator, operand, { from, to: operandEnd }, negated)
    }
    case '=':
      if (!negated || binding.comparison <= minimum) return null
      return parseNotEqual(c, operand, from)
    case 'NULL':
      if (!negated || binding.is <= minimum) return null
      c.fault('IS is missing before NOT NULL', 'Write IS NOT NULL', ['"IS"'], c.add(' IS'))
      c.advance()
      c.advance()
      return { kind: 'is', negated, operand, test: 'NULL', from, to: c.endFrom(from) }
    case '::':
      return negated || binding.postfix <= minimum ? null : parseDoubleColon(c, operand, from)
    case '[':
      return negated || binding.postfix <= minimum ? null : parseSubscript(c, operand, from)
    case 'AT':
      return c.peek(1).word === 'TIME' && c.peek(2).word === 'ZONE' ? parseAtTimeZone(c, operand, from) : null
    default:
      return null
  }
}

/** `x NOT = y` */
function parseNotEqual(c: Cursor, left: Expression, from: number): Expression {
  const range = { from: c.token.from, to: c.peek(1).to }
  c.fault('NOT does not go with =', 'Write <>', [], mend('Write <>', replace(range, '<>')))
  c.advance()
  c.advance()
  const right = parseExpression(c, binding.comparison)
  return { kind: 'binary', operator: '<>', left, right, from, to: c.endFrom(from) }
}

/** "IS" [ "NOT" ] ( "NULL" | "TRUE" | "FALSE" ) */
function parseIs(c: Cursor, operand: Expression, from: number): Expression {
  const is = c.advance()
  const negated = c.accept('NOT')
  const word = c.token.word
  if (word === 'NULL' || word === 'TRUE' || word === 'FALSE') {
    c.advance()
    return { kind: 'is', negated, operand, test: word, from, to: c.endFrom(from) }
  }
  if (word === 'DISTINCT' && c.peek(1).word === 'FROM') {
    c.advance()
    const end = c.advance()
    const help = 'Write a = b OR (a IS NULL AND b IS NULL)'
    c.unsupported({ from: is.from, to: end.to }, 'AMC SQL has no IS DISTINCT FROM', help)
    const right = parseExpression(c, binding.comparison)
    return { kind: 'binary', operator: negated ? '=' : '<>', left: operand, right, from, to: c.endFrom(from) }
  }
  if (word === 'IN' || word === 'LIKE' || word === 'BETWEEN') {
    const better = negated ? `NOT ${word}` : word
    const range = { from: is.from, to: c.token.to }
    c.fault(
      `IS does not go with ${word}`,
      `Write ${better}`,
      ['"NULL"'],
      mend(`Write ${better}`, replace(range, better)),
    )
    const operator = c.advance()
    if (word === 'IN') return parseIn(c, operand, from, negated)
    if (word === 'BETWEEN') return parseBetween(c, operand, from, negated)
    return parseLike(c, operator, operand, { from, to: operand.to }, negated)
  }
  const operator = negated ? '<>' : '='
  c.fault(
    `IS is followed by NULL, TRUE or FALSE, not by ${c.here()}`,
    'Compare values with = or <>',
    ['"NULL"', '"TRUE"', '"FALSE"'],
    beginsExpression(c) ? mend(`Write ${operator}`, replace({ from: is.from, to: c.end }, operator)) : {},
  )
  if (beginsExpression(c)) parseExpression(c, binding.is)
  return { kind: 'is', negated, operand, test: 'NULL', from, to: c.endFrom(from) }
}

/** [ "NOT" ] "IN" ( "(" query ")" | "(" exprs ")" | parameter ) */
function parseIn(c: Cursor, operand: Expression, from: number, negated: boolean): Expression {
  if (c.is('(')) {
    const opened = c.opening()
    if (beginsQuery(c.token)) {
      const query = c.grammar.query(c)
      c.close(opened)
      return { kind: 'in-subquery', negated, operand, query, from, to: c.endFrom(from) }
    }
    if (c.is(')')) c.fault('The list behind IN is empty', 'Name at least one value, or remove the condition')
    const items = parseExpressions(c)
    c.close(opened)
    return { kind: 'in-list', negated, operand, items, from, to: c.endFrom(from) }
  }
  if (c.is('NOT') && c.peek(1).word === '(') {
    c.fault('NOT stands before IN', 'Write NOT IN (…)', ['"("'])
    c.advance()
    return parseIn(c, operand, from, true)
  }
  const fault =
    c.token.kind === 'parameter'
      ? null
      : c.fault(`IN needs a list in parentheses before ${c.here()}`, 'Write IN (…)', ['"("'])
  const items = [parseExpression(c, binding.range)]
  const [item] = items
  // The members behind the first one, as far as they can be nothing else.
  if (fault !== null && item?.kind === 'literal')
    while (c.is(',') && c.peek(1).kind === 'string') {
      c.advance()
      items.push(parseExpression(c, binding.range))
    }
  if (fault !== null && item !== undefined && item.kind !== 'missing')
    Object.assign(fault, mend('Add parentheses', insert(item.from, '('), insert(c.end, ')')))
  return { kind: 'in-list', negated, operand, items, from, to: c.endFrom(from) }
}

/** [ "NOT" ] "BETWEEN" expr "AND" expr */
function parseBetween(c: Cursor, operand: Expression, from: number, negated: boolean): Expression {
  const low = parseExpression(c, binding.range)
  if (c.is('TO') || c.is(',')) {
    c.fault(
      `BETWEEN takes AND, not ${c.here()}`,
      'Write BETWEEN low AND high',
      ['"AND"'],
      mend('Write AND', replace(c.token, ' AND')),
    )
    c.advance()
  } else if (!c.accept('AND')) {
    c.fault(`BETWEEN needs AND and an upper bound before ${c.here()}`, 'Write BETWEEN low AND high', ['"AND"'])
    return { kind: 'between', negated, operand, low, high: c.missing(), from, to: c.endFrom(from) }
  }
  const high = parseExpression(c, binding.range)
  return { kind: 'between', negated, operand, low, high, from, to: c.endFrom(from) }
}

/** [ "NOT" ] ( "LIKE" | "SIMILAR" "TO" ) expr [ "ESCAPE" expr ] */
function parseLike(c: Cursor, word: Token, operand: Expression, left: Range, negated: boolean): Expression {
  let operator: Like['operator'] = 'LIKE'
  if (word.word === 'SIMILAR') {
    operator = 'SIMILAR TO'
    if (!c.accept('TO')) c.fault(`SIMILAR needs TO before ${c.here()}`, 'Write SIMILAR TO', ['"TO"'], c.add(' TO'))
  }
  const pattern = unquotedPattern(c) ?? parseExpression(c, binding.range)
  if (word.word === 'ILIKE')
    c.unsupported(
      word,
      'AMC SQL has no ILIKE',
      'Write LOWER(x) LIKE with a pattern in lower case',
      'error',
      inLowerCase(c, word, left, pattern),
    )
  else if (word.word === 'RLIKE' || word.word === 'REGEXP')
    c.unsupported(
      word,
      `AMC SQL has no ${word.word}`,
      'Write SIMILAR TO with a regular expression',
      'error',
      mend('Write SIMILAR TO', replace(word, 'SIMILAR TO')),
    )
  const escape = c.accept('ESCAPE') ? parseExpression(c, binding.range) : null
  return { kind: 'like', operator, negated, operand, pattern, escape, from: left.from, to: c.endFrom(left.from) }
}

/** Words of a pattern that is looked for without its quotes. */
const mostPatternWords = 8

/** `LIKE %Prime Day%`, `LIKE %Day` and `LIKE Prime%`: a pattern whose quotes were forgotten. */
function unquotedPattern(c: Cursor): Expression | null {
  let length = 1
  if (!c.is('%')) {
    if (c.token.kind !== 'name' || c.peek(1).word !== '%') return null
    length = 2
  } else {
    let words = 1
    while (words <= mostPatternWords && isPatternWord(c.peek(words))) words += 1
    if (c.peek(words).word === '%') length = words + 1
    else if (isPatternWord(c.peek(1))) length = 2
  }
  const [encountered, { from }] = [c.encountered(), c.token]
  const written = Array.from({ length }, () => c.textOf(c.advance()))
  const range = { from, to: c.end }
  const quoted = `'${c.textOf(range)}'`
  const message = `The pattern ${c.textOf(range)} has no quotes`
  c.report(
    'syntax',
    'error',
    range,
    message,
    `Write ${quoted}`,
    encountered,
    mend(`Write ${quoted}`, replace(range, quoted)),
  )
  return { kind: 'literal', type: 'string', value: written.join(' '), parameters: [], ...range }
}

function isPatternWord({ kind }: Token): boolean {
  return kind === 'name' || kind === 'number'
}

/** LOWER around both sides; a pattern that stands there can be in lower case itself. */
function inLowerCase(c: Cursor, word: Token, left: Range, pattern: Expression): Mending {
  if (pattern.kind === 'missing') return {}
  const isPlain = pattern.kind === 'literal' && pattern.parameters.length === 0
  const right = isPlain
    ? [replace(pattern, c.textOf(pattern).toLowerCase())]
    : [insert(pattern.from, 'LOWER('), insert(pattern.to, ')')]
  return mend('Write LOWER(…) LIKE', insert(left.from, 'LOWER('), insert(left.to, ')'), replace(word, 'LIKE'), ...right)
}

function parseDoubleColon(c: Cursor, operand: Expression, from: number): Expression {
  const operator = c.advance()
  const type = parseTypeName(c)
  c.unsupported(
    operator,
    'AMC SQL has no :: for casts',
    'Write CAST(value AS type)',
    'error',
    type.name === ''
      ? {}
      : mend(
          'Write CAST',
          insert(from, 'CAST('),
          replace({ from: operator.from, to: type.from }, ' AS '),
          insert(type.to, ')'),
        ),
  )
  return { kind: 'cast', operand, type, from, to: c.endFrom(from) }
}

/** expr "[" expr "]" */
function parseSubscript(c: Cursor, operand: Expression, from: number): Expression {
  const opened = c.advance()
  const index = parseExpression(c, binding.none)
  if (!c.accept(']')) c.fault(`The [ is not closed before ${c.here()}`, 'Add ]', ['"]"'])
  c.unsupported(
    { from: opened.from, to: c.end },
    'Amazon documents no array subscripts',
    'Use EXPLODE or the ARRAY functions; AMC may refuse this',
    'warning',
  )
  return { kind: 'subscript', operand, index, from, to: c.endFrom(from) }
}

function parseAtTimeZone(c: Cursor, operand: Expression, start: number): Expression {
  const behind = c.end
  const { from } = c.advance()
  c.advance()
  const { to } = c.advance()
  const zone = parseExpression(c, binding.sum)
  const call = `CONVERT_TIME_ZONE_FROM_UTC(${c.text.slice(start, behind)}, ${c.textOf(zone)})`
  c.unsupported(
    { from, to },
    'AMC SQL has no AT TIME ZONE',
    'Write CONVERT_TIME_ZONE_FROM_UTC(time, zone)',
    'error',
    zone.kind === 'missing' ? {} : suggest(`Write ${call}`, replace({ from: start, to: c.end }, call)),
  )
  return operand
}
