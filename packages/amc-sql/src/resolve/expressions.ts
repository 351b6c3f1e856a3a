import type {
  Between,
  Binary,
  Case,
  Cast,
  Chain,
  ChainOperator,
  Expression,
  InList,
  InSubquery,
  Literal,
  Range,
} from '../tree.ts'
import { callFacts, checkUnit } from './calls.ts'
import { columnFacts } from './columns.ts'
import { isCondition } from './conditions.ts'
import { combine, commonType, leafFacts, unknownFacts } from './facts.ts'
import { arithmeticType, canCast, isComparable, reportOperands } from './operators.ts'
import type { ExpressionFacts } from './resolution.ts'
import type { Resolver } from './resolver.ts'
import type { Place } from './scope.ts'
import { calciteName, decimal, fitsAll, isNumber, isTime, meet, namedType, types, type AmcType } from './types.ts'

type Composed = Exclude<Expression, { kind: 'missing' | 'star' | 'parameter' | 'literal' | 'column' | 'call' }>

/** What an expression is, from what its parts are. */
export function computeFacts(r: Resolver, node: Expression, place: Place): ExpressionFacts {
  switch (node.kind) {
    case 'missing':
    case 'star':
      return { ...unknownFacts, id: r.uniqueId() }
    case 'parameter':
      return leafFacts(types.unknown, r.idOf(`parameter ${node.name}`))
    case 'literal':
      return leafFacts(literalType(node), r.idOfPair(r.idOf(node.type), r.idOf(node.value)))
    case 'column':
      return columnFacts(r, node, place)
    case 'call':
      return callFacts(r, node, place)
    default:
      return composedFacts(r, node, place)
  }
}

/** Apart from the leaves, which are most of a query and need no function for their parts. */
function composedFacts(r: Resolver, node: Composed, place: Place): ExpressionFacts {
  const of = (child: Expression): ExpressionFacts => r.factsOf(child, place)
  switch (node.kind) {
    case 'cast':
      return castFacts(r, node, of(node.operand))
    case 'case':
      return caseFacts(r, node, of)
    case 'unary': {
      const operand = of(node.operand)
      if (node.operator === 'NOT') isCondition(r, node.operand, operand, 'NOT')
      else if (!isNumber(operand.type) && !fitsAll(operand.type))
        reportOperands(r, node, node.operator, [operand.type], `'${node.operator}<NUMERIC>'`)
      const type = node.operator === 'NOT' ? types.boolean : operand.type
      return combine(r, `unary ${node.operator}`, [operand], type, operand.metric)
    }
    case 'binary':
      return binaryFacts(r, node, of)
    case 'chain':
      return chainFacts(r, node, of)
    case 'between':
      return betweenFacts(r, node, of)
    case 'in-list':
      return inListFacts(r, node, of)
    case 'in-subquery':
      return inSubqueryFacts(r, node, of(node.operand), place)
    case 'like': {
      const parts = [of(node.operand), of(node.pattern), ...(node.escape === null ? [] : [of(node.escape)])]
      for (const part of parts.slice(0, 2))
        if (part.type.kind !== 'STRING' && !fitsAll(part.type)) {
          reportOperands(r, node, node.operator, [parts[0]?.type, parts[1]?.type], `'<CHAR> ${node.operator} <CHAR>'`)
          break
        }
      return combine(r, `${node.operator} ${node.negated}`, parts, types.boolean)
    }
    case 'is': {
      const operand = of(node.operand)
      const facts = combine(r, `is ${node.test} ${node.negated}`, [operand], types.boolean)
      // Whether a user is known says nothing about who it is, and every AMC query filters by it; of a value made of it that is
      // another matter.
      return node.test === 'NULL' && node.operand.kind === 'column' ? { ...facts, threshold: 'NONE' } : facts
    }
    case 'interval':
      return combine(r, `interval ${node.unit}`, [of(node.value)], types.interval)
    case 'extract': {
      const operand = of(node.operand)
      if (node.unit !== '') checkUnit(r, 'EXTRACT', node.unit, node.unitRange)
      if (!isTime(operand.type) && operand.type.kind !== 'STRING' && !fitsAll(operand.type))
        reportOperands(r, node.operand, 'EXTRACT', [operand.type], "'EXTRACT(<DATETIME_INTERVAL> FROM <DATETIME>)'")
      return combine(r, `extract ${node.unit}`, [operand], node.unit === 'EPOCH' ? types.long : types.integer)
    }
    case 'array': {
      const items = node.items.map(of)
      const element = items.reduce<AmcType>((so, item) => meet(so, item.type) ?? types.unknown, types.null)
      return combine(r, 'array', items, { kind: 'ARRAY', element })
    }
    case 'row': {
      const items = node.items.map(of)
      const fields = items.map((item, at) => ({ name: `EXPR$${at}`, type: item.type }))
      return combine(r, 'row', items, { kind: 'ROW', fields })
    }
    case 'subscript': {
      const [operand, index] = [of(node.operand), of(node.index)]
      const type = operand.type.kind === 'ARRAY' ? operand.type.element : types.unknown
      return combine(r, 'subscript', [operand, index], type)
    }
    case 'subquery': {
      const { relation } = r.resolveQuery(node.query, place.scope.ctes, place.scope)
      const [column] = relation.columns
      if (relation.columns.length > 1)
        r.fault({ kind: 'subquery-width', range: node, expected: 1, given: relation.columns.length })
      if (column === undefined) return { ...unknownFacts, id: r.uniqueId() }
      const { type, threshold, metric, constant } = column
      return { ...unknownFacts, type, threshold, metric, constant, id: r.uniqueId() }
    }
    case 'exists':
      r.resolveQuery(node.query, place.scope.ctes, place.scope)
      return { ...unknownFacts, type: types.boolean, id: r.uniqueId() }
  }
}

