import type { Token } from '../scan.ts'
import type { Case, Expression } from '../tree.ts'
import { insert, mend, replace } from '../edits.ts'
import type { Cursor } from './cursor.ts'
import { beginsExpression, beginsQuery, binding, parseExpressions } from './lists.ts'
import { parseTypeName } from './type-name.ts'

const warnUndocumented = 'Amazon documents no such subquery; AMC may refuse it'

function expression(c: Cursor): Expression {
  return c.grammar.expression(c, binding.none)
}

/** The `(` behind a word that needs one. */
function openingAfter(c: Cursor, what: string): Token {
  return c.expectOpening(`${what} needs ( before ${c.here()}`, `Write ${what}(…)`)
}

/** "(" query ")" | "(" expr ")" | "(" expr "," expr { "," expr } ")" */
export function parseParenthesized(c: Cursor): Expression {
  const from = c.token.from
  const opened = c.opening()
  if (beginsQuery(c.token)) {
    const query = c.grammar.query(c)
    c.close(opened)
    c.unsupported(opened, 'A subquery stands where one value is expected', warnUndocumented, 'warning')
    return { kind: 'subquery', query, from, to: c.endFrom(from) }
  }
  const items = parseExpressions(c)
  c.close(opened)
  const [only] = items
  return only !== undefined && items.length === 1 ? only : { kind: 'row', items, from, to: c.endFrom(from) }
}

/** case = "CASE" [ expr ] "WHEN" expr "THEN" expr { "WHEN" … } [ "ELSE" expr ] "END" */
export function parseCase(c: Cursor): Case {
  const from = c.advance().from
  c.openCases += 1
  const operand = c.is('WHEN') ? null : expression(c)
  const branches: Case['branches'] = []
  readBranches(c, branches)
  if (branches.length === 0) c.fault(`CASE needs WHEN before ${c.here()}`, 'Write CASE WHEN … THEN … END', ['"WHEN"'])
  if (c.is('ELSE') && c.peek(1).word === 'WHEN') {
    c.fault('WHEN stands behind ELSE', 'Remove ELSE', [], mend('Remove ELSE', replace(c.token, '')))
    c.advance()
    readBranches(c, branches)
  }
  while (c.is('ELSE') && c.peek(1).word === 'IF' && c.peek(2).word !== '(') {
    const from = c.advance().from
    const place = { from, to: c.token.to }
    c.fault(
      'A CASE goes on with WHEN, not with ELSE IF',
      'Write WHEN',
      ['"WHEN"'],
      mend('Write WHEN', replace(place, 'WHEN')),
    )
    c.advance()
    readBranch(c, branches)
    readBranches(c, branches)
  }
  const otherwise = c.accept('ELSE') ? expression(c) : null
  c.openCases -= 1
  if (!c.accept('END')) {
    c.fault(`The CASE is not closed before ${c.here()}`, 'Add END', ['"END"'], c.add(' END'))
  } else if (c.is('CASE') && endsCase.has(c.peek(1).word)) {
    c.fault('CASE ends with END alone', 'Remove this CASE', [], mend('Remove CASE', replace(c.token, '')))
    c.advance()
  }
  return { kind: 'case', operand, branches, otherwise, from, to: c.endFrom(from) }
}

/** What can follow the END of a CASE and cannot follow the word CASE. */
const endsCase: ReadonlySet<string> = new Set([')', ',', 'AS', 'FROM', 'END', 'ELSE', 'THEN', 'WHERE', 'GROUP'])

function readBranches(c: Cursor, branches: Case['branches']): void {
  while (c.accept('WHEN')) readBranch(c, branches)
}

/** What stands behind WHEN. */
function readBranch(c: Cursor, branches: Case['branches']): void {
  const when = expression(c)
  if (!c.accept('THEN'))
    c.fault(`THEN is missing before ${c.here()}`, 'Write WHEN … THEN …', ['"THEN"'], c.add(' THEN'))
  // oxlint-disable-next-line unicorn/no-thenable -- the field is named after its keyword and nobody awaits a branch
  branches.push({ when, then: expression(c) })
}

/** cast = "CAST" "(" expr "AS" type ")" ; TRY_CAST and SAFE_CAST of other dialects read the same way */
export function parseCast(c: Cursor): Expression {
  const word = c.advance()
  if (word.word !== 'CAST')
    c.unsupported(
      word,
      `AMC SQL has no ${c.textOf(word)}`,
      'Write CAST(value AS type)',
      'error',
      mend('Write CAST', replace(word, 'CAST')),
    )
  const opened = openingAfter(c, 'CAST')
  const operand = expression(c)
  if (!c.is('AS'))
    c.fault(
      `AS and a type are missing before ${c.here()}`,
      'Write CAST(value AS type)',
      ['"AS"'],
      c.is(',') ? mend('Write AS', replace(c.token, ' AS')) : {},
    )
  if (c.peek(1).word === 'AS' || c.is(',')) c.advance()
  c.accept('AS')
  const type = parseTypeName(c)
  c.close(opened)
  return { kind: 'cast', operand, type, from: word.from, to: c.endFrom(word.from) }
}

