import type { Token } from '../scan.ts'
import type { Join, JoinType, Name, TableExpression } from '../tree.ts'
import { mend, nameText, replace } from '../edits.ts'
import type { Cursor } from './cursor.ts'
import { beginsQuery, binding, parseCondition, parseExpressions } from './lists.ts'
import { isName, nameOf, parseName, parseNameList, passHyphens } from './names.ts'

/** tables = tableExpr { "," tableExpr } */
export function parseTables(c: Cursor): TableExpression[] {
  const tables = [parseTableExpression(c)]
  while (!c.endsPart && c.accept(',')) tables.push(parseTableExpression(c))
  return tables
}

/** tableExpr = tablePrim { join } */
function parseTableExpression(c: Cursor): TableExpression {
  return c.nested(readTableExpression, noTable, binding.none)
}

function readTableExpression(c: Cursor): TableExpression {
  const from = c.token.from
  let left = parseTablePrimary(c)
  for (let join = parseJoin(c, left, from); join !== null; join = parseJoin(c, left, from)) {
    left = join
    if (!c.grow()) return left
  }
  return left
}

function noTable(c: Cursor): TableExpression {
  return { kind: 'table', parts: [c.missingName()], alias: null, columns: null, from: c.end, to: c.end }
}

/** join = [ "INNER" | "LEFT" [ "OUTER" ] | "FULL" [ "OUTER" ] | "CROSS" ] "JOIN" tablePrim [ "ON" expr | "USING" names ] */
function parseJoin(c: Cursor, left: TableExpression, from: number): Join | null {
  const operator = parseJoinOperator(c)
  if (operator === null) return null
  const { type, range, apply, natural } = operator
  const right = parseTablePrimary(c)
  // A natural join has its condition in the names of the columns.
  const using = natural ? [] : null
  const join: Join = { kind: 'join', type, left, right, on: null, using, operator: range, from, to: c.end }
  if (c.is('ON')) {
    const on = c.advance()
    join.on = parseCondition(c)
    if (type === 'cross' && !apply)
      c.report(
        'syntax',
        'error',
        on,
        'A CROSS JOIN has no condition',
        'Write JOIN, or remove ON',
        'Encountered "ON"',
        mend('Write INNER JOIN', replace(range, 'INNER JOIN')),
      )
  } else if (c.accept('USING')) {
    if (c.is('(')) join.using = parseNameList(c, 'a column')
    else {
      const fault = c.fault(`USING needs ( before ${c.here()}`, 'Write USING (column)', ['"("'])
      if (isName(c.token)) {
        join.using = [nameOf(c, c.advance())]
        const [name] = join.using
        if (fault !== null && name !== undefined)
          Object.assign(fault, mend('Add parentheses', replace(name, `(${c.textOf(name)})`)))
      }
    }
  } else if (type !== 'cross' && !natural && isName(c.token) && comparesNext(c)) {
    c.fault(`ON is missing before ${c.here()}`, 'Write JOIN … ON …', ['"ON"'], c.add(' ON'))
    join.on = parseCondition(c)
  }
  join.to = Math.max(from, c.end)
  return join
}

/** True before `a.b =` and `a =`. */
function comparesNext(c: Cursor): boolean {
  return c.peek(1).word === '=' || (c.peek(1).word === '.' && isName(c.peek(2)) && c.peek(3).word === '=')
}

interface JoinOperator {
  type: JoinType
  range: { from: number; to: number }
  apply: boolean
  natural: boolean
}

const joinTypes: ReadonlyMap<string, JoinType> = new Map([
  ['INNER', 'inner'],
  ['LEFT', 'left'],
  ['RIGHT', 'right'],
  ['FULL', 'full'],
  ['CROSS', 'cross'],
  ['OUTER', 'left'],
])

/** Joins of other dialects, whose first word is no alias. */
function beginsStrangeJoin(c: Cursor): boolean {
  return c.peek(1).word === 'JOIN' && strangeJoins.has(c.token.word)
}