function literalType(node: Literal): AmcType {
  switch (node.type) {
    case 'string':
      return types.string
    case 'integer': {
      if (node.value.length < 10) return types.integer
      const value = BigInt(node.value)
      if (value <= 2_147_483_647n) return types.integer
      return value <= 9_223_372_036_854_775_807n ? types.long : decimal(38, 0)
    }
    case 'decimal': {
      const [whole = '', fraction = ''] = node.value.split('.')
      return decimal(whole.length + fraction.length, fraction.length)
    }
    case 'double':
      return types.double
    case 'boolean':
      return types.boolean
    case 'null':
      return types.null
    case 'date':
      return types.date
    case 'timestamp':
      return types.timestamp
  }
}

function castFacts(r: Resolver, node: Cast, operand: ExpressionFacts): ExpressionFacts {
  const type = namedType(node.type.name, node.type.arguments)
  if (type === null && node.type.name !== '') r.fault({ kind: 'unknown-type', range: node.type, name: node.type.name })
  if (type !== null && !canCast(operand.type, type))
    r.fault({ kind: 'cast-type', range: node, fromType: calciteName(operand.type), toType: calciteName(type) })
  // A cast of a user id to text leaves it what it is.
  const result = type?.kind === 'STRING' && operand.type.kind === 'STRING' ? operand.type : (type ?? types.unknown)
  return combine(r, `cast ${node.type.name} ${node.type.arguments.join(',')}`, [operand], result, operand.metric)
}

function caseFacts(r: Resolver, node: Case, of: (child: Expression) => ExpressionFacts): ExpressionFacts {
  const operand = node.operand === null ? null : of(node.operand)
  const whens = node.branches.map((branch) => of(branch.when))
  const values = node.branches.map((branch) => of(branch.then))
  if (node.otherwise !== null) values.push(of(node.otherwise))
  for (const [at, branch] of node.branches.entries()) {
    const when = whens[at]
    if (when === undefined) continue
    if (operand === null) isCondition(r, branch.when, when, 'WHEN')
    else if (!isComparable(operand.type, when.type))
      reportOperands(r, branch.when, '=', [operand.type, when.type], "'<COMPARABLE_TYPE> = <COMPARABLE_TYPE>'")
  }
  const type = commonType(
    r,
    node,
    values.map((value) => value.type),
  )
  const key = operand === null ? `case ${whens.length}` : `case of ${whens.length}`
  const parts = whens.concat(values)
  if (operand !== null) parts.unshift(operand)
  return combine(
    r,
    key,
    parts,
    type,
    values.some((value) => value.metric),
  )
}

function binaryFacts(r: Resolver, node: Binary, of: (child: Expression) => ExpressionFacts): ExpressionFacts {
  const { operator } = node
  const [left, right] = [of(node.left), of(node.right)]
  if (!isComparable(left.type, right.type)) {
    const forms = `'<COMPARABLE_TYPE> ${operator} <COMPARABLE_TYPE>'`
    reportOperands(r, node, operator, [left.type, right.type], forms)
  }
  const facts = combine(r, operator === '!=' ? '<>' : operator, [left, right], types.boolean)
  // Whether two rows belong to one user is what joins and overlaps are made of; it does not show the user.
  return bothUserIds(left, right) ? { ...facts, threshold: 'NONE' } : facts
}

