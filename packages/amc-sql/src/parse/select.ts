import type { Diagnostic } from '../diagnostic.ts'
import { insert, mend, nameText, replace, suggest } from '../edits.ts'
import type { Expression, Name, Select, SelectItem, TableExpression } from '../tree.ts'
import type { Cursor } from './cursor.ts'
import { and, beginsExpression, binding, missingComma, parseCondition, parseExpressions } from './lists.ts'
import { isName, nameOf, parseName, passHyphens } from './names.ts'
import { parseTables } from './table.ts'
import { parseNamedWindows } from './window.ts'

/** The clauses in the order in which AMC wants them. */
const clauses = ['FROM', 'WHERE', 'GROUP', 'HAVING', 'WINDOW', 'QUALIFY'] as const
type Clause = (typeof clauses)[number]

/** select = "SELECT" [ "ALL" | "DISTINCT" ] items [ "FROM" tables ] [ "WHERE" expr ] [ "GROUP" "BY" exprs ] [ "HAVING" expr ] [ windows ] */
export function parseSelect(c: Cursor): Select {
  const { from } = c.token
  c.accept('SELECT')
  while (c.is('SELECT')) {
    c.fault('SELECT stands here twice', 'Remove one', [], mend('Remove one', replace(c.token, '')))
    c.advance()
  }
  const select: Select = {
    kind: 'select',
    distinct: false,
    items: [],
    tables: [],
    where: null,
    groupBy: [],
    having: null,
    windows: [],
    from,
    to: from,
  }
  parseQuantifier(c, select)
  select.items = parseItems(c)
  let reached = -1
  /** Where the first clause of each kind begins, by its place. */
  const starts = new Map<number, number>()
  while (!endsSelect(c)) {
    const clause = clauses.find((word) => c.is(word))
    if (clause === undefined && reached === -1 && lacksFrom(c)) {
      c.fault(`FROM is missing before ${c.here()}`, 'Write FROM before the table', ['"FROM"'], c.add(' FROM'))
      select.tables = parseTables(c)
      reached = 0
      continue
    }
    if (clause === undefined) {
      c.fault(
        `${c.here()} is not expected here`,
        unexpectedHelp(c),
        [],
        c.is(')') ? mend('Remove )', replace(c.token, '')) : {},
      )
      const before = c.token
      c.skip()
      if (c.token === before) break
      continue
    }
    const place = clauses.indexOf(clause)
    const second = place === reached || (place < reached && filled(select, clause))
    // The clause belongs to the query around the parenthesis that was not closed.
    if (second && c.lacksClosing) break
    const start = c.token.from
    let late: Diagnostic | null = null
    if (second)
      c.fault(
        `This is a second ${clause}`,
        clause === 'WHERE' ? 'Join the conditions with AND' : 'Remove one',
        [],
        clause === 'WHERE' && place === reached ? mend('Write AND', replace(c.token, 'AND')) : {},
      )
    else if (place < reached) late = c.fault(`${clause} comes too late`, `Put it before ${clauses[reached] ?? ''}`)
    if (!starts.has(place)) starts.set(place, start)
    const before = c.end
    reached = Math.max(reached, place)
    parseClause(c, select, clause)
    if (late === null) continue
    const later = [...starts].flatMap(([other, at]) => (other > place ? [at] : []))
    const text = c.text.slice(start, c.end)
    Object.assign(
      late,
      mend('Put it in its place', insert(Math.min(...later), `${text} `), replace({ from: before, to: c.end }, '')),
    )
  }
  select.to = Math.max(from, c.end)
  return select
}

function filled(select: Select, clause: Clause): boolean {
  switch (clause) {
    case 'FROM':
      return select.tables.length > 0
    case 'WHERE':
      return select.where !== null
    case 'GROUP':
      return select.groupBy.length > 0
    case 'HAVING':
      return select.having !== null
    default:
      return false
  }
}

