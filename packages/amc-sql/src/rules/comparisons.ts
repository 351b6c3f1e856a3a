import { childrenOf } from '../resolve/children.ts'
import type { Binding, FromItem, RelationColumn, ResolvedSelect } from '../resolve/resolution.ts'
import { forbidsLiterals } from '../resolve/thresholds.ts'
import type { Call, Expression, InSubquery, Range } from '../tree.ts'
import type { RuleContext } from './rule.ts'

/** Values that are held against each other. */
export interface Comparison {
  range: Range
  sides: readonly Side[]
}

export interface Side {
  range: Range
  facts: Pick<RelationColumn, 'type' | 'threshold' | 'constant'>
  /** null for the columns of USING and those of a query behind IN. */
  node: Expression | null
}

const comparing: ReadonlySet<string> = new Set(['=', '<>', '!=', '<', '<=', '>', '>='])
const searching =
  /^(NULLIF|REGEXP_REPLACE|REGEXP_SUBSTR|REGEXP_SPLIT|POSITION|INSTR|STRPOS|CHARINDEX|LOCATE|CONTAINED_IN|ARRAY_CONTAINS)$/i

/** A call that looks for one value in another. */
export function isSearch(call: Call): boolean {
  return searching.test(call.name.text)
}

/** Expressions that compare. */
const kinds = ['binary', 'in-list', 'between', 'like', 'in-subquery', 'case', 'call'] as const

/** Every comparison and search of a query in which a side is of a class that must not meet fixed values. */
export function* guardedComparisons(context: RuleContext): Iterable<Comparison> {
  for (const kind of kinds)
    for (const expression of context.expressions(kind)) {
      if (expression.kind === 'in-subquery') {
        yield* comparedInside(context, expression)
        continue
      }
      const compared = comparedExpressions(expression)
      if (compared.some((node) => isGuarded(context.facts(node))))
        yield { range: expression, sides: compared.flatMap((node) => sideOf(context, node)) }
    }
  for (const select of context.selects) yield* joinedByName(select)
}

function isGuarded(facts: Side['facts'] | undefined): boolean {
  return facts !== undefined && forbidsLiterals(facts.threshold)
}

function sideOf(context: RuleContext, node: Expression): Side[] {
  const facts = context.facts(node)
  return facts === undefined ? [] : [{ range: node, facts, node }]
}

function* comparedInside(context: RuleContext, expression: InSubquery): Iterable<Comparison> {
  const columns = context.resolution.queries.get(expression.query)?.relation.columns ?? []
  const operands = expression.operand.kind === 'row' ? expression.operand.items : [expression.operand]
  for (const [at, node] of operands.entries()) {
    const [column, operand] = [columns[at], sideOf(context, node)]
    if (column === undefined || !(isGuarded(column) || isGuarded(operand[0]?.facts))) continue
    yield { range: expression, sides: [...operand, { range: expression.query, facts: column, node: null }] }
  }
}

function comparedExpressions(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'binary':
      return comparing.has(node.operator) ? [node.left, node.right] : []
    case 'in-list':
    case 'between':
    case 'like':
    case 'in-subquery':
      return childrenOf(node)
    case 'case':
      return node.operand === null ? [] : [node.operand, ...node.branches.map((branch) => branch.when)]
    case 'call':
      return isSearch(node) ? node.arguments : []
    default:
      return []
  }
}

function* joinedByName(select: ResolvedSelect): Iterable<Comparison> {
  for (const item of select.from) yield* joins(item)
}

function* joins(item: FromItem): Iterable<Comparison> {
  for (let at = item; at.kind === 'join'; at = at.left) {
    yield* joins(at.right)
    for (const { name, left, right } of at.using) {
      const range = at.node.using?.find(({ text }) => text === name) ?? at.node
      const sides = [left, right].flatMap((binding): Side[] => {
        const facts = columnOf(binding)
        return facts === undefined ? [] : [{ range, facts, node: null }]
      })
      if (sides.some(({ facts }) => isGuarded(facts))) yield { range, sides }
    }
  }
}

function columnOf(binding: Binding): RelationColumn | undefined {
  if (binding.kind === 'merged') return columnOf(binding.left)
  return binding.kind === 'column' ? binding.source.relation.columns[binding.index] : undefined
}
