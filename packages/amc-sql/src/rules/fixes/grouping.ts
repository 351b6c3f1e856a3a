import type { Edit } from '../../diagnostic.ts'
import type { ResolvedSelect } from '../../resolve/resolution.ts'
import { isNumber } from '../../resolve/types.ts'
import type { SelectItem } from '../../tree.ts'
import { insert, nameText, removeItem, replace } from '../../edits.ts'
import type { RuleContext } from '../rule.ts'

/** Adds keys to the GROUP BY of a SELECT, which gets one where it has none. */
export function addKeys(context: RuleContext, select: ResolvedSelect, keys: readonly string[]): Edit {
  const { groupBy, where, tables } = select.node
  const last = groupBy.at(-1)
  if (last !== undefined) return insert(context.withParentheses(last).to, `, ${keys.join(', ')}`)
  const end = where === null ? (tables.at(-1)?.to ?? select.node.to) : context.withParentheses(where).to
  return insert(end, ` GROUP BY ${keys.join(', ')}`)
}

/** Takes keys out of GROUP BY, and the whole clause where none is left; null where the text does not allow it. */
export function dropKeys(context: RuleContext, select: ResolvedSelect, drops: ReadonlySet<number>): Edit[] | null {
  const keys = select.node.groupBy
  const [first, last] = [keys[0], keys.at(-1)]
  if (first === undefined || last === undefined || drops.size === 0) return []
  if (drops.size === 1 && keys.length > 1) {
    const [only = 0] = drops
    // The key and those beside it: a list may be long.
    const start = Math.max(0, only - 1)
    const near = keys.slice(start, only + 2).map((key) => context.withParentheses(key))
    return [removeItem(near, only - start)]
  }
  if (drops.size < keys.length) return null
  const by = context.tokenBefore(context.withParentheses(first).from)
  const group = by === null ? null : context.tokenBefore(by.from)
  const before = group === null ? null : context.tokenBefore(group.from)
  return group?.word === 'GROUP' && before !== null
    ? [{ from: before.to, to: context.withParentheses(last).to, text: '' }]
    : null
}

/** The keys of GROUP BY, by position, that mean the same as one item. */
export function keysOf(context: RuleContext, select: ResolvedSelect, item: SelectItem): ReadonlySet<number> {
  const id = context.facts(item.expression)?.id
  return (id === undefined ? undefined : keysById(context, select).get(id)) ?? noKeys
}

const noKeys: ReadonlySet<number> = new Set()
const known = new WeakMap<ResolvedSelect, Map<number, Set<number>>>()

/** Positions of keys by what they mean; kept, because every item of a long list may ask. */
function keysById(context: RuleContext, select: ResolvedSelect): ReadonlyMap<number, ReadonlySet<number>> {
  let keys = known.get(select)
  if (keys !== undefined) return keys
  keys = new Map()
  for (const [at, key] of select.node.groupBy.entries()) {
    const ordinal = key.kind === 'literal' && key.type === 'integer' ? select.items[Number(key.value) - 1] : undefined
    const id = context.facts(ordinal === undefined ? key : ordinal.expression)?.id
    if (id === undefined) continue
    const same = keys.get(id)
    if (same === undefined) keys.set(id, new Set([at]))
    else same.add(at)
  }
  known.set(select, keys)
  return keys
}

/** Makes the items of a SELECT without grouping aggregate: measures are summed, the rest is grouped; null where that does not fit. */
export function aggregateItems(context: RuleContext, select: ResolvedSelect, except: SelectItem | null): Edit[] | null {
  const { node } = select
  if (node.distinct || node.groupBy.length > 0 || node.tables.length === 0) return null
  const edits: Edit[] = []
  const keys: string[] = []
  for (const [at, item] of node.items.entries()) {
    if (item === except) continue
    const facts = context.facts(item.expression)
    if (item.expression.kind === 'star' || facts === undefined || facts.window) return null
    if (facts.aggregate || facts.constant) continue
    if (!facts.metric || !isNumber(facts.type)) keys.push(String(at + 1))
    else {
      const name = item.alias ?? (item.expression.kind === 'column' ? (item.expression.parts.at(-1) ?? null) : null)
      const alias = name === null ? '' : ` AS ${nameText(name.text)}`
      edits.push(replace(item, `SUM(${context.textOf(item.expression)})${alias}`))
    }
  }
  if (keys.length > 0) edits.push(addKeys(context, select, keys))
  return edits
}