function unexpectedHelp(c: Cursor): string {
  if (c.is(')')) return 'No ( belongs to this )'
  if (c.token.kind === 'parameter') return 'A parameter holds a value: it cannot stand for a part of the query'
  return 'Remove it, or put a comma, an operator or a keyword before it'
}

/** True where a SELECT is over: what follows belongs to the query around it. */
function endsSelect(c: Cursor): boolean {
  switch (c.token.word) {
    case ')':
      return c.open > 0
    case ',':
      return c.endsPart
    case ';':
    case 'UNION':
    case 'INTERSECT':
    case 'EXCEPT':
    case 'MINUS':
    case 'ORDER':
    case 'LIMIT':
    case 'OFFSET':
    case 'FETCH':
    case 'SELECT':
      return true
    case 'ON':
    case 'USING':
      // They belong to a join around a query in parentheses that was not closed.
      return c.open > 0
    default:
      return c.atEnd
  }
}

/** [ "ALL" | "DISTINCT" ] */
function parseQuantifier(c: Cursor, select: Select): void {
  select.distinct = c.accept('DISTINCT')
  if (!select.distinct) c.accept('ALL')
  if (select.distinct && c.is('ON') && c.peek(1).word === '(') {
    c.unsupported(c.token, 'AMC SQL has no DISTINCT ON', 'Number the rows with ROW_NUMBER() and keep the first')
    c.advance()
    c.grammar.expression(c, binding.none)
  }
  const bracketed = c.peek(1).word === '(' && c.peek(2).kind === 'number' && c.peek(3).word === ')'
  if (
    c.is('TOP') &&
    (c.peek(1).kind === 'number' || (bracketed && c.peek(4).word !== ',' && c.peek(4).word !== 'AS'))
  ) {
    const from = c.advance().from
    if (bracketed) c.advance()
    let { to } = c.advance()
    if (bracketed) to = c.advance().to
    c.unsupported({ from, to }, 'AMC SQL has no TOP', 'Rank the rows with RANK() in a subquery and filter the rank')
  }
}

/** items = item { "," item } ; a missing comma is reported and put in */
function parseItems(c: Cursor): SelectItem[] {
  const items = [parseItem(c)]
  for (;;) {
    if (c.endsPart) return items
    if (c.is(',')) {
      const comma = c.advance()
      if (c.is('FROM')) {
        c.report(
          'syntax',
          'error',
          comma,
          'A comma stands before FROM',
          'Remove the comma',
          'Encountered "FROM"',
          mend('Remove the comma', replace(comma, '')),
        )
        return items
      }
    } else if (beginsExpression(c) && !lacksFrom(c)) missingItemComma(c, items.at(-1)?.alias ?? null)
    else return items
    items.push(parseItem(c))
  }
}

const afterTable: ReadonlySet<string> = new Set(
  'WHERE GROUP HAVING WINDOW JOIN INNER LEFT RIGHT FULL CROSS ORDER LIMIT UNION ) ;'.split(' '),
)

/** True before the name of a table whose FROM was forgotten. */
function lacksFrom(c: Cursor): boolean {
  return isName(c.token) && (c.isEnd(c.peek(1)) || afterTable.has(c.peek(1).word))
}

/** A word behind an alias is the next item without its comma, or the second word of the alias. */
function missingItemComma(c: Cursor, alias: Name | null): void {
  const next = c.peek(1).word
  if (alias === null || c.token.kind !== 'name' || (next !== ',' && next !== 'FROM')) return missingComma(c)
  const whole = `${alias.text}_${c.here()}`
  c.fault(
    `A comma is missing before ${c.here()}`,
    `Put a comma between the two, or write the alias as one word: ${whole}`,
    ['","'],
    {
      fixes: [
        ...(suggest(`Write ${whole}`, replace({ from: alias.from, to: c.token.to }, nameText(whole))).fixes ?? []),
        ...(suggest('Add ,', insert(c.end, ',')).fixes ?? []),
      ],
    },
  )
}