const strangeJoins: ReadonlySet<string> = new Set(['SEMI', 'ANTI', 'ASOF', 'POSITIONAL'])

function parseJoinOperator(c: Cursor): JoinOperator | null {
  const first = c.token
  const natural = c.is('NATURAL')
  const named = joinTypes.get(natural ? c.peek(1).word : first.word)
  if (!natural && named === undefined && first.word !== 'JOIN' && !beginsStrangeJoin(c)) return null
  if (natural) c.advance()
  if (named !== undefined) c.advance()
  c.accept('OUTER')
  const strange = beginsStrangeJoin(c) ? c.advance() : null
  const apply = c.is('APPLY') ? c.advance() : null
  if (apply === null && !c.accept('JOIN'))
    c.fault(`JOIN is missing before ${c.here()}`, 'Write JOIN', ['"JOIN"'], c.add(' JOIN'))
  const range = { from: first.from, to: c.end }
  const type = named ?? 'inner'
  if (natural) c.unsupported(range, 'AMC SQL has no NATURAL JOIN', 'Name the columns: JOIN … USING (column)')
  else if (strange !== null)
    c.unsupported(range, `AMC SQL has no ${strange.word} join`, 'Write IN (SELECT …), or LEFT JOIN … WHERE … IS NULL')
  else if (apply !== null) c.unsupported(range, 'AMC SQL has no APPLY', 'Write a join with a condition')
  return { type, range, apply: apply !== null, natural: natural || strange?.word === 'POSITIONAL' }
}

/** tablePrim = ( name { "." name } | "TABLE" "(" etw ")" | etw | "(" query ")" ) [ [ "AS" ] name [ names ] ] */
function parseTablePrimary(c: Cursor): TableExpression {
  const from = c.token.from
  if (c.is('LATERAL')) {
    c.unsupported(c.token, 'AMC SQL has no LATERAL', 'Write a WITH part and join it')
    c.advance()
  }
  if (c.is('(')) return parseParenthesizedTable(c, from)
  if (c.is('SELECT')) return parseBareQuery(c, from)
  if (c.is('TABLE') && c.peek(1).word === '(') return parseTableFunction(c, from)
  if (c.peek(1).word === '(' && (c.token.kind === 'name' || c.is('UNNEST'))) return parseFunctionTable(c, from)
  const parts = parseTableName(c)
  return { kind: 'table', parts, ...parseAlias(c), from, to: c.endFrom(from) }
}

/** name { "." name } */
function parseTableName(c: Cursor): Name[] {
  if (c.token.kind === 'parameter') {
    const help = 'Write the name of the table; a parameter holds values only'
    c.report('placeholder', 'error', c.token, 'A parameter cannot stand for a table', help, 'Encountered "{"')
    c.advance()
    return [c.missingName()]
  }
  if (c.is('[')) {
    c.fault('Square brackets mark text to replace', 'Put the name of a table here')
    while (!c.atEnd && !c.is(']') && c.token.kind !== 'keyword') c.advance()
    c.accept(']')
    return [c.missingName()]
  }
  while (c.token.kind === 'unknown') c.advance()
  if (!isName(c.token)) {
    reportNoTable(c)
    if (c.token.kind === 'string') c.advance()
    return [c.missingName()]
  }
  const parts = [nameOf(c, c.advance())]
  while (c.accept('.')) parts.push(parseName(c, 'the name of a table'))
  return passHyphens(c, parts[0]?.from ?? c.end) ? [c.missingName()] : parts
}

function reportNoTable(c: Cursor): void {
  const { previous, token } = c
  const expected = ['<IDENTIFIER>', '"("', '"TABLE"']
  if (previous.word === ',') c.strayComma()
  else if (token.kind === 'string') {
    const name = nameText(c.textOf(token).slice(1, -1))
    const mending = mend(`Write ${name}`, replace(token, name))
    c.fault(`${c.here()} is a text, and no table`, 'Names of tables stand without quotes', expected, mending)
  } else
    c.fault(`The name of a table is missing before ${c.here()}`, 'Write the name of a table or a WITH part', expected)
}

