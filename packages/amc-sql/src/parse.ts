import type { Diagnostic } from './diagnostic.ts'
import { Cursor } from './parse/cursor.ts'
import { parseExpression } from './parse/expression.ts'
import { lexicalDiagnostics } from './parse/lexical.ts'
import { beginsQuery } from './parse/lists.ts'
import { type Reading, withoutSlips } from './parse/misspelt.ts'
import { isName } from './parse/names.ts'
import { parseQuery } from './parse/query.ts'
import { type ScanOptions, scan, type Token } from './scan.ts'
import type { ParameterUse, Query } from './tree.ts'

export interface ParseResult {
  /** Null where the text holds no query at all. */
  query: Query | null
  tokens: Token[]
  /** What the lexer and the grammar found, in the order of the text. */
  diagnostics: Diagnostic[]
  /** Every `{{name}}` in order, also those inside text literals, never those in comments. */
  parameterUses: ParameterUse[]
}

/** Reads any text into a tree with a finding for each fault; never throws, and the time is linear in the text. */
export function parse(text: string, options: ScanOptions = {}): ParseResult {
  const tokens = scan(text, options)
  const { words, faulty, parameterUses } = sorted(tokens)
  const read = (given: readonly Token[]): Reading => {
    const cursor = new Cursor(text, given, { query: parseQuery, expression: parseExpression })
    return { query: parseStatement(cursor), diagnostics: cursor.diagnostics, passed: cursor.passed }
  }
  const first = read(words)
  const broken = first.diagnostics.some(({ code }) => code === 'syntax')
  const { query, diagnostics: found, passed } = broken ? withoutSlips(text, words, first, read) : first
  const lexical = lexicalDiagnostics(text, faulty).filter(
    ({ from }) => !passed.some((one) => one.from <= from && from < one.to),
  )
  const isEmpty = query === null && lexical.some(({ code }) => code === 'lexical')
  const diagnostics = isEmpty ? lexical : lexical.concat(found)
  diagnostics.sort((a, b) => a.from - b.from || a.to - b.to)
  return { query, tokens, diagnostics, parameterUses }
}

interface Sorted {
  /** Without white space and comments. */
  words: Token[]
  /** What is wrong by itself. */
  faulty: Token[]
  parameterUses: ParameterUse[]
}

/** Looks once at each token of a text for all who need some of them. */
function sorted(tokens: readonly Token[]): Sorted {
  const found: Sorted = { words: [], faulty: [], parameterUses: [] }
  const { words, faulty, parameterUses } = found
  // An iterator over thousands of tokens would make an object for each.
  tokens.forEach((token) => {
    if (token.kind !== 'space' && token.kind !== 'comment') words.push(token)
    if (token.fault !== null) faulty.push(token)
    if (token.parameters.length > 0) parameterUses.push(...token.parameters)
  })
  return found
}

const otherStatements: ReadonlySet<string> = new Set(
  `ALTER ANALYZE BEGIN CALL COMMIT COPY CREATE DECLARE DELETE DESCRIBE DROP EXEC EXECUTE EXPLAIN GRANT INSERT MERGE REPLACE
  REVOKE SET SHOW TRUNCATE UPDATE UPSERT USE`.split(/\s+/),
)

/** statement = query [ ";" ] */
function parseStatement(c: Cursor): Query | null {
  if (c.atEnd) {
    c.fault('The query is empty', 'Begin with SELECT, WITH or VALUES')
    return null
  }
  skipToQuery(c)
  if (c.atEnd) return null
  const query = parseQuery(c)
  if (!c.atEnd && !c.is(';'))
    c.fault(`${c.here()} is not expected after the end of the query`, 'Remove what follows', ['<EOF>'])
  while (!c.atEnd && !c.is(';')) {
    c.advance()
    c.skip()
    // What looks like the rest of the query is read for its own faults, though it has no place in the tree.
    if (c.is('SELECT')) parseQuery(c)
  }
  const semicolon = c.token
  while (c.accept(';'));
  if (!c.atEnd) {
    const help = 'Keep one query; a semicolon is only allowed at its end'
    c.report('syntax', 'error', semicolon, 'AMC runs one statement at a time', help, `Encountered ";"`)
  }
  return query
}

/** Passes over the head of a statement that changes something, and over words that can begin nothing. */
function skipToQuery(c: Cursor): void {
  if (beginsQuery(c.token) || c.is('(') || (isName(c.token) && c.peek(1).word === 'AS' && c.peek(2).word === '('))
    return
  const { word } = c.token
  const next = c.peek(1)
  const isStatement = otherStatements.has(word) && next.kind !== 'operator' && next.kind !== 'punctuation'
  if (isStatement) c.unsupported(c.token, `AMC runs queries only, not ${word}`, 'Begin with SELECT, WITH or VALUES')
  else
    c.fault(`A query cannot begin with ${c.here()}`, 'Begin with SELECT, WITH or VALUES', [
      '"SELECT"',
      '"WITH"',
      '"VALUES"',
    ])
  const { from, kind } = c.token
  while (!c.atEnd && !beginsQuery(c.token)) c.advance()
  // What the lexer says of a strange first sign is all that is said of these words.
  if (kind !== 'unknown') c.passed.push({ from, to: c.token.from })
}
