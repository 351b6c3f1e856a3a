import { type Doc, fill, group, hard, hardBefore, indent, join, line, list, space } from './doc.ts'
import type { ExpressionLayout, Span } from './expressions.ts'

/** A query, or what has the clauses of one: a window, the arguments of an aggregate with ORDER BY. */
export function queryDoc(layout: ExpressionLayout, span: Span, separator: Doc): Doc {
  const starts = layout.find(span, (at) => startsClause(layout, at))
  const parts: Doc[] = []
  let afterWith = false
  let afterOperator = false
  for (const clause of layout.cut(span, starts)) {
    if (clause.from === clause.to) continue
    const first = layout.wordAt(clause.from)
    if (parts.length > 0 && first !== ';') {
      const keepsBlank = separator === hard && (afterWith || afterOperator || setOperators.has(first))
      parts.push(keepsBlank ? hardBefore(layout.pieces[clause.from]) : separator)
    }
    parts.push(clauseDoc(layout, clause, first, separator))
    afterWith = first === 'WITH' || first === ';'
    afterOperator = setOperators.has(first)
  }
  return list(parts)
}

const setOperators: ReadonlySet<string> = new Set(['UNION', 'INTERSECT', 'EXCEPT', 'MINUS'])
const clauseWords: ReadonlySet<string> = new Set(
  'WITH SELECT FROM WHERE GROUP HAVING WINDOW QUALIFY PARTITION ORDER LIMIT OFFSET FETCH VALUES UNION INTERSECT EXCEPT MINUS ;'.split(
    ' ',
  ),
)

function startsClause(layout: ExpressionLayout, at: number): boolean {
  const word = layout.wordAt(at)
  if (!clauseWords.has(word)) return false
  const before = layout.wordAt(at - 1)
  if (word === 'GROUP') return before !== 'WITHIN'
  return word !== 'FROM' || before !== 'DISTINCT' || !/^(IS|NOT)$/.test(layout.wordAt(at - 2))
}

function clauseDoc(layout: ExpressionLayout, span: Span, first: string, separator: Doc): Doc {
  const second = layout.wordAt(span.from + 1)
  switch (first) {
    case 'WITH':
      return withDoc(layout, span)
    case 'SELECT':
      return listDoc(layout, span, second === 'DISTINCT' || second === 'ALL' ? 2 : 1)
    case 'FROM':
      return fromDoc(layout, span)
    case 'WHERE':
    case 'HAVING':
    case 'QUALIFY':
      return conditionDoc(layout, span)
    case 'GROUP':
    case 'ORDER':
    case 'PARTITION':
      return listDoc(layout, span, second === 'BY' ? 2 : 1)
    case 'WINDOW':
      return listDoc(layout, span, 1)
    case 'VALUES':
      return valuesDoc(layout, span)
    case 'UNION':
    case 'INTERSECT':
    case 'EXCEPT':
    case 'MINUS':
      return operatorDoc(layout, span, second === 'ALL' || second === 'DISTINCT' ? 2 : 1, separator)
    default:
      return layout.words(span)
  }
}

/** The words that open a clause, and the rest of it. */
function open(layout: ExpressionLayout, span: Span, count: number): { head: Doc; rest: Span } {
  const rest = { from: Math.min(span.from + count, span.to), to: span.to }
  return { head: layout.words({ from: span.from, to: rest.from }), rest }
}

function listDoc(layout: ExpressionLayout, span: Span, count: number): Doc {
  const { head, rest } = open(layout, span, count)
  if (rest.from === rest.to) return head
  const members = layout.members(rest, (member) => layout.expression(member))
  return group(list([head, indent(list([line, join(members, line)]))]))
}

function conditionDoc(layout: ExpressionLayout, span: Span): Doc {
  const { head, rest } = open(layout, span, 1)
  if (rest.from === rest.to) return head
  const condition = layout.condition(rest, hard)
  return list([head, space, condition.count > 1 ? indent(condition.doc) : condition.doc])
}

