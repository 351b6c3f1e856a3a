import type { Cte, Query, Select, SetExpression, Union, Values, ValuesRow } from '../tree.ts'
import { insert, mend, replace, suggest } from '../edits.ts'
import type { Cursor } from './cursor.ts'
import { beginsExpression, beginsQuery, binding } from './lists.ts'
import { isName, parseName, parseNameList } from './names.ts'
import { parseSelect } from './select.ts'
import { parseOrderItems } from './window.ts'

/** query = [ "WITH" cte { "," cte } ] setExpr [ orderBy ] [ limit ] */
export function parseQuery(c: Cursor): Query {
  return c.nested(readQuery, noQuery, binding.none)
}

function readQuery(c: Cursor): Query {
  const from = c.token.from
  const ctes = beginsCtes(c) ? parseCtes(c) : []
  const query = queryOf(ctes, parseSetExpression(c), from)
  while (parseTail(c, query) || passLateClause(c, query)) {
    if (!isSetOperator(c)) continue
    c.fault(`${c.here()} comes after the end of a branch`, 'Put ORDER BY and LIMIT after the last branch')
    query.body = parseUnions(c, query.body)
  }
  query.to = Math.max(from, c.end)
  return query
}

function noQuery(c: Cursor): Query {
  return queryOf([], emptySelect(c.end), c.end)
}

function queryOf(ctes: Cte[], body: SetExpression, from: number): Query {
  return { kind: 'query', ctes, body, orderBy: [], limit: null, offset: null, from, to: from }
}

/** WITH, or what can only follow it. */
function beginsCtes(c: Cursor): boolean {
  return c.is('WITH') || (isName(c.token) && c.peek(1).word === 'AS' && c.peek(2).word === '(')
}

/** "WITH" cte { "," cte } */
function parseCtes(c: Cursor): Cte[] {
  if (!c.accept('WITH'))
    c.fault(
      `WITH is missing before ${c.here()}`,
      'Write WITH name AS (…)',
      ['"WITH"'],
      mend('Add WITH', insert(c.token.from, 'WITH ')),
    )
  if (c.is('RECURSIVE') && isName(c.peek(1))) {
    c.unsupported(c.token, 'AMC SQL has no WITH RECURSIVE', 'Write out the steps as WITH parts')
    c.advance()
  }
  const ctes = [parseCte(c)]
  for (;;) {
    if (c.is(',')) {
      const comma = c.advance()
      if (c.is('WITH') && isName(c.peek(1))) {
        const mending = mend('Remove this WITH', replace({ from: c.token.from, to: c.peek(1).from }, ''))
        c.fault('WITH stands once, before the first part', 'Remove this WITH', [], mending)
        c.advance()
      }
      if (beginsQuery(c.token)) {
        c.report(
          'syntax',
          'error',
          comma,
          `A comma stands before ${c.here()}`,
          'Remove the comma',
          c.encountered(),
          mend('Remove the comma', replace(comma, '')),
        )
        return ctes
      }
    } else if (isName(c.token) && (c.peek(1).word === 'AS' || c.peek(1).word === '('))
      c.fault(`A comma is missing before ${c.here()}`, 'Put a comma between the WITH parts', ['","'], c.add(','))
    else return ctes
    ctes.push(parseCte(c))
  }
}

/** cte = name [ "(" name { "," name } ")" ] "AS" "(" query ")" */
function parseCte(c: Cursor): Cte {
  const from = c.token.from
  const name = parseName(c, 'the name of a WITH part')
  const columns = c.is('(') && !beginsQuery(c.peek(1)) ? parseNameList(c, 'a column') : null
  const help = 'Write name AS (SELECT …)'
  if (!c.accept('AS')) c.fault(`AS is missing before ${c.here()}`, help, ['"AS"'], c.add(' AS'))
  const opened = c.expectOpening(`( is missing before ${c.here()}`, help)
  c.openParts += 1
  dropStrayClosing(c)
  const query = parseQuery(c)
  c.close(opened)
  c.openParts -= 1
  return { kind: 'cte', name, columns, query, from, to: c.endFrom(from) }
}