interface Alias {
  alias: Name | null
  columns: Name[] | null
}

/** [ [ "AS" ] name [ "(" names ")" ] ] */
function parseAlias(c: Cursor): Alias {
  let alias: Name | null = null
  if (c.accept('AS')) alias = parseName(c, 'an alias')
  else if (isName(c.token) && !beginsStrangeJoin(c)) alias = nameOf(c, c.advance())
  const columns = alias !== null && c.is('(') ? parseNameList(c, 'a column') : null
  return { alias, columns }
}

/** "(" query ")" ; a join in parentheses is read, and Amazon does not document it */
function parseParenthesizedTable(c: Cursor, from: number): TableExpression {
  let distance = 0
  // Bounded, because each level of a long run of parentheses looks ahead in its turn.
  while (distance < 50 && c.peek(distance).word === '(') distance += 1
  const opened = c.opening()
  if (beginsQuery(c.peek(distance - 1)) || !isName(c.peek(distance - 1))) {
    const query = c.grammar.query(c)
    c.close(opened)
    return { kind: 'derived', query, ...parseAlias(c), from, to: c.endFrom(from) }
  }
  const inner = parseTableExpression(c)
  c.close(opened)
  const help = 'Remove the parentheses, or write (SELECT … FROM …); AMC may refuse this'
  c.unsupported(opened, 'Amazon documents no tables in parentheses', help, 'warning')
  if (inner.kind !== 'join' && inner.alias === null) Object.assign(inner, parseAlias(c), { to: c.endFrom(from) })
  return inner
}

/** A query whose `(` was forgotten. */
function parseBareQuery(c: Cursor, from: number): TableExpression {
  const opened = c.expectOpening(`( is missing before ${c.here()}`, 'Write FROM (SELECT …)')
  const query = c.grammar.query(c)
  c.close(opened)
  return { kind: 'derived', query, ...parseAlias(c), from, to: c.endFrom(from) }
}

/** "TABLE" "(" etw ")" */
function parseTableFunction(c: Cursor, from: number): TableExpression {
  c.advance()
  const opened = c.opening()
  const named = c.token.kind === 'name' && c.peek(1).word === '('
  if (!named) c.fault(`TABLE( needs EXTEND_TIME_WINDOW before ${c.here()}`, windowHelp, ['"EXTEND_TIME_WINDOW"'])
  const call = named ? parseWindowCall(c) : null
  c.close(opened)
  if (call === null) return { kind: 'table', parts: [c.missingName()], ...parseAlias(c), from, to: c.endFrom(from) }
  return { kind: 'extended-window', arguments: call, ...parseAlias(c), from, to: c.endFrom(from) }
}

const windowHelp = "Write TABLE(EXTEND_TIME_WINDOW('table', 'P28D', 'P0D'))"

/** etw = "EXTEND_TIME_WINDOW" "(" string "," string "," string ")" */
function parseWindowCall(c: Cursor) {
  const name = c.advance()
  if (name.word !== 'EXTEND_TIME_WINDOW') refuseFunction(c, name)
  const opened = c.opening()
  const values = c.is(')') ? [] : parseExpressions(c)
  c.close(opened)
  return name.word === 'EXTEND_TIME_WINDOW' ? values : null
}

function refuseFunction(c: Cursor, name: Token): void {
  const help = name.word === 'UNNEST' ? 'Write EXPLODE(array) in the SELECT list' : windowHelp
  c.unsupported(name, `AMC SQL cannot read from ${c.textOf(name)}(…)`, help)
}

/** etw without TABLE ; any other function in FROM is read and refused */
function parseFunctionTable(c: Cursor, from: number): TableExpression {
  const call = parseWindowCall(c)
  if (call !== null) return { kind: 'extended-window', arguments: call, ...parseAlias(c), from, to: c.endFrom(from) }
  return { kind: 'table', parts: [c.missingName()], ...parseAlias(c), from, to: c.endFrom(from) }
}