/** extract = "EXTRACT" "(" unit "FROM" expr ")" */
export function parseExtract(c: Cursor): Expression {
  const from = c.advance().from
  const opened = openingAfter(c, 'EXTRACT')
  const unitRange = { from: c.token.from, to: c.token.to }
  const unit = c.token.kind === 'name' ? c.advance().word : quotedUnit(c)
  if (unit === '') c.fault(`A unit is missing before ${c.here()}`, 'Write EXTRACT(DAY FROM time)')
  if (!c.is('FROM')) {
    c.fault(
      `FROM is missing before ${c.here()}`,
      'Write EXTRACT(DAY FROM time)',
      ['"FROM"'],
      c.is(',') ? mend('Write FROM', replace(c.token, ' FROM')) : {},
    )
    if (c.peek(1).word === 'FROM' || c.is(',')) c.advance()
  }
  c.accept('FROM')
  const operand = expression(c)
  c.close(opened)
  return { kind: 'extract', unit, unitRange, operand, from, to: c.endFrom(from) }
}

/** EXTRACT('day' FROM time): the unit is a word, and other dialects quote it. */
function quotedUnit(c: Cursor): string {
  const { token } = c
  if (token.kind !== 'string') return ''
  const unit = c.textOf(token).replaceAll("'", '').toUpperCase()
  c.fault(
    `The unit ${c.here()} stands in quotes`,
    `Write EXTRACT(${unit} FROM time)`,
    ['<IDENTIFIER>'],
    mend(`Write ${unit}`, replace(token, unit)),
  )
  c.advance()
  return unit
}

const intervalUnits: ReadonlySet<string> = new Set(
  'SECOND SECONDS MINUTE MINUTES HOUR HOURS DAY DAYS WEEK WEEKS MONTH MONTHS QUARTER QUARTERS YEAR YEARS'.split(' '),
)

/** interval = "INTERVAL" expr unit */
export function parseInterval(c: Cursor): Expression {
  const from = c.advance().from
  const value = c.grammar.expression(c, binding.sign)
  if (!intervalUnits.has(c.token.word)) {
    const inside = value.kind === 'literal' ? /^\s*(\d+)\s*([a-z]+?)s?\s*$/i.exec(value.value) : null
    const unit = inside?.[2]?.toUpperCase() ?? ''
    const written = intervalUnits.has(unit) ? `'${inside?.[1] ?? ''}' ${unit}` : null
    if (written === null) c.fault(`INTERVAL needs a unit before ${c.here()}`, "Write INTERVAL '7' DAY", ['"DAY"'])
    else {
      const help = `Write INTERVAL ${written}`
      const mending = mend(help, replace(value, written))
      c.report(
        'syntax',
        'error',
        value,
        'The unit of an INTERVAL stands outside its text',
        help,
        c.encountered(),
        mending,
      )
    }
    return { kind: 'interval', value, unit: written === null ? '' : unit, from, to: c.endFrom(from) }
  }
  if (value.kind === 'literal' && value.type === 'integer')
    c.unsupported(
      value,
      `The number of an INTERVAL stands in quotes`,
      `Write INTERVAL '${value.value}' ${c.here()}; AMC may refuse it without`,
      'warning',
      mend(`Write '${value.value}'`, insert(value.from, "'"), insert(value.to, "'")),
    )
  const unit = c.advance().word
  return { kind: 'interval', value, unit, from, to: c.endFrom(from) }
}

/** array = "ARRAY" "[" [ exprs ] "]" */
export function parseArray(c: Cursor): Expression {
  const from = c.advance().from
  if (!c.is('[')) {
    c.fault(`ARRAY needs [ before ${c.here()}`, "Write ARRAY['a', 'b']", ['"["'])
    if (beginsExpression(c)) expression(c)
    return { kind: 'array', items: [], from, to: c.endFrom(from) }
  }
  c.advance()
  const items = c.is(']') ? [] : parseExpressions(c)
  if (!c.accept(']')) c.fault(`The [ is not closed before ${c.here()}`, 'Add ]', ['"]"'])
  return { kind: 'array', items, from, to: c.endFrom(from) }
}

/** exists = "EXISTS" "(" query ")" */
export function parseExists(c: Cursor): Expression {
  const word = c.advance()
  const opened = openingAfter(c, 'EXISTS')
  const query = c.grammar.query(c)
  c.close(opened)
  c.unsupported(word, 'Amazon documents no EXISTS', 'Write IN (SELECT …) or a join; AMC may refuse this', 'warning')
  return { kind: 'exists', query, from: word.from, to: c.endFrom(word.from) }
}