/**
 * A `)` that ends a WITH part, but not where one can end, closes nothing: `f(x)) AS y FROM t)`. It is reported and left out where a later
 * one ends the part. Parts inside of parts are left alone, so that no text is looked through often.
 */
function dropStrayClosing(c: Cursor): void {
  if (c.openParts > 2) return
  const first = closingFrom(c, 0)
  if (first === -1 || canFollowPart(c, first + 1)) return
  for (let at = closingFrom(c, first + 1); at !== -1; at = closingFrom(c, at + 1)) {
    if (!canFollowPart(c, at + 1)) continue
    c.dropStray(first)
    return
  }
}

/** The distance of the next `)` without its own `(`; -1 where a query or WITH part begins before it, or none comes. */
function closingFrom(c: Cursor, start: number): number {
  let depth = 0
  for (let at = start; ; at += 1) {
    const token = c.peek(at)
    if (token.word === '(') depth += 1
    else if (token.word === ')') {
      if (depth === 0) return at
      depth -= 1
    } else if (c.isEnd(token) || (depth === 0 && at > 0 && start > 0 && token.word === 'SELECT') || c.beginsPart(at))
      return -1
  }
}

/** What may stand behind the `)` of a WITH part, also while it is being written. */
function canFollowPart(c: Cursor, at: number): boolean {
  const [token, next, afterNext] = [c.peek(at), c.peek(at + 1), c.peek(at + 2)]
  const { word } = token
  if (c.isEnd(token) || word === ';' || word === '(' || beginsQuery(token)) return true
  if (word === ')') return c.open > 1
  if (word !== ',') return isName(token) && (next.word === 'AS' || next.word === '(')
  if (c.isEnd(next) || beginsQuery(next)) return true
  if (!isName(next)) return false
  if (afterNext.word !== 'AS') return c.isEnd(afterNext) || afterNext.word === '('
  const behind = c.peek(at + 3)
  return c.isEnd(behind) || behind.word === '(' || beginsQuery(behind)
}

function isSetOperator(c: Cursor): boolean {
  return c.is('UNION') || c.is('INTERSECT') || c.is('EXCEPT') || c.is('MINUS')
}

/** setExpr = primaryQ { "UNION" [ "ALL" | "DISTINCT" ] primaryQ } */
function parseSetExpression(c: Cursor): SetExpression {
  return parseUnions(c, parseSetPrimary(c))
}

function parseUnions(c: Cursor, first: SetExpression): SetExpression {
  let left = first
  for (;;) {
    const again = c.is('SELECT')
    if (!again && !isSetOperator(c)) return left
    let all = false
    if (again) {
      if (c.open > 0) return left
      c.fault(
        'A second SELECT begins here',
        'Put UNION ALL between the two, or remove one',
        ['"UNION"'],
        suggest('Add UNION ALL', insert(c.end, ' UNION ALL')),
      )
    } else {
      const operator = c.advance()
      if (operator.word !== 'UNION')
        c.unsupported(
          operator,
          `AMC SQL has no ${operator.word}`,
          'Write a join: INNER JOIN keeps what is in both, LEFT JOIN … WHERE … IS NULL what is only in the first',
        )
      all = c.accept('ALL')
      if (!all) c.accept('DISTINCT')
    }
    const right = parseSetPrimary(c)
    if (left.kind === 'union' && left.all === all && left !== first) {
      left.branches.push(right)
      left.to = Math.max(left.from, c.end)
      continue
    }
    const union: Union = { kind: 'union', branches: [left, right], all, from: left.from, to: c.endFrom(left.from) }
    left = union
    if (!c.grow()) return left
  }
}

