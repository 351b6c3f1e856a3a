import type { ResolvedSelect } from '../../resolve/resolution.ts'
import type { Expression, SelectItem } from '../../tree.ts'
import { insert, type Mending, mend } from '../../edits.ts'
import { dropConditions } from '../conditions.ts'
import type { RuleContext } from '../rule.ts'

const moves = new WeakMap<ResolvedSelect, Mending>()
const aliases = new WeakMap<ResolvedSelect, ReadonlyMap<string, SelectItem>>()

/**
 * Moves the members of WHERE that hold aggregates, or their aliases, to HAVING, where both are known; those beside them stay. One fix
 * for all of a SELECT.
 */
export function moveToHaving(context: RuleContext, select: ResolvedSelect): Mending {
  let mending = moves.get(select)
  if (mending === undefined) {
    mending = moved(context, select)
    moves.set(select, mending)
  }
  return mending
}

/** The item of a select list that an alias names. */
export function aliasedItem(select: ResolvedSelect, name: string): SelectItem | undefined {
  let items = aliases.get(select)
  if (items === undefined) {
    items = new Map(select.node.items.flatMap((item) => (item.alias === null ? [] : [[item.alias.key, item]])))
    aliases.set(select, items)
  }
  return items.get(name.toLowerCase())
}

function moved(context: RuleContext, select: ResolvedSelect): Mending {
  const { where, having, groupBy, windows } = select.node
  if (where === null || !select.aggregate || windows.length > 0) return {}
  const operands = where.kind === 'chain' && where.operators[0] === 'AND' ? where.operands : [where]
  const places = context.once(aliasPlaces).get(select) ?? []
  const members = operands.filter(
    (operand) => context.facts(operand)?.aggregate === true || holdsPlace(places, operand),
  )
  if (members.length === 0 || members.some((operand) => context.facts(operand)?.window === true)) return {}
  const edits = dropConditions(context, where, new Set(members))
  if (edits === null) return {}
  const title = 'Move it to HAVING'
  if (having !== null) {
    const { from, to } = context.withParentheses(having)
    const more = members.map((operand) => ` AND ${asMember(context, operand, true)}`).join('')
    const bare = isOr(having) && from === having.from
    return mend(title, ...edits, ...(bare ? [insert(from, '('), insert(to, `)${more}`)] : [insert(to, more)]))
  }
  const condition = ` HAVING ${members.map((operand) => asMember(context, operand, members.length > 1)).join(' AND ')}`
  const last = groupBy.at(-1)
  const end = context.withParentheses(last ?? where).to
  const whole = edits.find((edit) => edit.to === end)
  // Without GROUP BY the new clause stands where the old condition ended.
  if (whole !== undefined) whole.text = condition
  else edits.push(insert(end, condition))
  return mend(title, ...edits)
}

/** Where WHERE names an alias of an aggregate, by SELECT and in the order of the text. */
function aliasPlaces(context: RuleContext): ReadonlyMap<ResolvedSelect, readonly number[]> {
  const found = new Map<ResolvedSelect, number[]>()
  for (const { range, name, clause } of context.faults('sibling-alias')) {
    const select = clause === 'WHERE' ? context.selectAround(range) : null
    const item = select === null ? undefined : aliasedItem(select, name)
    const facts = item === undefined ? undefined : context.facts(item.expression)
    if (select === null || facts?.aggregate !== true || facts.window) continue
    const same = found.get(select)
    if (same === undefined) found.set(select, [range.from])
    else same.push(range.from)
  }
  for (const list of found.values()) list.sort((a, b) => a - b)
  return found
}

function holdsPlace(places: readonly number[], { from, to }: Expression): boolean {
  let [low, high] = [0, places.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((places[middle] ?? 0) < from) low = middle + 1
    else high = middle
  }
  return (places[low] ?? to) < to
}

/** A condition as a member of an AND: an OR needs its parentheses. */
function asMember(context: RuleContext, node: Expression, among: boolean): string {
  const written = context.textOf(node)
  return among && isOr(node) ? `(${written})` : written
}

function isOr(node: Expression): boolean {
  return node.kind === 'chain' && node.operators[0] === 'OR'
}
