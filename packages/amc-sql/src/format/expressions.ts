import { type Doc, fill, group, hard, indent, join, line, list, remarks, softLine, space, word } from './doc.ts'
import type { Piece } from './pieces.ts'
import { endsValue, isGlued } from './words.ts'

/** How deep parentheses are laid out; what lies deeper stands as one run of words. */
const maxDepth = 32

/** The pieces from `from` to `to`, the latter excluded. */
export interface Span {
  from: number
  to: number
}

/** Queries lead back to expressions; handed in, so that the files form no circle. */
export type QueryLayout = (layout: ExpressionLayout, span: Span, separator: Doc) => Doc

/** Lays out all that is no clause: lists, conditions, calculations, calls, CASE, and what stands in parentheses. */
export class ExpressionLayout {
  readonly pieces: readonly Piece[]
  readonly #query: QueryLayout
  #depth = 0

  constructor(pieces: readonly Piece[], query: QueryLayout) {
    this.pieces = pieces
    this.#query = query
  }

  /** The word of a piece, '' for the column of `i.order` and past the end. */
  wordAt(at: number): string {
    return isGlued(this.pieces, at) ? '' : (this.pieces[at]?.token.word ?? '')
  }

  /** The next piece at the same level: whole parentheses and CASEs are passed at once. */
  next(at: number): number {
    const piece = this.pieces[at]
    return piece === undefined || piece.end < 0 ? at + 1 : piece.end + (piece.closed ? 1 : 0)
  }

  /** The places at the level of a span that a test holds for. */
  find(span: Span, test: (at: number) => boolean): number[] {
    const found: number[] = []
    for (let at = span.from; at < span.to; at = this.next(at)) if (test(at)) found.push(at)
    return found
  }

  /** The parts of a span between places, each beginning with its place; the first one may be empty. */
  cut(span: Span, places: readonly number[]): Span[] {
    return [span.from, ...places].map((from, index) => ({ from, to: places[index] ?? span.to }))
  }

  /** Members with their commas behind them. */
  members(span: Span, member: (span: Span) => Doc): Doc[] {
    const commas = this.find(span, (at) => this.wordAt(at) === ',')
    return [span.from - 1, ...commas].map((before, index) => {
      const comma = commas[index]
      const inner = member({ from: before + 1, to: comma ?? span.to })
      return comma === undefined ? inner : list([inner, this.word(comma)])
    })
  }

  word(at: number): Doc {
    const piece = this.pieces[at]
    return piece === undefined ? list([]) : word(piece)
  }

  /** An expression that may stand on one line. */
  expression(span: Span): Doc {
    const chain = this.condition(span, line)
    return chain.count > 1 ? group(indent(chain.doc)) : chain.doc
  }

  /** The operands of an OR, or of an AND, with a separator in front of each operator. */
  condition(span: Span, separator: Doc): { doc: Doc; count: number } {
    for (const operator of ['OR', 'AND'] as const) {
      const operands = this.cut(span, this.#operators(span, operator))
      if (operands.length === 1) continue
      const docs = operands.map((operand, index) => {
        if (index === 0) return operator === 'OR' ? this.expression(operand) : this.#calculations(operand)
        const rest = { from: operand.from + 1, to: operand.to }
        const inner = operator === 'OR' ? this.expression(rest) : this.#calculations(rest)
        return rest.from < rest.to ? list([this.word(operand.from), space, inner]) : this.word(operand.from)
      })
      return { doc: join(docs, separator), count: docs.length }
    }
    return { doc: this.#calculations(span), count: 1 }
  }

  #operators(span: Span, operator: 'OR' | 'AND'): number[] {
    let betweens = 0
    return this.find(span, (at) => {
      const found = this.wordAt(at)
      if (found === 'BETWEEN') betweens += 1
      if (found !== operator) return false
      if (operator === 'OR' || betweens === 0) return true
      betweens -= 1
      return false
    })
  }

  /** Calculations between words and comparisons: where one does not fit, a line begins with its operator. */
  #calculations(span: Span): Doc {
    const isBoundary = (at: number) => {
      const { token } = this.pieces[at] ?? {}
      if (token?.kind === 'keyword') return this.wordAt(at) !== '' && !endsValue(this.pieces[at]) && !this.#opens(at)
      return token?.kind === 'operator' && /[<>=]/.test(token.word)
    }
    const parts: Doc[] = []
    const add = (doc: Doc, at: number) => {
      if (parts.length > 0) parts.push(this.#between(at - 1))
      parts.push(doc)
    }
    const boundaries = this.find(span, isBoundary)
    for (const [index, part] of this.cut(span, boundaries).entries()) {
      const isCut = index > 0
      if (isCut) add(this.word(part.from), part.from)
      const run = { from: isCut ? part.from + 1 : part.from, to: part.to }
      if (run.from < run.to) add(this.#sum(run), run.from)
    }
    return list(parts)
  }

  #sum(span: Span): Doc {
    return this.#calculation(span, /^[+-]$/, (operand) =>
      this.#calculation(operand, /^([*/%]|\|\|)$/, (factor) => this.words(factor)),
    )
  }