/** primaryQ = select | values | "(" query ")" */
function parseSetPrimary(c: Cursor): SetExpression {
  const from = c.token.from
  if (c.is('VALUES')) return parseValues(c)
  if (c.is('(')) {
    const opened = c.opening()
    const query = parseQuery(c)
    c.close(opened)
    return { kind: 'parenthesized', query, from, to: c.endFrom(from) }
  }
  if (c.is('SELECT')) return parseSelect(c)
  if (c.is(';') && beginsQuery(c.peek(1)) && c.open === 0) {
    const help = 'Remove it: a semicolon is only allowed at the end'
    c.fault('A semicolon stands inside the query', help, [], mend('Remove ;', replace(c.token, '')))
    c.advance()
    return parseSetPrimary(c)
  }
  const begins = beginsExpression(c)
  c.fault(`SELECT is missing before ${c.here()}`, 'A query begins with SELECT, WITH or VALUES', [
    '"SELECT"',
    '"VALUES"',
    '"WITH"',
    '"("',
  ])
  return begins ? parseSelect(c) : emptySelect(c.end)
}

/** Stands where the text lacks a SELECT. */
function emptySelect(at: number): Select {
  return {
    kind: 'select',
    distinct: false,
    items: [],
    tables: [],
    where: null,
    groupBy: [],
    having: null,
    windows: [],
    from: at,
    to: at,
  }
}

/** A clause behind ORDER BY or LIMIT is reported and passed over. */
function passLateClause(c: Cursor, query: Query): boolean {
  const late = c.is('WHERE') || c.is('GROUP') || c.is('HAVING') || c.is('FROM')
  if (!late || (query.orderBy.length === 0 && query.limit === null && query.offset === null)) return false
  c.fault(`${c.here()} comes too late`, 'Put it before ORDER BY and LIMIT')
  c.advance()
  c.skip()
  return true
}

/** values = "VALUES" row { "," row } */
function parseValues(c: Cursor): Values {
  const from = c.advance().from
  const rows = [parseRow(c)]
  for (;;) {
    if (c.endsPart) break
    if (!c.accept(',')) {
      if (!c.is('(')) break
      c.fault('A comma is missing between two rows', 'Put a comma between the rows', ['","'], c.add(','))
    }
    rows.push(parseRow(c))
  }
  return { kind: 'values', rows, from, to: c.endFrom(from) }
}

/** row = "(" expr { "," expr } ")" | expr */
function parseRow(c: Cursor): ValuesRow {
  const from = c.token.from
  const expression = c.grammar.expression(c, binding.none)
  const items = expression.kind === 'row' ? expression.items : [expression]
  return { items, from, to: c.endFrom(from) }
}

/** orderBy = "ORDER" "BY" orderItems ; limit = "LIMIT" expr [ "OFFSET" expr ] ; true where it read anything */
function parseTail(c: Cursor, query: Query): boolean {
  if (isSetOperator(c)) return true
  if (c.is('ORDER')) {
    c.advance()
    if (!c.accept('BY')) c.fault(`BY is missing before ${c.here()}`, 'Write ORDER BY', ['"BY"'], c.add(' BY'))
    query.orderBy.push(...parseOrderItems(c))
    return true
  }
  if (c.accept('LIMIT')) {
    query.limit = c.grammar.expression(c, binding.none)
    if (c.is(',')) {
      const fault = c.fault('LIMIT takes one number', 'Write LIMIT n OFFSET m')
      c.advance()
      const offset = query.limit
      const limit = c.grammar.expression(c, binding.none)
      const text = `${c.textOf(limit)} OFFSET ${c.textOf(offset)}`
      if (fault !== null)
        Object.assign(fault, mend(`Write LIMIT ${text}`, replace({ from: offset.from, to: limit.to }, text)))
    }
    return true
  }
  if (c.accept('OFFSET')) {
    query.offset = c.grammar.expression(c, binding.none)
    if (c.is('ROWS') || c.is('ROW')) c.advance()
    return true
  }
  if (c.accept('FETCH')) {
    if (c.is('FIRST') || c.is('NEXT')) c.advance()
    query.limit = c.grammar.expression(c, binding.sum)
    for (const word of ['ROWS', 'ROW', 'ONLY']) c.accept(word)
    return true
  }
  return false
}
