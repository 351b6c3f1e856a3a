import { conjuncts } from '../resolve/conjuncts.ts'
import type { Binding, FromItem, Resolution, ResolvedBody, ResolvedSelect, Source } from '../resolve/resolution.ts'
import type { Expression } from '../tree.ts'
import { bodyOf } from './followed.ts'

/** Columns of tables of traffic that are never empty; every other one can be. */
const alwaysFilled =
  /^(campaign|campaign_id|campaign_id_string|advertiser|advertiser_id|entity_id|ad_product_type|impressions|clicks|conversion_id)$/
const trafficTable = /^(dsp_|sponsored_ads_traffic|conversions)/

/** Whether a column of a query can be NULL, by its source, its WHERE and its joins. */
export function canBeNull(resolution: Resolution, body: ResolvedBody, at: number): boolean {
  switch (body.kind) {
    case 'values':
      return body.node.rows.some(({ items }) => items[at]?.kind === 'literal' && items[at].type === 'null')
    case 'parenthesized':
      return canBeNull(resolution, body.query.body, at)
    case 'union':
      return body.branches.some((branch) => canBeNull(resolution, branch, at))
    case 'select': {
      const item = body.items[at]
      return item !== undefined && isNullable(resolution, body, item.expression)
    }
  }
}

function isNullable(resolution: Resolution, select: ResolvedSelect, node: Expression): boolean {
  switch (node.kind) {
    case 'literal':
      return node.type === 'null'
    case 'cast':
      return isNullable(resolution, select, node.operand)
    case 'column':
      return isNullableColumn(resolution, select, node)
    case 'call': {
      const name = node.name.text.toUpperCase()
      if (/^(COALESCE|IFNULL|NVL)$/.test(name))
        return node.arguments.every((argument) => isNullable(resolution, select, argument))
      if (/^(COUNT|CONCAT|ROW_NUMBER|RANK|DENSE_RANK)$/.test(name)) return false
      return node.arguments.length === 0 || node.arguments.some((argument) => isNullable(resolution, select, argument))
    }
    default:
      return true
  }
}

function isNullableColumn(resolution: Resolution, select: ResolvedSelect, node: Expression): boolean {
  const id = resolution.expressions.get(node)?.id
  const having = select.node.having
  if ([...conjuncts(select.node.where), ...conjuncts(having)].some((one) => needsValue(resolution, one, id)))
    return false
  if (select.from.some((item) => isMatched(resolution, item, id))) return false
  return isNullableBinding(resolution, select, node.kind === 'column' ? resolution.bindings.get(node) : undefined)
}

function isNullableBinding(resolution: Resolution, select: ResolvedSelect, binding: Binding | undefined): boolean {
  if (binding === undefined) return false
  if (binding.kind === 'alias') return isNullable(resolution, select, binding.expression)
  if (binding.kind === 'merged') return binding.type !== 'inner' && isNullableBinding(resolution, select, binding.left)
  const { source, index } = binding
  if (select.from.some((item) => isOptional(item, source))) return true
  const body = bodyOf(source)
  if (body !== null) return canBeNull(resolution, body, index)
  if (source.from.kind !== 'table') return false
  const { name, columns } = source.from.table
  return !(trafficTable.test(name) && alwaysFilled.test(columns[index]?.name ?? ''))
}

/** Whether a condition holds only where a value is known. */
function needsValue(resolution: Resolution, condition: Expression, id: number | undefined): boolean {
  const isIt = (node: Expression): boolean => resolution.expressions.get(node)?.id === id
  switch (condition.kind) {
    case 'is':
      return condition.negated && condition.test === 'NULL' && isIt(condition.operand)
    case 'binary':
      return isIt(condition.left) || isIt(condition.right)
    case 'in-list':
    case 'in-subquery':
    case 'like':
    case 'between':
      return isIt(condition.operand)
    default:
      return false
  }
}

/** Whether an inner join compares a value. */
function isMatched(resolution: Resolution, item: FromItem, id: number | undefined): boolean {
  for (let at = item; at.kind === 'join'; at = at.left) {
    if (at.type === 'inner' && conjuncts(at.node.on).some((one) => needsValue(resolution, one, id))) return true
    if (isMatched(resolution, at.right, id)) return true
  }
  return false
}

/** Whether an outer join leaves the columns of a source empty where it finds no row. */
function isOptional(item: FromItem, source: Source): boolean {
  for (let at = item; at.kind === 'join'; at = at.left) {
    const isRight = holds(at.right, source)
    if (at.type === 'full') return true
    if (isRight) return at.type === 'left' || isOptional(at.right, source)
    if (at.type === 'right') return true
  }
  return false
}

function holds(item: FromItem, source: Source): boolean {
  for (let at = item; ; at = at.left) {
    if (at.kind === 'source') return at === source
    if (holds(at.right, source)) return true
  }
}
