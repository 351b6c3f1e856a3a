import type { Diagnostic } from '../diagnostic.ts'
import { insert, type Mending, mend, suggest } from '../edits.ts'
import type { Token } from '../scan.ts'
import type { Expression, Missing, Name, Query, Range } from '../tree.ts'

/** The two productions that all others lead back to; handed in, so that the files of the grammar form no circle. */
export interface Grammar {
  query(cursor: Cursor): Query
  expression(cursor: Cursor, binding: number): Expression
}

/** How deep expressions and queries may nest: trees are walked recursively, and a stack ends. */
const maxNesting = 500
/** How high one tree may grow, which joins and postfix operators do without any parentheses. */
const maxHeight = 1000

/** Words of one text that a quote inside it can tear apart. */
const mostTornNames = 8

/** Leaving a token out takes as long as the text. */
const mostStrays = 50

/** A place in the token list, with the faults found up to it. */
export class Cursor {
  readonly text: string
  readonly grammar: Grammar
  readonly diagnostics: Diagnostic[] = []
  /** How many parentheses are open here: at zero a `)` is a stray one. */
  open = 0
  /** How many WITH parts are open here. */
  openParts = 0
  /** How many CASE are open here. */
  openCases = 0
  /** The next token; at the end one of the kind 'space', which is met nowhere else. */
  token: Token
  /** What was passed over because of a slip, which faults of its tokens only repeat. */
  readonly passed: Range[] = []
  private tokens: readonly Token[]
  private readonly unclosed: ReadonlySet<Token>
  private unclosedOpen = 0
  private readonly last: Token
  private at = 0
  private nesting = 0
  private height = 0
  private lastFaultAt = -1
  private previousEnd = 0
  private strays = 0

  /** Of tokens without white space and comments. */
  constructor(text: string, tokens: readonly Token[], grammar: Grammar) {
    this.text = text
    this.grammar = grammar
    this.tokens = tokens
    const opened: Token[] = []
    // An iterator over thousands of tokens would make an object for each.
    this.tokens.forEach((token) => {
      if (token.word === '(') opened.push(token)
      else if (token.word === ')') opened.pop()
    })
    this.unclosed = new Set(opened)
    this.last = { kind: 'space', from: text.length, to: text.length, word: '', parameters: [], fault: null }
    this.token = this.tokens[0] ?? this.last
  }

  /** True past the last token. */
  get atEnd(): boolean {
    return this.token === this.last
  }

  /** The end of the token before this place. */
  get end(): number {
    return this.previousEnd
  }

  /** True inside a parenthesis while the text closes fewer than it opens. */
  get lacksClosing(): boolean {
    return this.unclosedOpen > 0
  }

  is(word: string): boolean {
    return this.token.word === word
  }

  /** The token before this place; at the start one of the kind 'space'. */
  get previous(): Token {
    return this.tokens[this.at - 1] ?? this.last
  }

  peek(distance: number): Token {
    return this.tokens[this.at + distance] ?? this.last
  }

  advance(): Token {
    const token = this.token
    if (token !== this.last) {
      this.previousEnd = token.to
      this.at += 1
      this.token = this.tokens[this.at] ?? this.last
    }
    return token
  }

  isEnd(token: Token): boolean {
    return token === this.last
  }

  /** True where `, name AS (SELECT` stands in a distance: a WITH part begins, whatever is still open before it. */
  beginsPart(distance: number): boolean {
    if (
      this.peek(distance).word !== ',' ||
      this.peek(distance + 2).word !== 'AS' ||
      this.peek(distance + 3).word !== '('
    )
      return false
    const { kind } = this.peek(distance + 1)
    const { word } = this.peek(distance + 4)
    const isQuery = word === 'SELECT' || word === 'WITH' || word === 'VALUES'
    return isQuery && (kind === 'name' || kind === 'quoted-name')
  }

  /** True where the next WITH part begins, so that the one that is open here was not closed. */
  get endsPart(): boolean {
    return this.openParts > 0 && this.beginsPart(0)
  }

  /** Reports a `)` further on that closes nothing, and leaves it out; a text full of them is read as it stands. */
  dropStray(distance: number): void {
    if (this.strays === mostStrays) return
    this.strays += 1
    const token = this.peek(distance)
    this.report('syntax', 'error', token, ') is not expected here', 'No ( belongs to this )', 'Encountered ")"')
    this.tokens = this.tokens.toSpliced(this.at + distance, 1)
    this.token = this.peek(0)
  }

  accept(word: string): boolean {
    if (this.token.word !== word) return false
    this.advance()
    return true
  }

