import type { ResolvedBody } from '../../resolve/resolution.ts'
import type { SetExpression } from '../../tree.ts'
import { insert, type Mending, mend, nameText, replace, suggest } from '../../edits.ts'
import type { RuleContext } from '../rule.ts'

/** A branch with the one before it and the first one of its union. */
interface Place {
  first: ResolvedBody | undefined
  before: ResolvedBody | undefined
  branch: ResolvedBody
}

function placeOf(context: RuleContext, branch: SetExpression): Place | undefined {
  return context.once(placesByBranch).get(branch)
}

function placesByBranch(context: RuleContext): Map<SetExpression, Place> {
  const found = new Map<SetExpression, Place>()
  const visit = (body: ResolvedBody): void => {
    if (body.kind !== 'union') return
    for (const [at, branch] of body.branches.entries()) {
      found.set(branch.node, { first: body.branches[0], before: body.branches[at - 1], branch })
      visit(branch)
    }
  }
  for (const { body } of context.resolution.queries.values()) visit(body)
  return found
}

/** Puts NULL where the names of the narrower of two neighbours show what it lacks, else at its end. */
export function fillBranch(context: RuleContext, node: SetExpression): Mending {
  const place = placeOf(context, node)
  const [a, b] = [place?.before, place?.branch]
  if (a?.kind !== 'select' || b?.kind !== 'select' || a.relation.open || b.relation.open) return {}
  const [wide, narrow] = a.items.length > b.items.length ? [a, b] : [b, a]
  const given = narrow.relation.columns.map(({ name }) => name.toLowerCase())
  const items = narrow.node.items
  if (items.length !== given.length) return {}
  let next = 0
  const written: string[] = []
  for (const { name } of wide.relation.columns)
    if (name.toLowerCase() === given[next]) {
      const item = items[next]
      written.push(item === undefined ? '' : context.textOf(item))
      next += 1
    } else written.push(name.startsWith('EXPR$') ? 'NULL' : `NULL AS ${nameText(name)}`)
  const [first, last] = [items[0], items.at(-1)]
  if (first === undefined || last === undefined) return {}
  const missing = wide.items.length - narrow.items.length
  if (next < given.length || narrow.groupBy.some((_, key) => narrow.node.groupBy[key]?.kind === 'literal'))
    return suggest(`Fill up with ${missing} NULL`, insert(last.to, ', NULL'.repeat(missing)))
  return mend('Fill up with NULL', replace({ from: first.from, to: last.to }, written.join(', ')))
}

/** Columns in the order of the first branch, or one column in its type. */
export function fitColumn(context: RuleContext, node: SetExpression, column: number, wanted: string): Mending {
  return reordered(context, node) ?? castColumn(context, node, column, wanted)
}

const orders = new WeakMap<SetExpression, { mending: Mending | null }>()

/** A branch with the names of the first one in another order was meant in the same; one answer for all its columns. */
function reordered(context: RuleContext, node: SetExpression): Mending | null {
  let order = orders.get(node)
  if (order === undefined) {
    order = { mending: inOrderOfFirst(context, placeOf(context, node)) }
    orders.set(node, order)
  }
  return order.mending
}

function inOrderOfFirst(context: RuleContext, place: Place | undefined): Mending | null {
  const { first, branch } = place ?? {}
  if (first?.kind !== 'select' || branch?.kind !== 'select' || branch === first) return null
  const { items, groupBy } = branch.node
  const byName = new Map(branch.relation.columns.map(({ name }, at) => [name.toLowerCase(), items[at]]))
  const wanted = first.relation.columns.map(({ name }) => byName.get(name.toLowerCase()))
  const [from, to] = [items[0]?.from, items.at(-1)?.to]
  if (wanted.includes(undefined) || byName.size !== items.length || items.length !== wanted.length) return null
  if (groupBy.some(({ kind }) => kind === 'literal') || from === undefined || to === undefined) return null
  const text = wanted.map((item) => (item === undefined ? '' : context.textOf(item))).join(', ')
  return mend('Put the columns into the order of the first branch', replace({ from, to }, text))
}

/** Text and numbers meet as text, the one of the two that holds both. */
function castColumn(context: RuleContext, node: SetExpression, column: number, wanted: string): Mending {
  const item = node.kind === 'select' ? node.items[column - 1] : undefined
  if (item === undefined || item.expression.kind === 'star') return {}
  const type = wanted === 'VARCHAR' ? 'CHAR' : /^(BIGINT|INTEGER|DOUBLE|DATE|TIMESTAMP)$/.test(wanted) ? wanted : null
  if (type === null) return {}
  const written = context.textOf(item.expression)
  return suggest(`CAST it to ${type}`, replace(item.expression, `CAST(${written} AS ${type})`))
}
