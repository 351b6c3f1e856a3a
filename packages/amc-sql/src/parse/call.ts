import { foreignHint } from '../functions/foreign.ts'
import type { Call, Expression, Name, Range } from '../tree.ts'
import { type Mending, mend, replace } from '../edits.ts'
import type { Cursor } from './cursor.ts'
import { beginsExpression, beginsQuery, binding, parseCondition, parseExpressions } from './lists.ts'
import { parseOrderItems, parseOver, parseSpecification } from './window.ts'

/** call = name "(" [ "DISTINCT" | "ALL" ] [ exprs | "*" ] ")" [ "FILTER" "(" "WHERE" expr ")" ] [ "OVER" … ] */
export function parseCall(c: Cursor, name: Name, from: number): Call {
  const call: Call = {
    kind: 'call',
    name,
    arguments: [],
    distinct: false,
    filter: null,
    over: null,
    keywords: [],
    from,
    to: from,
  }
  const opened = c.expectOpening(`( is missing behind ${name.text}`, `Write ${name.text}(…)`)
  call.distinct = c.accept('DISTINCT')
  if (call.distinct && c.is('*')) c.fault('DISTINCT does not go with *', `Name a column: ${name.text}(DISTINCT column)`)
  if (!call.distinct) c.accept('ALL')
  if (!c.is(')')) parseArguments(c, call)
  c.close(opened)
  parseTail(c, call)
  if (c.is('OVER')) call.over = parseOver(c)
  else if (c.is('(') && (c.peek(1).word === 'PARTITION' || c.peek(1).word === 'ORDER')) {
    c.fault('OVER is missing before (', 'Write OVER (…)', ['"OVER"'], c.add(' OVER'))
    call.over = parseSpecification(c)
  }
  call.to = Math.max(from, c.end)
  return call
}

/** arguments = exprs | the forms with words between: TRIM, SUBSTRING, POSITION */
function parseArguments(c: Cursor, call: Call): void {
  switch (call.name.quoted ? '' : call.name.text.toUpperCase()) {
    case 'TRIM':
      return parseTrim(c, call)
    case 'SUBSTRING':
      call.arguments.push(c.grammar.expression(c, binding.none))
      for (const word of ['FROM', 'FOR'])
        if (c.accept(word)) {
          call.keywords.push(word)
          call.arguments.push(c.grammar.expression(c, binding.none))
        }
      break
    case 'POSITION':
      // IN belongs to POSITION here, so the first operand must not take it as its own operator.
      call.arguments.push(c.grammar.expression(c, binding.range))
      if (c.accept('IN')) {
        call.keywords.push('IN')
        call.arguments.push(c.grammar.expression(c, binding.none))
      }
      break
    default:
      call.arguments = beginsQuery(c.token) ? [parseQueryArgument(c)] : parseExpressions(c)
  }
  if (c.accept(',')) call.arguments.push(...parseExpressions(c))
  if (c.is('ORDER') && c.peek(1).word === 'BY') {
    const order = c.advance()
    c.advance()
    c.unsupported(order, 'AMC SQL has no ORDER BY inside a call', 'Write ARRAY_SORT(COLLECT(value))')
    parseOrderItems(c)
  }
}

/** trim = "TRIM" "(" [ [ "BOTH" | "LEADING" | "TRAILING" ] [ expr ] "FROM" ] expr ")" */
function parseTrim(c: Cursor, call: Call): void {
  const side = c.token.word
  if (side === 'BOTH' || side === 'LEADING' || side === 'TRAILING') {
    c.advance()
    call.keywords.push(side)
  }
  if (!c.is('FROM')) call.arguments.push(c.grammar.expression(c, binding.none))
  if (c.accept('FROM')) {
    call.keywords.push('FROM')
    call.arguments.push(c.grammar.expression(c, binding.none))
  } else if (c.accept(',')) call.arguments.push(...parseExpressions(c))
  else if (beginsExpression(c)) c.fault(`FROM is missing before ${c.here()}`, 'Write TRIM(BOTH x FROM y)', ['"FROM"'])
}

/** A query as the argument of a call, `ARRAY(SELECT …)` or `ANY(SELECT …)` elsewhere. */
function parseQueryArgument(c: Cursor): Expression {
  const from = c.token.from
  c.unsupported(c.token, 'AMC SQL takes no query as the argument of a function', 'Write it in a WITH part and join it')
  const query = c.grammar.query(c)
  return { kind: 'subquery', query, from, to: c.endFrom(from) }
}

/** What may follow the `)` of an aggregate elsewhere: all but FILTER is refused. */
function parseTail(c: Cursor, call: Call): void {
  if ((c.is('IGNORE') || c.is('RESPECT')) && c.peek(1).word === 'NULLS') {
    const from = c.advance().from
    const to = c.advance().to
    c.unsupported({ from, to }, 'AMC SQL has no IGNORE NULLS or RESPECT NULLS', 'Filter the NULLs before')
  }
  if (c.is('WITHIN') && c.peek(1).word === 'GROUP') {
    const from = c.advance().from
    const to = c.advance().to
    const help = 'Write ARRAY_TO_STRING(COLLECT(value), separator), or PERCENTILE(value, share)'
    // A function of another dialect has its own finding, which speaks of the whole call.
    if (foreignHint(call.name.text.toUpperCase()) === undefined)
      c.unsupported({ from, to }, 'AMC SQL has no WITHIN GROUP', help)
    if (c.is('(')) {
      const opened = c.opening()
      if (c.accept('ORDER')) c.accept('BY')
      parseOrderItems(c)
      c.close(opened)
    }
  }
  if (c.is('FILTER') && c.peek(1).word === '(') {
    const behind = c.end
    const filter = c.advance()
    const help = 'Write SUM(CASE WHEN … THEN … END) to be safe; AMC may refuse this'
    const opened = c.opening()
    if (!c.accept('WHERE')) c.fault(`WHERE is missing before ${c.here()}`, 'Write FILTER (WHERE …)', ['"WHERE"'])
    call.filter = parseCondition(c)
    c.close(opened)
    const mending = c.previous.word === ')' ? asCase(c, call, call.filter, { from: behind, to: c.end }) : {}
    c.unsupported(filter, 'Amazon documents no FILTER', help, 'warning', mending)
  }
}

/** The condition inside the aggregate, which passes over the NULL of the other rows. */
function asCase(c: Cursor, call: Call, condition: Expression, filter: Range): Mending {
  const [argument] = call.arguments
  if (argument === undefined || call.arguments.length > 1 || call.name.text.toUpperCase() === 'COLLECT') return {}
  const value = argument.kind === 'star' ? '1' : c.textOf(argument)
  const text = `CASE WHEN ${c.textOf(condition)} THEN ${value} END`
  return mend('Write CASE WHEN … END inside', replace(argument, text), replace(filter, ''))
}