  textOf(token: Range): string {
    return this.text.slice(token.from, token.to)
  }

  /** A fix that puts words behind the token before this place. */
  add(text: string, title = `Add ${text.trim()}`): Mending {
    return mend(title, insert(this.previousEnd, text))
  }

  /** The end of the last token, never before an offset. */
  endFrom(from: number): number {
    return Math.max(from, this.previousEnd)
  }

  /** The range from an offset to the end of the last token, never negative. */
  rangeFrom(from: number): Range {
    return { from, to: this.endFrom(from) }
  }

  /** Reports a fault at the next token, at most one for each token, so that one slip makes no cascade. */
  fault(message: string, help?: string, expected: readonly string[] = [], mending: Mending = {}): Diagnostic | null {
    if (this.lastFaultAt === this.at) return null
    this.lastFaultAt = this.at
    // A token that is a fault by itself has been reported by the lexer.
    if (this.token.fault !== null && this.token.kind === 'unknown') return null
    const encountered = this.encountered()
    const wanted = expected.map((one) => `\n    ${one} ...`).join('')
    const frame = expected.length === 0 ? '' : expected.length === 1 ? '\nWas expecting:' : '\nWas expecting one of:'
    const range = this.atEnd ? { from: this.previousEnd, to: this.previousEnd } : this.token
    return this.report('syntax', 'error', range, message, help, encountered + frame + wanted, mending)
  }

  /** Reports the comma before this place, behind which nothing follows that it could separate. */
  strayComma(): void {
    const { from, to } = this.previous
    const mending = mend('Remove the comma', { from, to, text: '' })
    const fault = this.fault(`A comma stands before ${this.here()}`, 'Remove the comma', [], mending)
    if (fault !== null) Object.assign(fault, { from, to })
  }

  /** Reports something that AMC lacks, at its own place, whatever else has been said. */
  unsupported(
    range: Range,
    message: string,
    help: string,
    severity: 'error' | 'warning' = 'error',
    mending: Mending = {},
  ): void {
    const word = /^\S+/.exec(this.textOf(range))?.[0] ?? ''
    this.report('unsupported', severity, range, message, help, `Encountered "${word}"`, mending)
  }

  report(
    code: string,
    severity: Diagnostic['severity'],
    range: Range,
    message: string,
    help: string | undefined,
    amc: string,
    mending: Mending = {},
  ): Diagnostic {
    const fault: Diagnostic = { code, severity, from: range.from, to: range.to, message, amc, ...mending }
    if (help !== undefined) fault.help = help
    this.diagnostics.push(fault)
    return fault
  }

  /** JavaCC's words for the next token, escaped as it escapes them. */
  encountered(): string {
    if (this.atEnd) return 'Encountered "<EOF>"'
    return `Encountered "${this.textOf(this.token).replaceAll(/[\\'"\n\r\t]/g, escapeOf)}"`
  }

  /** How the next token is called in a message. */
  here(): string {
    return this.atEnd ? 'the end' : shorten(this.textOf(this.token))
  }

  /** The stand-in for an expression that the text lacks; it spans the gap, which is where completion asks. */
  missing(): Missing {
    return { kind: 'missing', from: this.previousEnd, to: Math.max(this.previousEnd, this.token.from) }
  }

  missingName(): Name {
    return { from: this.previousEnd, to: this.previousEnd, text: '', key: '', quoted: false }
  }

  /** Runs a production one level deeper; past the limit the parenthesis around it is passed over, with one report, for a stand-in. */
  nested<T>(production: (cursor: Cursor, minimum: number) => T, standIn: (cursor: Cursor) => T, minimum: number): T {
    if (this.nesting >= maxNesting) {
      this.passTooDeep()
      return standIn(this)
    }
    const outer = this.height
    this.height = 0
    this.nesting += 1
    const result = production(this, minimum)
    this.nesting -= 1
    this.height = Math.max(outer, this.height + 1)
    return result
  }

  /** Says that the node under construction became one level higher; false where it must not grow on. */
  grow(): boolean {
    this.height += 1
    if (this.height <= maxHeight) return true
    this.passTooDeep()
    this.height = 0
    return false
  }

  /** Passes over what is nested too deeply, up to the bracket that closes around it. */
  private passTooDeep(): void {
    if (this.atEnd) return
    this.report(
      'too-deep',
      'error',
      this.token,
      'The query is nested too deeply here',
      'Split it into several WITH parts',
      this.encountered(),
    )
    this.skip(onlyBrackets)
    // What the levels around it lack is a consequence.
    this.lastFaultAt = this.at
  }