/** item = expr [ [ "AS" ] name ] | name "." "*" */
function parseItem(c: Cursor): SelectItem {
  const from = c.token.from
  const expression = c.grammar.expression(c, binding.none)
  if (c.accept('AS')) {
    const alias = parseName(c, 'an alias')
    passHyphens(c, alias.from)
    return { expression, alias, from, to: c.endFrom(from) }
  }
  // A name before `(` or `.` is an expression of its own: the comma before it is missing.
  const next = c.peek(1).word
  if (!isName(c.token) || next === '(' || next === '.') return { expression, alias: null, from, to: c.endFrom(from) }
  return { expression, alias: nameOf(c, c.advance()), from, to: c.endFrom(from) }
}

function parseClause(c: Cursor, select: Select, clause: Clause): void {
  const word = c.advance()
  switch (clause) {
    case 'FROM':
      // Behind a second FROM nobody knows whose columns are meant.
      if (select.tables.length === 0) select.tables = parseTables(c)
      else {
        parseTables(c)
        select.tables = [unknownTable(c)]
      }
      return
    case 'WHERE':
      select.where = both(c, select.where, parseCondition(c))
      return
    case 'GROUP':
      expectBy(c, 'GROUP')
      select.groupBy.push(...parseGroups(c))
      return
    case 'HAVING':
      select.having = both(c, select.having, parseCondition(c))
      return
    case 'WINDOW':
      select.windows.push(...parseNamedWindows(c))
      return
    case 'QUALIFY':
      c.unsupported(word, 'AMC SQL has no QUALIFY', 'Compute the rank in a subquery and filter it outside')
      parseCondition(c)
  }
}

/** BY, or a short word that can only be meant for it: `GROUP BU campaign`. */
function expectBy(c: Cursor, before: string): void {
  if (c.accept('BY')) return
  const { kind, from, to } = c.token
  const next = c.peek(1)
  const isSlip = kind === 'name' && to - from <= 3 && (next.kind === 'name' || next.kind === 'number')
  if (!isSlip) {
    c.fault(`BY is missing before ${c.here()}`, `Write ${before} BY`, ['"BY"'], c.add(' BY'))
    return
  }
  c.fault(`${c.here()} is misspelt: BY is meant`, 'Write BY', ['"BY"'], mend('Write BY', replace(c.token, 'BY')))
  c.advance()
}

function unknownTable(c: Cursor): TableExpression {
  return { kind: 'table', parts: [c.missingName()], alias: null, columns: null, from: c.end, to: c.end }
}

function both(c: Cursor, left: Expression | null, right: Expression): Expression {
  return left === null ? right : and(c, left, right, left.from)
}

/** "GROUP" "BY" exprs ; the forms for several groupings at once are read and refused */
function parseGroups(c: Cursor): Expression[] {
  const help = 'Write one SELECT per grouping and join them with UNION ALL'
  if (c.is('GROUPING') && c.peek(1).word === 'SETS') {
    const from = c.advance().from
    const { to } = c.advance()
    c.unsupported({ from, to }, 'AMC SQL has no GROUPING SETS', help)
    if (c.is('(')) {
      const opened = c.opening()
      c.skip()
      c.close(opened)
    }
    return []
  }
  if (c.is('ALL')) {
    c.unsupported(c.token, 'AMC SQL has no GROUP BY ALL', 'Name the columns, or their numbers in the SELECT list')
    c.advance()
    return []
  }
  return parseExpressions(c).flatMap((group) => {
    const name = group.kind === 'call' ? group.name.text.toUpperCase() : ''
    if (group.kind !== 'call' || (name !== 'ROLLUP' && name !== 'CUBE')) return [group]
    c.unsupported(group, `AMC SQL has no ${name}`, help)
    return group.arguments
  })
}
