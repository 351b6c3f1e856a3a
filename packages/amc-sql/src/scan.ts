import { keywords } from './keywords.ts'
import type { ParameterUse, Range } from './tree.ts'

export type TokenKind =
  | 'keyword'
  | 'name'
  | 'quoted-name'
  | 'string'
  | 'number'
  | 'parameter'
  | 'operator'
  | 'punctuation'
  | 'comment'
  | 'space'
  | 'unknown'

/** What is wrong with a token by itself; such a token still has the kind that the writer most likely meant. */
export type LexicalFault =
  | 'odd-space'
  | 'smart-quote'
  | 'back-tick'
  | 'fence'
  | 'comment-end'
  | 'hash-comment'
  | 'slash-comment'
  | 'unterminated-string'
  | 'unterminated-name'
  | 'unterminated-comment'
  | 'digit-name'
  | 'operator'
  | 'placeholder'
  | 'bind-variable'
  | 'character'

export interface Token extends Range {
  kind: TokenKind
  /** A keyword or bare name in upper case, an operator or punctuation mark as written; '' for the other kinds. */
  word: string
  /** The `{{name}}` uses in it: one in a parameter token, any number in a string. */
  parameters: readonly ParameterUse[]
  fault: LexicalFault | null
}

export interface ScanOptions {
  /** False reads the text as AMC does, which knows no `{{name}}`: in a string it is plain text, elsewhere a fault. */
  placeholders?: boolean
}

/** The tokens of a text in order, without gaps: their ranges joined give the text back. Linear in its length, never throws. */
export function scan(text: string, options: ScanOptions = {}): Token[] {
  const tokens: Token[] = []
  const placeholders = options.placeholders ?? true
  for (let at = 0; at < text.length;) {
    const token = tokenAt(text, at, placeholders)
    tokens.push(token)
    at = token.to
  }
  return tokens
}

const none: readonly ParameterUse[] = []

function token(kind: TokenKind, from: number, to: number, word = '', fault: LexicalFault | null = null): Token {
  return { kind, from, to, word, parameters: none, fault }
}

/** The token that begins at an offset; it depends on nothing before it. */
export function tokenAt(text: string, at: number, placeholders: boolean): Token {
  const code = text.charCodeAt(at)
  if (code > 127) return beyondAscii(text, at)
  if (isSpace(code)) return spaceAt(text, at)
  if (isLetter(code)) return wordAt(text, at, null)
  if (isDigit(code)) return numberAt(text, at)
  const next = text.charCodeAt(at + 1)
  switch (text[at]) {
    case "'":
      return stringAt(text, at, placeholders)
    case '"':
      return quotedNameAt(text, at, placeholders)
    case '`':
      return text.startsWith('```', at) ? fenceAt(text, at) : backTickAt(text, at)
    case '-':
      return next === code ? lineCommentAt(text, at, null) : token('operator', at, at + 1, '-')
    case '/':
      if (next === code) return lineCommentAt(text, at, 'slash-comment')
      return text[at + 1] === '*' ? blockCommentAt(text, at) : token('operator', at, at + 1, '/')
    case '#':
      return lineCommentAt(text, at, 'hash-comment')
    case '.':
      return isDigit(next) ? numberAt(text, at) : token('punctuation', at, at + 1, '.')
    case '{':
      return placeholderAt(text, at, placeholders)
    case ':':
      if (next === code) return token('operator', at, at + 2, '::')
      return bindVariableAt(text, at)
    case '$':
      return next === 123 ? placeholderAt(text, at, false) : bindVariableAt(text, at)
    case '?':
      return bindVariableAt(text, at)
    case '(':
    case ')':
    case ',':
    case ';':
    case '[':
    case ']':
      return token('punctuation', at, at + 1, text[at])
    case '<':
    case '>':
    case '!':
    case '|':
    case '=':
    case '+':
    case '%':
      return operatorAt(text, at)
    case '*':
      // `*/*` is a star before a comment.
      return next === 47 && text[at + 2] !== '*'
        ? token('unknown', at, at + 2, '', 'comment-end')
        : token('operator', at, at + 1, '*')
    case '&':
      if (next === code) return token('keyword', at, at + 2, 'AND', 'operator')
      return token('unknown', at, at + 1, '', 'character')
    default:
      return token('unknown', at, at + 1, '', 'character')
  }
}

/** Operators of other languages, with the one that is meant. */
const otherOperators: ReadonlyMap<string, string> = new Map([
  ['==', '='],
  ['=>', '>='],
  ['=<', '<='],
  ['=!', '<>'],
])

function operatorAt(text: string, at: number): Token {
  const two = text.slice(at, at + 2)
  if (two === '<>' || two === '<=' || two === '>=' || two === '!=' || two === '||')
    return token('operator', at, at + 2, two)
  const meant = otherOperators.get(two)
  if (meant !== undefined) return token('operator', at, at + 2, meant, 'operator')
  const one = two[0] ?? ''
  if (one === '!' || one === '|') return token('unknown', at, at + 1, '', 'character')
  return token('operator', at, at + 1, one)
}

