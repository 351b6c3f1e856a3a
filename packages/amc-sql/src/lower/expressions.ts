import { isInteger, isNumber, isTime, namedType, types, type AmcType } from '../resolve/types.ts'
import type { Cast, Chain, ChainOperator, Expression, Like } from '../tree.ts'
import { lowerBinding } from './bindings.ts'
import { lowerCall } from './calls.ts'
import { align, duckType, fit } from './duck-types.ts'
import { searchFor } from './functions/java-patterns.ts'
import { lowerExtract, nowSql } from './functions/times.ts'
import { lowerExists, lowerInSubquery, lowerScalarSubquery } from './inner-queries.ts'
import { lowerLiteral } from './literals.ts'
import type { Lowering } from './lowering.ts'
import { asText, asTime, comparable, operandOf, type Operand } from './operands.ts'
import { quoteText } from './text.ts'

/** An expression as DuckDB SQL of the type in its facts; binary forms stand in parentheses. */
export function lowerExpression(l: Lowering, node: Expression): string {
  const of = (child: Expression): string => l.expression(child)
  switch (node.kind) {
    case 'missing':
    case 'star':
      return l.fail(node, 'An expression is missing here')
    case 'parameter':
      return l.fail(node, `{{${node.name}}} has no value`)
    case 'literal':
      return lowerLiteral(node)
    case 'column': {
      const binding = l.resolution.bindings.get(node)
      if (binding !== undefined) return lowerBinding(l, binding)
      return l.fail(node, 'The local data has no such column')
    }
    case 'call':
      return lowerCall(l, node)
    case 'cast':
      return lowerCast(l, node)
    case 'case': {
      const type = l.facts(node).type
      const then = (value: Expression): string => fit(of(value), l.facts(value).type, type)
      const branches = node.branches.map((branch) => {
        const when = node.operand === null ? of(branch.when) : compare(l, '=', node.operand, branch.when)
        return `WHEN ${when} THEN ${then(branch.then)}`
      })
      const otherwise = node.otherwise === null ? '' : ` ELSE ${then(node.otherwise)}`
      return `CASE ${branches.join(' ')}${otherwise} END`
    }
    case 'unary':
      return node.operator === 'NOT' ? `(NOT ${of(node.operand)})` : `(${node.operator} ${of(node.operand)})`
    case 'binary':
      return compare(l, node.operator === '!=' ? '<>' : node.operator, node.left, node.right)
    case 'chain':
      return lowerChain(l, node)
    case 'between': {
      const [operand, low, high] = comparable([node.operand, node.low, node.high].map((part) => operandOf(l, part)))
      return `(${operand} ${not(node)}BETWEEN ${low} AND ${high})`
    }
    case 'in-list': {
      const [operand, ...items] = comparable([node.operand, ...node.items].map((part) => operandOf(l, part)))
      return `(${operand} ${not(node)}IN (${items.join(', ')}))`
    }
    case 'in-subquery':
      return lowerInSubquery(l, node)
    case 'like':
      return lowerLike(l, node)
    case 'is':
      return `(${of(node.operand)} IS ${not(node)}${node.test})`
    case 'interval':
      return `(CAST(${of(node.value)} AS BIGINT) * INTERVAL 1 ${node.unit})`
    case 'extract':
      return lowerExtract(node.unit, asTime(l, node.operand))
    case 'array': {
      const { type } = l.facts(node)
      const element = type.kind === 'ARRAY' ? type.element : types.unknown
      return `[${node.items.map((item) => fit(of(item), l.facts(item).type, element)).join(', ')}]`
    }
    case 'row':
      return `(${node.items.map(of).join(', ')})`
    case 'subscript':
      return `${of(node.operand)}[${of(node.index)}]`
    case 'subquery':
      return lowerScalarSubquery(l, node)
    case 'exists':
      return lowerExists(l, node)
  }
}

function not(node: { negated: boolean }): string {
  return node.negated ? 'NOT ' : ''
}

function compare(l: Lowering, operator: string, left: Expression, right: Expression): string {
  const [a, b] = comparable([operandOf(l, left), operandOf(l, right)])
  return `(${a} ${operator} ${b})`
}

