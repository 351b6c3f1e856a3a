import { conjuncts } from '../resolve/conjuncts.ts'
import type { Binding, FromItem, Resolution, ResolvedBody, ResolvedSelect, Source } from '../resolve/resolution.ts'
import type { Expression } from '../tree.ts'
import { bodyOf } from './followed.ts'

/** Columns of tables of traffic that are never empty; every other one can be. */
const alwaysFilled =
  /^(campaign|campaign_id|campaign_id_string|advertiser|advertiser_id|entity_id|ad_product_type|impressions|clicks|conversion_id)$/
const trafficTable = /^(dsp_|sponsored_ads_traffic|conversions)/

/** Through more WITH parts than that nobody looks for a NULL. */
const mostSteps = 200

/** Whether a column of a query can be NULL, by its source, its WHERE and its joins. */
export function canBeNull(resolution: Resolution, body: ResolvedBody, at: number, steps = 0): boolean {
  if (steps > mostSteps) return false
  switch (body.kind) {
    case 'values':
      return body.node.rows.some(({ items }) => items[at]?.kind === 'literal' && items[at].type === 'null')
    case 'parenthesized':
      return canBeNull(resolution, body.query.body, at, steps + 1)
    case 'union':
      return body.branches.some((branch) => canBeNull(resolution, branch, at, steps + 1))
    case 'select': {
      const item = body.items[at]
      return item !== undefined && new NullCheck(resolution, body, steps).isNullable(item.expression)
    }
  }
}

/** Over the rows of one SELECT. */
class NullCheck {
  readonly #resolution: Resolution
  readonly #select: ResolvedSelect
  readonly #steps: number

  constructor(resolution: Resolution, select: ResolvedSelect, steps: number) {
    this.#resolution = resolution
    this.#select = select
    this.#steps = steps
  }

  isNullable(node: Expression): boolean {
    switch (node.kind) {
      case 'literal':
        return node.type === 'null'
      case 'cast':
        return this.isNullable(node.operand)
      case 'column':
        return !this.#isFiltered(node) && this.#isNullableBinding(this.#resolution.bindings.get(node))
      case 'call': {
        const name = node.name.text.toUpperCase()
        if (/^(COALESCE|IFNULL|NVL)$/.test(name)) return node.arguments.every((one) => this.isNullable(one))
        if (/^(COUNT|CONCAT|ROW_NUMBER|RANK|DENSE_RANK)$/.test(name)) return false
        return node.arguments.length === 0 || node.arguments.some((one) => this.isNullable(one))
      }
      default:
        return true
    }
  }

  #isFiltered(node: Expression): boolean {
    const id = this.#resolution.expressions.get(node)?.id
    const { where, having } = this.#select.node
    const conditions = [...conjuncts(where), ...conjuncts(having)]
    return (
      conditions.some((one) => needsValue(this.#resolution, one, id)) ||
      this.#select.from.some((item) => isMatched(this.#resolution, item, id))
    )
  }

  #isNullableBinding(binding: Binding | undefined): boolean {
    if (binding === undefined) return false
    if (binding.kind === 'alias') return this.isNullable(binding.expression)
    if (binding.kind === 'merged') return binding.type !== 'inner' && this.#isNullableBinding(binding.left)
    const { source, index } = binding
    if (this.#select.from.some((item) => isOptional(item, source))) return true
    const body = bodyOf(source)
    if (body !== null) return canBeNull(this.#resolution, body, index, this.#steps + 1)
    if (source.from.kind !== 'table') return false
    const { name, columns } = source.from.table
    return !(trafficTable.test(name) && alwaysFilled.test(columns[index]?.name ?? ''))
  }
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