  #calculation(span: Span, operators: RegExp, operand: (span: Span) => Doc): Doc {
    const places = this.find(
      span,
      (at) => at > span.from && operators.test(this.wordAt(at)) && endsValue(this.pieces[at - 1]),
    )
    if (places.length === 0) return operand(span)
    const parts = this.cut(span, places).map((part, index) => {
      if (index === 0) return operand(part)
      const rest = { from: part.from + 1, to: part.to }
      return rest.from < rest.to ? list([this.word(part.from), space, operand(rest)]) : this.word(part.from)
    })
    return fill(parts, true)
  }

  /** Words one after the other; `isBlock` says that a query in parentheses always stands on lines of its own. */
  words(span: Span, isBlock = false): Doc {
    const parts: Doc[] = []
    for (let at = span.from; at < span.to; at = this.next(at)) {
      if (at > span.from) parts.push(this.#between(at - 1))
      parts.push(this.#opens(at) ? this.#enclosed(at, isBlock) : this.word(at))
    }
    return list(parts)
  }

  /** What stands between the piece at `at` and the next one; a line break behind a dot is kept, for the name there is still to come. */
  #between(at: number): Doc {
    const next = this.pieces[at + 1]
    if (this.pieces[at]?.token.word === '.' && next !== undefined && /^(break|blank line)$/.test(next.gap)) return hard
    return next?.spaced ? space : list([])
  }

  #opens(at: number): boolean {
    return (this.pieces[at]?.end ?? -1) >= 0
  }

  #enclosed(at: number, isBlock: boolean): Doc {
    if (this.#depth >= maxDepth) return this.#plain(at)
    this.#depth += 1
    const doc = this.wordAt(at) === 'CASE' ? this.#case(at) : this.#parenthesis(at, isBlock)
    this.#depth -= 1
    return doc
  }

  #plain(from: number): Doc {
    const parts: Doc[] = []
    for (let at = from; at < this.next(from); at += 1) {
      if (at > from) parts.push(this.#between(at - 1))
      parts.push(this.word(at))
    }
    return list(parts)
  }

  #parenthesis(at: number, isBlock: boolean): Doc {
    const inner = { from: at + 1, to: this.pieces[at]?.end ?? at + 1 }
    const open = this.word(at)
    if (inner.from === inner.to) return list([open, this.#close(at, list([]))])
    if (this.#isQuery(inner)) {
      const separator = isBlock ? hard : line
      const edge = isBlock ? hard : softLine
      return group(list([open, indent(list([edge, this.#query(this, inner, separator)])), this.#close(at, edge)]))
    }
    if (this.find(inner, (place) => this.#isOrder(place)).length > 0)
      return group(list([open, indent(list([softLine, this.#query(this, inner, line)])), this.#close(at, softLine)]))
    const body = this.#content(inner)
    return group(list([open, indent(list([softLine, body])), this.#close(at, softLine)]))
  }

  #content(span: Span): Doc {
    const commas = this.find(span, (at) => this.wordAt(at) === ',').length
    if (commas === 0) return this.condition(span, line).doc
    const members = this.members(span, (member) => this.expression(member))
    return this.#areShort(span, members.length) ? fill(members) : join(members, line)
  }

  /** The end of what opens at `at`; comments in front of it belong to the content. */
  #close(at: number, edge: Doc): Doc {
    const piece = this.pieces[at]
    const end = piece?.closed ? this.pieces[piece.end] : undefined
    if (end === undefined) return list([])
    if (end.before.length === 0) return list([edge, word(end)])
    return list([indent(remarks(end)), hard, word(end, true)])
  }

  #isQuery(span: Span): boolean {
    let first = span.from
    while (first < span.to && this.wordAt(first) === '(') first += 1
    const opener = this.wordAt(first)
    if (opener !== 'SELECT' && opener !== 'WITH' && opener !== 'VALUES') return false
    return (
      first === span.from ||
      this.find(span, (at) => /^(UNION|INTERSECT|EXCEPT|MINUS)$/.test(this.wordAt(at))).length > 0
    )
  }

  #isOrder(at: number): boolean {
    const found = this.wordAt(at)
    return (found === 'ORDER' || found === 'PARTITION') && this.wordAt(at + 1) === 'BY'
  }

  /** True for lists of plain values and names, which wrap like a paragraph. */
  #areShort(span: Span, members: number): boolean {
    const signs = this.find(span, (at) => this.pieces[at]?.unary === true).length
    const isFlat = this.find(span, (at) => this.#opens(at)).length === 0
    return isFlat && span.to - span.from === 2 * members - 1 + signs
  }

  #case(at: number): Doc {
    const inner = { from: at + 1, to: this.pieces[at]?.end ?? at + 1 }
    const isBranch = (place: number) => this.wordAt(place) === 'WHEN' || this.wordAt(place) === 'ELSE'
    const [operand = inner, ...branches] = this.cut(inner, this.find(inner, isBranch))
    const head = operand.from < operand.to ? [this.word(at), space, this.expression(operand)] : [this.word(at)]
    const lines = branches.map((branch) => list([line, this.#branch(branch)]))
    return group(list([...head, indent(list(lines)), this.#close(at, line)]))
  }

  #branch(span: Span): Doc {
    const [first = span, ...thens] = this.cut(
      { from: span.from + 1, to: span.to },
      this.find({ from: span.from + 1, to: span.to }, (at) => this.wordAt(at) === 'THEN'),
    )
    const parts = [this.word(span.from)]
    if (first.from < first.to) parts.push(space, this.expression(first))
    for (const then of thens) {
      const value = { from: then.from + 1, to: then.to }
      const rest = value.from < value.to ? [space, this.expression(value)] : []
      parts.push(indent(list([line, this.word(then.from), ...rest])))
    }
    return group(list(parts))
  }
}