/** A chain is what its operands make of it from left to right; each beginning is remembered, since it can be a group key. */
function chainFacts(r: Resolver, node: Chain, of: (child: Expression) => ExpressionFacts): ExpressionFacts {
  const beginnings: ExpressionFacts[] | null = node.operands.length > 2 ? [] : null
  let so: ExpressionFacts | undefined
  let at = -1
  let hasText = false
  for (const operand of node.operands) {
    at += 1
    const facts = of(operand)
    const operator = node.operators[at - 1]
    const before = so
    if (operator === 'AND' || operator === 'OR') {
      if (at === 1 && before !== undefined) isCondition(r, node.operands[0] ?? node, before, operator)
      isCondition(r, operand, facts, operator)
    }
    const range = { from: node.from, to: operand.to }
    hasText ||= isTextInSum(r, range, operator, before, facts, hasText)
    so = before === undefined || operator === undefined ? facts : joined(r, range, operator, before, facts)
    beginnings?.push(so)
  }
  if (beginnings !== null) r.beginnings.set(node, beginnings)
  return so ?? { ...unknownFacts, id: r.uniqueId() }
}

/** Reports text in a calculation; once for a chain is enough. */
function isTextInSum(
  r: Resolver,
  range: Range,
  operator: ChainOperator | undefined,
  left: ExpressionFacts | undefined,
  right: ExpressionFacts,
  known: boolean,
): boolean {
  if (left === undefined || operator === undefined || known) return false
  if (operator === 'AND' || operator === 'OR' || operator === '||') return false
  if (left.type.kind !== 'STRING' && right.type.kind !== 'STRING') return false
  r.fault({ kind: 'text-in-sum', range, operator })
  return true
}

function joined(
  r: Resolver,
  range: Range,
  operator: ChainOperator,
  left: ExpressionFacts,
  right: ExpressionFacts,
): ExpressionFacts {
  if (operator === 'AND' || operator === 'OR') return combine(r, operator, [left, right], types.boolean)
  if (operator === '||') return combine(r, operator, [left, right], types.string)
  const type = arithmeticType(operator, left.type, right.type)
  if (type === null) reportOperands(r, range, operator, [left.type, right.type], `'<NUMERIC> ${operator} <NUMERIC>'`)
  // A quotient is a measure, also of two properties such as distinct counts.
  const metric = left.metric || right.metric || (operator === '/' && !left.constant)
  return combine(r, operator, [left, right], type ?? types.unknown, metric)
}

function bothUserIds(left: ExpressionFacts, right: ExpressionFacts): boolean {
  return (
    left.type.kind === 'STRING' &&
    left.type.userId === true &&
    right.type.kind === 'STRING' &&
    right.type.userId === true
  )
}

function betweenFacts(r: Resolver, node: Between, of: (child: Expression) => ExpressionFacts): ExpressionFacts {
  const parts = [of(node.operand), of(node.low), of(node.high)]
  const [operand, low, high] = parts
  for (const bound of [low, high])
    if (operand !== undefined && bound !== undefined && !isComparable(operand.type, bound.type)) {
      const form = "'<COMPARABLE_TYPE> BETWEEN <COMPARABLE_TYPE> AND <COMPARABLE_TYPE>'"
      reportOperands(r, node, 'BETWEEN', [operand.type, bound.type], form)
      break
    }
  return combine(r, node.negated ? 'not between' : 'between', parts, types.boolean)
}

function inListFacts(r: Resolver, node: InList, of: (child: Expression) => ExpressionFacts): ExpressionFacts {
  const operand = of(node.operand)
  const items = node.items.map(of)
  const wrong = items.find((item) => !isComparable(operand.type, item.type))
  if (wrong !== undefined)
    reportOperands(r, node, 'IN', [operand.type, wrong.type], "'<COMPARABLE_TYPE> IN (<COMPARABLE_TYPE>, ..)'")
  return combine(r, node.negated ? 'not in' : 'in', [operand, ...items], types.boolean)
}

function inSubqueryFacts(r: Resolver, node: InSubquery, operand: ExpressionFacts, place: Place): ExpressionFacts {
  const { relation } = r.resolveQuery(node.query, place.scope.ctes, place.scope)
  const expected = node.operand.kind === 'row' ? node.operand.items.length : 1
  if (!relation.open && relation.columns.length !== expected)
    r.fault({ kind: 'subquery-width', range: node.query, expected, given: relation.columns.length })
  const [column] = relation.columns
  if (expected === 1 && column !== undefined && !isComparable(operand.type, column.type))
    reportOperands(r, node, 'IN', [operand.type, column.type], "'<COMPARABLE_TYPE> IN (<COMPARABLE_TYPE>, ..)'")
  const facts = combine(r, '', [operand], types.boolean)
  return { ...facts, constant: false, id: r.uniqueId() }
}
