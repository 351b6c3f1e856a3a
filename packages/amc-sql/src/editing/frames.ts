import type { Token } from '../scan.ts'

/** The part of a query that a place belongs to. `start`: before SELECT, also behind UNION. */
export type Clause =
  | 'start'
  | 'with'
  | 'select'
  | 'from'
  | 'on'
  | 'where'
  | 'group'
  | 'having'
  | 'window'
  | 'order'
  | 'limit'
  | 'values'

/** A construct that is open at a place, from the outermost query to the innermost parenthesis. */
export type Frame =
  | QueryFrame
  | { kind: 'call'; name: Token; separators: Token[]; opened: Token }
  /** `(` of an expression; `operator` is the word before it, `IN` for a list. */
  | { kind: 'group'; operator: string; at: number; commas: number }
  /** A list of names: of a WITH part, of an alias, or of USING. */
  | { kind: 'names'; of: 'columns' | 'using' }
  /** `OVER (` or `WINDOW w AS (`. */
  | { kind: 'window'; clause: 'start' | 'partition' | 'order' }
  | { kind: 'case'; at: number; phase: 'operand' | 'when' | 'value' | 'else' }
  | { kind: 'array' }

export interface QueryFrame {
  kind: 'query'
  clause: Clause
  /** The offset of its SELECT; null before it. */
  select: number | null
  /** It stands behind UNION or the like. */
  branch: boolean
}

/**
 * What is open behind the first `count` words of a text. It looks at words alone, so that it holds for any unfinished text: a word
 * that begins a clause ends every call that nobody closed.
 */
export function framesAt(words: readonly Token[], count: number): Frame[] {
  const frames = new Frames(words)
  for (let at = 0; at < count; at += 1) frames.read(at)
  return frames.stack
}

const setOperators: ReadonlySet<string> = new Set(['UNION', 'INTERSECT', 'EXCEPT', 'MINUS'])
const wordedCalls: ReadonlySet<string> = new Set('LEFT RIGHT CAST EXTRACT EXISTS TABLE UNNEST'.split(' '))
/** The calls whose arguments a word separates, with that word. */
const separatorsOf: Readonly<Record<string, readonly string[]>> = {
  CAST: ['AS'],
  TRY_CAST: ['AS'],
  EXTRACT: ['FROM'],
  TRIM: ['FROM'],
  SUBSTRING: ['FROM', 'FOR'],
  POSITION: ['IN'],
}

class Frames {
  readonly stack: Frame[] = [queryFrame()]
  readonly #words: readonly Token[]

  constructor(words: readonly Token[]) {
    this.#words = words
  }

