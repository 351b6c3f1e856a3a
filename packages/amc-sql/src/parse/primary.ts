import type { Token } from '../scan.ts'
import type { Expression, Literal, Name } from '../tree.ts'
import { callable } from '../functions/catalogue.ts'
import { parseCall } from './call.ts'
import { insert, mend, replace, suggest } from '../edits.ts'
import type { Cursor } from './cursor.ts'
import { beginsExpression } from './lists.ts'
import { isName, nameOf } from './names.ts'
import {
  parseArray,
  parseCase,
  parseCast,
  parseExists,
  parseExtract,
  parseInterval,
  parseParenthesized,
} from './special.ts'

/** primary = literal | parameter | column | call | "(" … ")" | CASE | CAST | … */
export function parsePrimary(c: Cursor): Expression {
  const { token } = c
  switch (token.kind) {
    case 'number':
      return number(c, c.advance())
    case 'string':
      return string(c, c.advance(), token.from, 'string')
    case 'parameter':
      c.advance()
      return { kind: 'parameter', name: token.parameters[0]?.name ?? '', from: token.from, to: token.to }
    case 'name':
      return parseNamed(c)
    case 'quoted-name':
      return parseColumnOrCall(c)
    case 'unknown':
      // The lexer has said what is wrong with it; the expression goes on behind it.
      while (c.token.kind === 'unknown') c.advance()
      return beginsExpression(c) ? parsePrimary(c) : c.missing()
    default:
      return parseWorded(c)
  }
}

function parseNamed(c: Cursor): Expression {
  const { word, from } = c.token
  const next = c.peek(1)
  if (next.kind === 'string') {
    if (word === 'DATE' || word === 'TIMESTAMP') {
      c.advance()
      return string(c, c.advance(), from, word === 'DATE' ? 'date' : 'timestamp')
    }
    if (word === 'TIME') c.fault('AMC SQL has no type TIME', 'Use TIMESTAMP, or compare the HOUR')
  }
  if (next.kind === 'string' && word !== 'TIME' && isTorn(c, next)) return passHalfQuoted(c)
  if (next.word === '(') {
    if (word === 'TRY_CAST' || word === 'SAFE_CAST') return parseCast(c)
    if (word === 'ROW') return parseRow(c)
  }
  return lacksOpening(c) ? parseCall(c, nameOf(c, c.advance()), from) : parseColumnOrCall(c)
}

/** True before `COUNT DISTINCT x`, `SUM x AS y` and, where no parenthesis is open, `SUM x)`. */
function lacksOpening(c: Cursor): boolean {
  const next = c.peek(1)
  const behind = c.peek(2).word
  const isUnopened = next.word === 'DISTINCT' || (isName(next) && (behind === 'AS' || (c.open === 0 && behind === ')')))
  return isUnopened && callable.has(c.token.word)
}

/** True for a text that most likely begins where another one was meant to end: it has no end, goes on in the next line, or begins with a comma. */
function isTorn(c: Cursor, token: Token): boolean {
  const written = c.textOf(token)
  return token.fault === 'unterminated-string' || written.includes('\n') || /^'\s*[,)]/.test(written)
}

/** `TV'`, a text whose first quote is missing: what its last one opens is torn. */
function passHalfQuoted(c: Cursor): Expression {
  const name = c.token
  const message = `The quote before ${c.here()} is missing`
  c.report('syntax', 'error', name, message, 'A text begins and ends with one quote', c.encountered(), {
    ...suggest("Add '", insert(name.from, "'")),
  })
  c.advance()
  c.passTorn()
  return c.missing()
}

/** primaries that a keyword or a mark opens */
function parseWorded(c: Cursor): Expression {
  const { word, from } = c.token
  switch (word) {
    case '(':
      return parseParenthesized(c)
    case '*':
      c.advance()
      return { kind: 'star', qualifier: null, from, to: c.endFrom(from) }
    case 'TRUE':
    case 'FALSE':
      c.advance()
      return { kind: 'literal', type: 'boolean', value: word, parameters: [], from, to: c.endFrom(from) }
    case 'NULL':
      c.advance()
      return { kind: 'literal', type: 'null', value: word, parameters: [], from, to: c.endFrom(from) }
    case 'CASE':
      return parseCase(c)
    case 'CAST':
      return parseCast(c)
    case 'EXTRACT':
      return parseExtract(c)
    case 'INTERVAL':
      return parseInterval(c)
    case 'ARRAY':
      return parseArray(c)
    case 'EXISTS':
      return parseExists(c)
    case 'CURRENT_DATE':
    case 'CURRENT_TIMESTAMP':
      return parseClock(c)
    case 'LEFT':
    case 'RIGHT':
    case 'UNNEST':
      if (c.peek(1).word === '(') return parseCall(c, nameOf(c, c.advance()), from)
      break
    case '<':
      if (isMarkedGap(c)) return passMarkedGap(c)
      break
    case '[':
      c.fault('Square brackets mark text to replace', 'Put a name or a value here; a list is written ARRAY[…]')
      while (!c.atEnd && !c.is(']') && !c.is('FROM')) c.advance()
      c.accept(']')
      return c.missing()
    default:
  }
  if (clauseWords.has(word) && endsColumn(c.peek(1))) {
    const mending = mend(`Write "${c.here()}"`, replace(c.token, `"${c.here()}"`))
    c.fault(`${c.here()} is a reserved word`, `Write "${c.here()}" in double quotes`, ['<IDENTIFIER>'], mending)
    return parseColumnOrCall(c)
  }
  missingExpression(c)
  return c.missing()
}

const clauseWords: ReadonlySet<string> = new Set(
  'CROSS FULL GROUP INNER LEFT LIMIT OFFSET ORDER OUTER PARTITION RIGHT TABLE USING VALUES WINDOW'.split(' '),
)