function lowerChain(l: Lowering, node: Chain): string {
  const [operator] = node.operators
  if (operator === 'AND' || operator === 'OR')
    return `(${node.operands.map((operand) => l.expression(operand)).join(` ${operator} `)})`
  const [first] = node.operands
  const beginnings = l.resolution.beginnings.get(node) ?? (first === undefined ? [] : [l.facts(first), l.facts(node)])
  let so = { sql: first === undefined ? 'NULL' : l.expression(first), type: beginnings[0]?.type ?? types.unknown }
  for (const [at, right] of node.operands.slice(1).entries()) {
    const type = beginnings[at + 1]?.type ?? types.unknown
    so = { sql: lowerStep(l, so, node.operators[at] ?? '+', right, type), type }
  }
  return so.sql
}

/** What a chain is so far, joined with its next operand. */
function lowerStep(l: Lowering, left: Operand, operator: ChainOperator, right: Expression, result: AmcType): string {
  const next: Operand = { sql: l.expression(right), type: l.facts(right).type }
  if (operator === '||') return `(${asText(left)} || ${asText(next)})`
  const [a, b] = [left.type, next.type]
  if (isTime(a) || isTime(b)) return `CAST((${left.sql} ${operator} ${next.sql}) AS ${duckType(result)})`
  const [x, y] = [asNumber(left), asNumber(next)]
  if (operator === '/' || operator === '%') return `(${x} ${operator} ${cannotBeZero(right) ? y : `nullif(${y}, 0)`})`
  // DuckDB adds and multiplies 32-bit numbers in 32 bits and fails where they overflow.
  const narrow = isInteger(a) && isInteger(b) && a.kind !== 'LONG' && b.kind !== 'LONG'
  return `(${narrow ? `CAST(${x} AS BIGINT)` : x} ${operator} ${y})`
}

function cannotBeZero(node: Expression): boolean {
  if (node.kind === 'literal') return Number(node.value) !== 0
  return node.kind === 'call' && node.name.text.toUpperCase() === 'NULLIF'
}

function asNumber({ sql, type }: Operand): string {
  return type.kind === 'STRING' ? `TRY_CAST(${sql} AS DOUBLE)` : sql
}

function lowerCast(l: Lowering, node: Cast): string {
  const from = l.facts(node.operand).type
  const to = namedType(node.type.name, node.type.arguments) ?? types.unknown
  const sql = l.expression(node.operand)
  if (node.operand.kind === 'literal' && node.operand.type === 'string') {
    const word = node.operand.value.toLowerCase()
    if (word === 'today' && isTime(to)) return `CAST(CAST(${nowSql} AS DATE) AS ${duckType(to)})`
    if (word === 'now' && isTime(to)) return `CAST(${nowSql} AS ${duckType(to)})`
  }
  if (to.kind === 'STRING') return from.kind === 'STRING' ? sql : `CAST(${sql} AS VARCHAR)`
  const value = align(sql, from, types.string)
  // AMC's rounding is unknown; Calcite and Spark cut the fraction off, DuckDB would round.
  if (isInteger(to) && from.kind === 'STRING')
    return `TRY_CAST(trunc(TRY_CAST(${value} AS DECIMAL(38, 6))) AS ${duckType(to)})`
  if (isInteger(to) && isNumber(from) && !isInteger(from)) return `TRY_CAST(trunc(${value}) AS ${duckType(to)})`
  return `TRY_CAST(${value} AS ${duckType(to)})`
}

function lowerLike(l: Lowering, node: Like): string {
  const [operand, pattern] = [node.operand, node.pattern].map((part) => asText(operandOf(l, part)))
  if (node.operator === 'LIKE') {
    const escape = node.escape === null ? '' : ` ESCAPE ${lowerEscape(l, node.escape)}`
    return `(${operand} ${not(node)}LIKE ${pattern}${escape})`
  }
  const search = node.pattern.kind === 'literal' ? searchFor(node.pattern.value) : null
  // A pattern that only the row knows gives NULL where it is none.
  if (search === null) return `(${not(node)}TRY(regexp_matches(${operand}, ${pattern})))`
  if (search === 'never') return `(CASE WHEN ${operand} IS NOT NULL THEN ${node.negated} END)`
  if ('obstacle' in search)
    return l.fail(node.pattern, `The local engine does not run this pattern: ${search.obstacle}`)
  const matches = (part: string): string => `regexp_matches(${operand}, ${quoteText(part)})`
  const conditions = [...search.found.map(matches), ...search.absent.map((part) => `NOT ${matches(part)}`)]
  return `(${not(node)}(${conditions.join(' AND ')}))`
}

function lowerEscape(l: Lowering, node: Expression): string {
  if (node.kind === 'literal' && node.type === 'string' && /^.$/su.test(node.value)) return quoteText(node.value)
  return l.fail(node, 'ESCAPE takes a single character')
}