function withDoc(layout: ExpressionLayout, span: Span): Doc {
  const { head, rest } = open(layout, span, layout.wordAt(span.from + 1) === 'RECURSIVE' ? 2 : 1)
  if (rest.from === rest.to) return head
  const parts: Doc[] = [head, space]
  const commas = layout.find(rest, (at) => layout.wordAt(at) === ',')
  for (const [index, part] of layout.cut(rest, commas).entries()) {
    const isCut = index > 0
    const inner = { from: isCut ? part.from + 1 : part.from, to: part.to }
    if (isCut) parts.push(layout.word(part.from))
    if (inner.from === inner.to) continue
    if (isCut) parts.push(hardBefore(layout.pieces[inner.from]))
    parts.push(layout.words(inner, true))
  }
  return list(parts)
}

function operatorDoc(layout: ExpressionLayout, span: Span, count: number, separator: Doc): Doc {
  const { head, rest } = open(layout, span, count)
  return rest.from === rest.to ? head : list([head, separator, layout.words(rest)])
}

function valuesDoc(layout: ExpressionLayout, span: Span): Doc {
  const { head, rest } = open(layout, span, 1)
  if (rest.from === rest.to) return head
  const rows = layout.members(rest, (row) => layout.words(row))
  const isNarrow = layout.find(rest, (at) => isWide(layout, at)).length === 0
  return group(list([head, indent(list([line, isNarrow ? fill(rows) : join(rows, line)]))]))
}

/** True for a row of several columns. */
function isWide(layout: ExpressionLayout, at: number): boolean {
  const inner = { from: at + 1, to: layout.pieces[at]?.end ?? 0 }
  return inner.to > inner.from && layout.find(inner, (place) => layout.wordAt(place) === ',').length > 0
}

function fromDoc(layout: ExpressionLayout, span: Span): Doc {
  const { head, rest } = open(layout, span, 1)
  if (rest.from === rest.to) return head
  const members = layout.members(rest, (member) => tableDoc(layout, member))
  if (members.length === 1) return list([head, space, ...members])
  return group(list([head, indent(list([line, join(members, line)]))]))
}

/** A table with its joins, each on a line of its own. */
function tableDoc(layout: ExpressionLayout, span: Span): Doc {
  let operator = -1
  const starts = layout.find(span, (at) => {
    if (at < operator || !joinWords.test(layout.wordAt(at))) return false
    const end = joinEnd(layout, at, span.to)
    if (end === at) return false
    operator = end
    return true
  })
  const parts: Doc[] = []
  for (const part of layout.cut(span, starts)) {
    if (part.from === part.to) continue
    if (parts.length > 0) parts.push(hard)
    parts.push(joinDoc(layout, part))
  }
  return list(parts)
}

const joinWords = /^(NATURAL|INNER|LEFT|RIGHT|FULL|CROSS|OUTER|JOIN)$/

/** Where the words of a join operator end; `at` itself where LEFT or RIGHT is a function. */
function joinEnd(layout: ExpressionLayout, at: number, to: number): number {
  for (let end = at; end < to && end < at + 5; end += 1) {
    const word = layout.wordAt(end)
    if (word === 'JOIN' || word === 'APPLY') return end + 1
    if (!joinWords.test(word) && !/^(SEMI|ANTI|ASOF)$/.test(word)) return at
  }
  return at
}

function joinDoc(layout: ExpressionLayout, span: Span): Doc {
  const [on] = layout.find(span, (at) => layout.wordAt(at) === 'ON')
  if (on === undefined) return layout.words(span, true)
  const table = layout.words({ from: span.from, to: on }, true)
  const condition = { from: on + 1, to: span.to }
  const rest = condition.from < condition.to ? [space, layout.condition(condition, hard).doc] : []
  return list([table, indent(list([hard, layout.word(on), ...rest]))])
}