  get #top(): Frame {
    return this.stack.at(-1) ?? queryFrame()
  }

  #word(at: number): string {
    return this.#words[at]?.word ?? ''
  }

  read(at: number): void {
    const token = this.#words[at]
    if (token === undefined) return
    switch (token.word) {
      case '(':
        this.stack.push(this.#opened(at, token))
        return
      case '[':
        this.stack.push({ kind: 'array' })
        return
      case ')':
        this.#close()
        return
      case ']':
        if (this.stack.some((frame) => frame.kind === 'array')) this.#popTo((frame) => frame.kind === 'array', true)
        return
      case ',':
        this.#comma(token)
        return
      case ';':
        this.stack.length = 0
        this.stack.push(queryFrame())
        return
      default:
        if (token.kind === 'keyword' || token.kind === 'name') this.#readWord(at, token)
    }
  }

  #readWord(at: number, token: Token): void {
    const top = this.#top
    const { word } = token
    if (top.kind === 'call' && separatorsOf[top.name.word]?.includes(word) === true) {
      top.separators.push(token)
      return
    }
    if (this.#readCase(at, word)) return
    if (top.kind === 'window' && (word === 'PARTITION' || word === 'ORDER')) {
      top.clause = word === 'ORDER' ? 'order' : 'partition'
      return
    }
    if (word === 'WHERE' && top.kind === 'group' && top.operator === 'FILTER') return
    const clause = this.#clauseOf(at, word)
    if (clause === null) return
    const query = this.#popToQuery()
    query.clause = clause
    if (word === 'SELECT') query.select = token.from
    if (setOperators.has(word)) {
      query.select = null
      query.branch = true
    }
  }

  /** The clause that a word begins. */
  #clauseOf(at: number, word: string): Clause | null {
    const next = this.#word(at + 1)
    switch (word) {
      case 'WITH':
        return 'with'
      case 'SELECT':
        return 'select'
      case 'FROM':
        return this.#word(at - 1) === 'DISTINCT' && this.#word(at - 2) !== 'SELECT' ? null : 'from'
      case 'LEFT':
      case 'RIGHT':
        return next === '(' || this.#query().clause === 'select' ? null : 'from'
      case 'INNER':
      case 'FULL':
      case 'CROSS':
      case 'NATURAL':
      case 'JOIN':
        return 'from'
      case 'ON':
        return this.#query().clause === 'from' ? 'on' : null
      case 'WHERE':
        return 'where'
      case 'GROUP':
        return 'group'
      case 'HAVING':
      case 'QUALIFY':
        return 'having'
      case 'WINDOW':
        return 'window'
      case 'ORDER':
        return 'order'
      case 'LIMIT':
      case 'OFFSET':
      case 'FETCH':
        return 'limit'
      case 'VALUES':
        return 'values'
      default:
        return setOperators.has(word) ? 'start' : null
    }
  }

  #readCase(at: number, word: string): boolean {
    if (word === 'CASE') {
      this.stack.push({ kind: 'case', at, phase: 'operand' })
      return true
    }
    if (word !== 'WHEN' && word !== 'THEN' && word !== 'ELSE' && word !== 'END') return false
    const depth = this.stack.findLastIndex((frame) => frame.kind === 'case' || frame.kind === 'query')
    const frame = this.stack[depth]
    if (frame?.kind !== 'case') return true
    this.stack.length = word === 'END' ? depth : depth + 1
    if (word === 'WHEN') frame.phase = 'when'
    if (word === 'THEN') frame.phase = 'value'
    if (word === 'ELSE') frame.phase = 'else'
    return true
  }

  #opened(at: number, opened: Token): Frame {
    const next = this.#word(at + 1)
    if (next === 'SELECT' || next === 'WITH' || next === 'VALUES') return queryFrame()
    const before = this.#words[at - 1]
    const word = before?.word ?? ''
    const top = this.#top
    const clause = top.kind === 'query' ? top.clause : null
    if (word === 'USING') return { kind: 'names', of: 'using' }
    if (word === 'OVER') return { kind: 'window', clause: 'start' }
    if (clause === 'window' && word === 'AS') return { kind: 'window', clause: 'start' }
    if (clause === 'with') return word === 'AS' ? queryFrame() : { kind: 'names', of: 'columns' }
    if (clause === 'from' && (word === 'FROM' || word === 'JOIN' || word === ',')) return queryFrame()
    if (clause === 'start' && (at === 0 || setOperators.has(word) || word === 'ALL' || word === '('))
      return queryFrame()
    if (before === undefined) return queryFrame()
    if (before.kind === 'name' || before.kind === 'quoted-name' || wordedCalls.has(word)) {
      if (clause === 'from' && this.#isAlias(at - 1)) return { kind: 'names', of: 'columns' }
      if (before.kind !== 'name' || word !== 'FILTER' || this.#word(at - 2) !== ')')
        return { kind: 'call', name: before, separators: [], opened }
    }
    return { kind: 'group', operator: word, at, commas: 0 }
  }

  /** A name in FROM that stands behind a table and not in its place. */
  #isAlias(at: number): boolean {
    const before = this.#words[at - 1]
    if (before === undefined) return false
    return before.word === 'AS' || before.word === ')' || before.kind === 'name' || before.kind === 'quoted-name'
  }

  #close(): void {
    const depth = this.stack.findLastIndex((frame) => frame.kind !== 'case' && frame.kind !== 'array')
    if (depth > 0) this.stack.length = depth
  }

  #comma(token: Token): void {
    const top = this.#top
    if (top.kind === 'call') top.separators.push(token)
    if (top.kind === 'group') top.commas += 1
    if (top.kind === 'query' && top.clause === 'on') top.clause = 'from'
  }

  #popTo(matches: (frame: Frame) => boolean, inclusive: boolean): void {
    const depth = this.stack.findLastIndex(matches)
    if (depth !== -1) this.stack.length = inclusive ? depth : depth + 1
  }

  #popToQuery(): QueryFrame {
    this.#popTo((frame) => frame.kind === 'query', false)
    return this.#query()
  }

  #query(): QueryFrame {
    return innermostQuery(this.stack)
  }
}

function queryFrame(): QueryFrame {
  return { kind: 'query', clause: 'start', select: null, branch: false }
}

/** The query that a place stands in. */
export function innermostQuery(frames: readonly Frame[]): QueryFrame {
  const found = frames.findLast((frame) => frame.kind === 'query')
  return found?.kind === 'query' ? found : queryFrame()
}