function spaceAt(text: string, at: number): Token {
  let to = at + 1
  while (to < text.length && isSpace(text.charCodeAt(to))) to += 1
  return token('space', at, to)
}

function wordAt(text: string, at: number, fault: LexicalFault | null): Token {
  const to = wordEnd(text, at)
  const { word, isKeyword } = wordOf(text.slice(at, to))
  return token(fault === null && isKeyword ? 'keyword' : 'name', at, to, word, fault)
}

interface Word {
  word: string
  isKeyword: boolean
}

/** Words as they were written, since texts share most of theirs. */
const known = new Map<string, Word>()
const mostKnown = 20_000

function wordOf(written: string): Word {
  let found = known.get(written)
  if (found === undefined) {
    const word = nameLike(written.toUpperCase())
    found = { word, isKeyword: keywords.has(word) }
    if (known.size === mostKnown) known.clear()
    // A piece of a text would keep the whole text alive.
    known.set(nameLike(written), found)
  }
  return found
}

const lower = new Map<string, string>()

/** The lower case of a word in upper case, as tokens hold it. */
export function lowerCase(word: string): string {
  let found = lower.get(word)
  if (found === undefined) {
    found = nameLike(word.toLowerCase())
    if (lower.size === mostKnown) lower.clear()
    lower.set(word, found)
  }
  return found
}

/** The same text as the name of a property: the strings that V8 compares fastest, and the grammar does little else with words. */
function nameLike(text: string): string {
  return Object.keys({ [text]: null })[0] ?? text
}

function wordEnd(text: string, at: number): number {
  let to = at
  while (to < text.length) {
    const code = text.charCodeAt(to)
    if (isLetter(code) || isDigit(code)) to += 1
    else if (code > 127 && isLetterBeyondAscii(text, to)) to += width(text, to)
    else break
  }
  return to
}

function numberAt(text: string, at: number): Token {
  let to = digitsEnd(text, at)
  if (text[to] === '.') to = digitsEnd(text, to + 1)
  if (text[to] === 'e' || text[to] === 'E') {
    const sign = text[to + 1] === '+' || text[to + 1] === '-' ? 1 : 0
    if (isDigit(text.charCodeAt(to + 1 + sign))) to = digitsEnd(text, to + 1 + sign)
  }
  const glued = wordEnd(text, to)
  return glued > to
    ? token('name', at, glued, text.slice(at, glued).toUpperCase(), 'digit-name')
    : token('number', at, to)
}

function digitsEnd(text: string, at: number): number {
  let to = at
  while (isDigit(text.charCodeAt(to))) to += 1
  return to
}

function stringAt(text: string, at: number, placeholders: boolean): Token {
  const string = enclosedAt(text, at, "'", 'unterminated-string')
  if (!placeholders) return string
  const written = text.slice(at, string.to)
  let uses: ParameterUse[] | null = null
  for (let start = written.indexOf('{{'); start !== -1; start = written.indexOf('{{', start + 1)) {
    const end = placeholderEnd(written, start)
    if (end === -1) {
      if (placeholderLike.test(written.slice(start, start + 200))) string.fault ??= 'placeholder'
      continue
    }
    uses ??= []
    uses.push({ from: at + start, to: at + end, name: written.slice(start + 2, end - 2) })
    start = end - 1
  }
  if (uses !== null) string.parameters = uses
  return string
}

/** A name in double quotes; a `{{x}}` in it would go to AMC unfilled. */
function quotedNameAt(text: string, at: number, placeholders: boolean): Token {
  const name = enclosedAt(text, at, '"', 'unterminated-name')
  if (placeholders && /\{\{[^{}\n]*\}\}/.test(text.slice(at, name.to))) name.fault ??= 'placeholder'
  return name
}

/** A quoted string or name, the quote doubled inside. An unclosed one ends with its line, so that the rest still reads as SQL. */
function enclosedAt(text: string, at: number, quote: "'" | '"', unterminated: LexicalFault): Token {
  const kind = quote === "'" ? 'string' : 'quoted-name'
  for (let to = text.indexOf(quote, at + 1); to !== -1; to = text.indexOf(quote, to + 2))
    if (text[to + 1] !== quote) return token(kind, at, to + 1)
  return token(kind, at, lineEnd(text, at), '', unterminated)
}

/** The line of back ticks around a text that was copied out of a page or a chat. */
function fenceAt(text: string, at: number): Token {
  let to = at + 3
  while (text[to] === '`') to += 1
  return token('unknown', at, wordEnd(text, to), '', 'fence')
}

function backTickAt(text: string, at: number): Token {
  const to = closedOnLine(text, at, (code) => code === 96)
  return to === -1 ? token('unknown', at, at + 1, '', 'back-tick') : token('quoted-name', at, to, '', 'back-tick')
}

