import type { NamedWindow, OrderItem, Range, WindowSpecification } from '../tree.ts'
import { type Cursor, windowStops } from './cursor.ts'
import { beginsExpression, binding, missingComma, parseExpressions } from './lists.ts'
import { isName, nameOf, parseName } from './names.ts'

/** over = "OVER" ( name | winSpec ) */
export function parseOver(c: Cursor): WindowSpecification {
  const over = c.advance()
  if (c.is('(') || c.is('PARTITION') || c.is('ORDER')) return parseSpecification(c)
  const empty = { partitionBy: [], orderBy: [], frame: null }
  if (isName(c.token)) {
    const base = nameOf(c, c.advance())
    return { base, ...empty, from: base.from, to: base.to }
  }
  c.fault(`OVER needs ( before ${c.here()}`, 'Write OVER (PARTITION BY … ORDER BY …)', ['"("', '<IDENTIFIER>'])
  return { base: null, ...empty, from: over.to, to: over.to }
}

/** winSpec = "(" [ name ] [ "PARTITION" "BY" exprs ] [ "ORDER" "BY" orderItems ] [ frame ] ")" */
export function parseSpecification(c: Cursor): WindowSpecification {
  const from = c.token.from
  const opened = c.expectOpening(`( is missing before ${c.here()}`, 'Write OVER (PARTITION BY … ORDER BY …)')
  const base = isName(c.token) && !beginsFrame(c) ? nameOf(c, c.advance()) : null
  const partitionBy = parseBy(c, 'PARTITION') ? parseExpressions(c) : []
  const orderBy = parseBy(c, 'ORDER') ? parseOrderItems(c) : []
  const frame = beginsFrame(c) ? parseFrame(c) : null
  c.close(opened, windowStops)
  return { base, partitionBy, orderBy, frame, from, to: c.endFrom(from) }
}

/** word "BY" */
function parseBy(c: Cursor, word: string): boolean {
  if (!c.accept(word)) return false
  if (!c.accept('BY')) c.fault(`BY is missing before ${c.here()}`, `Write ${word} BY`, ['"BY"'], c.add(' BY'))
  return true
}

function beginsFrame(c: Cursor): boolean {
  const next = c.peek(1).word
  const frames = next === 'BETWEEN' || next === 'UNBOUNDED' || next === 'CURRENT' || c.peek(1).kind === 'number'
  return (c.is('ROWS') || c.is('RANGE') || c.is('GROUPS')) && frames
}

/** frame = ( "ROWS" | "RANGE" ) … ; kept as a range, since AMC's grammar has none */
function parseFrame(c: Cursor): Range {
  const from = c.token.from
  while (!c.atEnd && !c.is('(') && !c.is(')') && c.token.word !== 'FROM') c.advance()
  const frame = c.rangeFrom(from)
  c.unsupported(frame, 'Amazon documents no window frames', 'AMC may refuse this', 'warning')
  return frame
}

/** orderItems = expr [ "ASC" | "DESC" ] [ "NULLS" ( "FIRST" | "LAST" ) ] { "," … } */
export function parseOrderItems(c: Cursor): OrderItem[] {
  const items = [parseOrderItem(c)]
  for (;;) {
    if (c.endsPart) return items
    if (!c.accept(',')) {
      if (!beginsExpression(c) || beginsFrame(c) || (c.lacksClosing && isAlias(c))) return items
      missingComma(c)
    }
    items.push(parseOrderItem(c))
  }
}

/** A name before FROM or a comma, which the ) of its window is missing before. */
function isAlias(c: Cursor): boolean {
  const next = c.peek(1).word
  return isName(c.token) && (next === 'FROM' || next === ',')
}

function parseOrderItem(c: Cursor): OrderItem {
  const from = c.token.from
  const expression = c.grammar.expression(c, binding.none)
  const descending = c.accept('DESC')
  if (!descending) c.accept('ASC')
  let nulls: OrderItem['nulls'] = null
  if (c.is('NULLS') && (c.peek(1).word === 'FIRST' || c.peek(1).word === 'LAST')) {
    c.advance()
    nulls = c.advance().word === 'FIRST' ? 'first' : 'last'
  }
  return { expression, descending, nulls, from, to: c.endFrom(from) }
}

/** windows = name "AS" winSpec { "," name "AS" winSpec } */
export function parseNamedWindows(c: Cursor): NamedWindow[] {
  const windows: NamedWindow[] = []
  do {
    const from = c.token.from
    const name = parseName(c, 'the name of a window')
    if (!c.accept('AS')) c.fault(`AS is missing before ${c.here()}`, 'Write WINDOW name AS (…)', ['"AS"'], c.add(' AS'))
    if (!c.is('(')) {
      c.fault(`( is missing before ${c.here()}`, 'Write WINDOW name AS (…)', ['"("'])
      return windows
    }
    const specification = parseSpecification(c)
    windows.push({ name, specification, from, to: c.endFrom(from) })
  } while (c.accept(','))
  return windows
}