  /** Eats a `(`; the matching `close` ends it. */
  opening(): Token {
    this.open += 1
    if (this.unclosed.has(this.token)) this.unclosedOpen += 1
    return this.advance()
  }

  /** The `(` that the grammar wants; a missing one is reported and taken as written, so that its `)` has a partner. */
  expectOpening(message: string, help: string): Token {
    if (this.is('(')) return this.opening()
    this.fault(message, help, ['"("'], this.add(' ('))
    this.open += 1
    return { ...this.last, from: this.previousEnd, to: this.previousEnd }
  }

  /** Eats the `)` of an opened parenthesis; where it is missing, says so once and passes over what cannot stand there. */
  close(opened: Token, stops: ReadonlySet<string> = clauseWords): void {
    if (!this.is(')')) {
      const cut = this.atEnd || this.endsPart || this.endsParenthesis
      const message = cut ? `The ( is not closed before ${this.here()}` : `${this.here()} is not expected here`
      const help = `Add a comma or an operator before ${this.here()}, or ) to close the parenthesis`
      // Without its ( there is no telling where the parenthesis ends, and the missing one has been reported.
      if (opened.from < opened.to && !this.isSwallowed(')'))
        this.fault(message, cut ? 'Add )' : help, ['")"'], cut ? this.add(')') : {})
      if (stops !== clauseWords || (!cut && opened.from < opened.to)) this.skip(stops)
    }
    this.open -= 1
    if (this.unclosed.has(opened)) this.unclosedOpen -= 1
    if (this.is(')')) this.advance()
  }

  /** True where the text before this place was not closed and ran over a sign to the end of its line. */
  private isSwallowed(sign: string): boolean {
    const before = this.previous
    return before.fault === 'unterminated-string' && this.textOf(before).includes(sign)
  }

  /** Names between two texts, as in `'Mother's Day'` and `'a, 'b'`, where a quote is missing: passes over what is torn. */
  passQuoteSlip(): boolean {
    const before = this.previous
    if (this.token.kind !== 'name' || before.kind !== 'string') return false
    let names = 1
    while (names < mostTornNames && this.peek(names).kind === 'name') names += 1
    if (this.peek(names).kind !== 'string') return false
    const isGlued = before.to === this.token.from
    const help = 'Every text begins and ends with one quote; a quote inside it is doubled'
    const mending = isGlued ? suggest("Write ''", insert(before.to, "'")) : {}
    this.report(
      'syntax',
      'error',
      before,
      'A quote is missing in or behind this text',
      help,
      this.encountered(),
      mending,
    )
    this.passTorn()
    return true
  }

  /** Passes over what a missing quote has torn; what the brackets around it lack is a consequence. */
  passTorn(): void {
    const { from } = this.token
    this.skip()
    this.passed.push({ from, to: this.previousEnd })
    this.lastFaultAt = this.at
  }

  /** True where the next word belongs to what is around a parenthesis, so that its `)` is missing and nothing is too much. */
  private get endsParenthesis(): boolean {
    const { word } = this.token
    return clauseWords.has(word) || outerWords.has(word) || (this.openCases > 0 && caseWords.has(word))
  }

  /** Passes over tokens up to one that can begin a clause or end a parenthesis; whole parentheses are passed at once. */
  skip(stops: ReadonlySet<string> = clauseWords): void {
    let depth = 0
    while (!this.atEnd) {
      if (depth === 0 && (stops.has(this.token.word) || (this.is(')') && this.open > 0) || this.endsPart)) return
      if (this.is('(')) depth += 1
      if (this.is(')') && depth > 0) depth -= 1
      this.advance()
    }
  }
}

const bodyWords = [
  'SELECT',
  'FROM',
  'WHERE',
  'GROUP',
  'HAVING',
  'WINDOW',
  'QUALIFY',
  'LIMIT',
  'UNION',
  'INTERSECT',
  ';',
]
const onlyBrackets: ReadonlySet<string> = new Set([';'])
const clauseWords: ReadonlySet<string> = new Set([...bodyWords, 'EXCEPT', 'MINUS', 'ORDER'])
const outerWords: ReadonlySet<string> = new Set(
  'AS ON USING JOIN INNER LEFT RIGHT FULL CROSS NATURAL OVER ASC DESC OFFSET FETCH'.split(' '),
)
const caseWords: ReadonlySet<string> = new Set(['WHEN', 'THEN', 'ELSE', 'END'])
/** Where a broken OVER (…) ends: its own ORDER BY is no clause of the query. */
export const windowStops: ReadonlySet<string> = new Set(bodyWords)

const named: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function escapeOf(character: string): string {
  return named[character] ?? `\\${character}`
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}