/** True for what stands behind a column and not behind the keyword of a clause. */
function endsColumn({ kind, word }: Token): boolean {
  return kind === 'operator' || kind === 'space' || word === ',' || word === ')' || word === 'FROM' || word === 'AS'
}

/** True before `<your campaign>`, as pages mark what is to be filled in. */
function isMarkedGap(c: Cursor): boolean {
  let words = 1
  while (words < 6 && isName(c.peek(words))) words += 1
  return words > 1 && c.peek(words).word === '>'
}

function passMarkedGap(c: Cursor): Expression {
  const [{ from }, encountered] = [c.token, c.encountered()]
  while (!c.is('>')) c.advance()
  const { to } = c.advance()
  const help = 'Put a value or a column in its place'
  c.report('syntax', 'error', { from, to }, 'Angle brackets mark text to replace', help, encountered)
  return c.missing()
}

const joining: ReadonlySet<string> = new Set([
  'AND',
  'OR',
  '+',
  '-',
  '*',
  '/',
  '%',
  '||',
  '=',
  '<>',
  '<',
  '>',
  '<=',
  '>=',
])

/** Says what is missing here, or what stands before it without need. */
function missingExpression(c: Cursor): void {
  const { previous } = c
  const place = c.here()
  if (previous.word === ',') return c.strayComma()
  const before = c.textOf(previous)
  if (joining.has(previous.word) && c.is(previous.word))
    c.fault(
      `${before} stands here twice`,
      'Remove one',
      [],
      mend('Remove one', replace({ from: previous.to, to: c.token.to }, '')),
    )
  else if (joining.has(previous.word))
    c.fault(
      `An expression is missing between ${before} and ${place}`,
      `Write what ${before} goes with, or remove ${before}`,
      [],
      suggest(`Remove ${before}`, replace(previous, '')),
    )
  else if (previous.word === 'WHERE' || previous.word === 'HAVING' || previous.word === 'ON')
    c.fault(`${before} has no condition before ${place}`, `Write a condition, or remove ${before}`)
  else c.fault(`An expression is missing before ${place}`, 'Write a column, a value or a call here')
}

/** column = name { "." name } | name "." "*" ; call = name "(" … */
function parseColumnOrCall(c: Cursor): Expression {
  const first = c.advance()
  const name = nameOf(c, first)
  if (c.is('(')) return parseCall(c, name, first.from)
  let parts: Name[] = [name]
  while (c.is('.')) {
    const dot = c.advance()
    if (c.is('*')) {
      c.advance()
      return { kind: 'star', qualifier: parts.at(-1) ?? null, from: first.from, to: c.endFrom(first.from) }
    }
    // `i.order` means a column, `i. FROM` is still being written: only a word right behind the dot is its column.
    const glued = c.token.kind === 'keyword' && c.token.from === dot.to
    if (glued)
      c.fault(
        `${c.here()} is a reserved word`,
        `Write "${c.here()}" in double quotes`,
        ['<IDENTIFIER>'],
        mend(`Write "${c.here()}"`, replace(c.token, `"${c.here()}"`)),
      )
    const isWritten = glued || (isName(c.token) && !beginsNextLine(c, dot))
    if (!isWritten)
      c.fault(`A column name is missing after ${c.textOf({ from: first.from, to: dot.to })}`, undefined, [
        '<IDENTIFIER>',
        '"*"',
      ])
    const part = isWritten ? nameOf(c, c.advance()) : c.missingName()
    // Most columns have one qualifier, and an array that grows has room for 17.
    parts = parts.length === 1 ? [name, part] : [...parts, part]
    if (!isWritten) break
  }
  // “Spring” is as often a text as a name: what the quotes should have been decides, and they are reported.
  if (parts.length === 1 && first.fault === 'smart-quote') return { kind: 'missing', from: first.from, to: first.to }
  return { kind: 'column', parts, from: first.from, to: c.endFrom(first.from) }
}

/** In `SELECT i.⏎ campaign AS c` the dot is finished by the next line only when that line is not an item of its own. */
function beginsNextLine(c: Cursor, dot: Token): boolean {
  const gap = c.text.slice(dot.to, c.token.from)
  return gap.includes('\n') && c.peek(1).word === '.'
}

function number(c: Cursor, token: Token): Literal {
  const value = c.textOf(token)
  const type = /[eE]/.test(value) ? 'double' : value.includes('.') ? 'decimal' : 'integer'
  return { kind: 'literal', type, value, parameters: [], from: token.from, to: token.to }
}

function string(c: Cursor, token: Token, from: number, type: 'string' | 'date' | 'timestamp'): Literal {
  const written = c.textOf(token)
  const inner = written.slice(1, token.fault === 'unterminated-string' ? undefined : -1)
  const value = inner.includes("''") ? inner.replaceAll("''", "'") : inner
  return { kind: 'literal', type, value, parameters: [...token.parameters], from, to: token.to }
}

function parseClock(c: Cursor): Expression {
  const token = c.advance()
  if (c.is('(') && c.peek(1).word === ')') {
    c.advance()
    c.advance()
  }
  return {
    kind: 'call',
    name: nameOf(c, token),
    arguments: [],
    distinct: false,
    filter: null,
    over: null,
    keywords: [],
    from: token.from,
    to: c.endFrom(token.from),
  }
}

/** row = "ROW" "(" exprs ")" */
function parseRow(c: Cursor): Expression {
  const row = c.advance()
  c.unsupported(row, 'Amazon documents no ROW', "Write NAMED_ROW('label', value, …)", 'warning')
  const inner = parseParenthesized(c)
  const items = inner.kind === 'row' ? inner.items : [inner]
  return { kind: 'row', items, from: row.from, to: c.endFrom(row.from) }
}