/** The end of what opens here and is closed on the same line, or -1. Linear over a line, since what opens can also close. */
function closedOnLine(text: string, at: number, closes: (code: number) => boolean): number {
  for (let to = at + 1; to < text.length; to += 1) {
    const code = text.charCodeAt(to)
    if (closes(code)) return to + 1
    if (code === 10 || code === 13) return -1
  }
  return -1
}

function lineCommentAt(text: string, at: number, fault: LexicalFault | null): Token {
  return token('comment', at, lineEnd(text, at), '', fault)
}

function blockCommentAt(text: string, at: number): Token {
  const end = text.indexOf('*/', at + 2)
  return end === -1 ? token('comment', at, text.length, '', 'unterminated-comment') : token('comment', at, end + 2)
}

function lineEnd(text: string, at: number): number {
  let to = at
  while (to < text.length && text[to] !== '\n' && text[to] !== '\r') to += 1
  return to
}

const placeholderLike = /^(?:\{\{[^{}'\n]*\}\}|\$?\{+[A-Za-z]\w*\}*)/

function placeholderAt(text: string, at: number, placeholders: boolean): Token {
  const to = placeholders ? placeholderEnd(text, at) : -1
  if (to !== -1) {
    const found = token('parameter', at, to)
    found.parameters = [{ from: at, to, name: text.slice(at + 2, to - 2) }]
    return found
  }
  // The window is bounded because a line of braces would otherwise be read once for each brace.
  const like = placeholderLike.exec(text.slice(at, at + 200)) ?? /^\$?\{+/.exec(text.slice(at, at + 200))
  return token('unknown', at, at + (like?.[0].length ?? 1), '', 'placeholder')
}

/** The end of the `{{name}}` that begins here, or -1: a letter, then letters, digits and underscores, no white space. */
function placeholderEnd(text: string, at: number): number {
  if (text[at + 1] !== '{' || !isAsciiLetter(text.charCodeAt(at + 2))) return -1
  let to = at + 3
  while (isLetter(text.charCodeAt(to)) || isDigit(text.charCodeAt(to))) to += 1
  return text[to] === '}' && text[to + 1] === '}' ? to + 2 : -1
}

function bindVariableAt(text: string, at: number): Token {
  const to = wordEnd(text, at + 1)
  return token('unknown', at, to, '', text[at] === '?' || to > at + 1 ? 'bind-variable' : 'character')
}

function beyondAscii(text: string, at: number): Token {
  const code = text.charCodeAt(at)
  if (isOddSpace(code)) {
    let to = at + 1
    while (to < text.length && isOddSpace(text.charCodeAt(to))) to += 1
    return token('space', at, to, '', 'odd-space')
  }
  if (isSmartSingle(code)) return smartQuotedAt(text, at, 'string')
  if (isSmartDouble(code)) return smartQuotedAt(text, at, 'quoted-name')
  if (isLetterBeyondAscii(text, at)) return wordAt(text, at, null)
  let to = at
  while (to < text.length && isStrange(text, to)) to += width(text, to)
  return token('unknown', at, to, '', 'character')
}

function isStrange(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (code <= 127 || isOddSpace(code) || isSmartSingle(code) || isSmartDouble(code)) return false
  return !isLetterBeyondAscii(text, at)
}

/** Curved quotes close each other whatever way they turn, and a straight one closes them too. */
function smartQuotedAt(text: string, at: number, kind: 'string' | 'quoted-name'): Token {
  const closes =
    kind === 'string'
      ? (code: number) => code === 39 || isSmartSingle(code)
      : (code: number) => code === 34 || isSmartDouble(code)
  const to = closedOnLine(text, at, closes)
  return to === -1 ? token('unknown', at, at + 1, '', 'smart-quote') : token(kind, at, to, '', 'smart-quote')
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13)
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

function isAsciiLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90)
}

function isLetter(code: number): boolean {
  return isAsciiLetter(code) || code === 95
}

/** No-break and typographic spaces, zero-width characters and the byte order mark. */
function isOddSpace(code: number): boolean {
  return (
    code === 0xa0 ||
    code === 0x85 ||
    code === 0x1680 ||
    code === 0x180e ||
    (code >= 0x2000 && code <= 0x200d) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x2060 ||
    code === 0x3000 ||
    code === 0xfeff
  )
}

function isSmartSingle(code: number): boolean {
  return (code >= 0x2018 && code <= 0x201b) || code === 0x2032
}

function isSmartDouble(code: number): boolean {
  return (code >= 0x201c && code <= 0x201f) || code === 0x2033
}

const letterBeyondAscii = /^[\p{L}\p{M}\p{N}]/u

function isLetterBeyondAscii(text: string, at: number): boolean {
  return letterBeyondAscii.test(String.fromCodePoint(text.codePointAt(at) ?? 0))
}

function width(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
}
