import type { ResolvedSelect } from '../../resolve/resolution.ts'
import type { SelectItem } from '../../tree.ts'
import { type Mending, nameText, removeItem, replace, suggest } from '../../edits.ts'
import type { RuleContext } from '../rule.ts'
import { aggregateItems, dropKeys, keysOf } from './grouping.ts'

/** Counts the people that an item would show, and puts the rest of the SELECT around that in order. */
export function countInstead(context: RuleContext, select: ResolvedSelect, item: SelectItem): Mending {
  const { expression } = item
  if (!select.node.items.includes(item) || context.facts(expression)?.window === true) return {}
  const isExtreme = expression.kind === 'call' && /^(MIN|MAX)$/i.test(expression.name.text)
  const counted = isExtreme ? expression.arguments[0] : expression
  if (counted === undefined || context.facts(counted)?.aggregate === true) return {}
  const keys = dropKeys(context, select, keysOf(context, select, item))
  const others = select.aggregate ? [] : aggregateItems(context, select, item)
  if (keys === null || others === null) return {}
  const alias = nameText(aliasFor(select, item))
  const text = `COUNT(DISTINCT ${context.textOf(counted)}) AS ${alias}`
  return suggest('Count the people instead', replace(item, text), ...keys, ...others)
}

function aliasFor({ node }: ResolvedSelect, item: SelectItem): string {
  if (item.alias !== null && item.alias.key !== 'user_id') return item.alias.text
  const taken = new Set(node.items.map(({ alias }) => alias?.key))
  return taken.has('users') ? 'distinct_users' : 'users'
}

/** Takes an item out of a final SELECT, and its key out of GROUP BY. */
export function leaveOut(context: RuleContext, select: ResolvedSelect, item: SelectItem): Mending {
  const at = select.node.items.indexOf(item)
  const keys = dropKeys(context, select, keysOf(context, select, item))
  // Behind a removed item every position in GROUP BY and ORDER BY would mean another one.
  const counts = select.node.groupBy.some(({ kind }) => kind === 'literal')
  if (at === -1 || select.node.items.length === 1 || keys === null || counts) return {}
  return suggest('Leave the column out', removeItem(select.node.items, at), ...keys)
}

/** Takes one key out of a final GROUP BY. */
export function dropKey(context: RuleContext, select: ResolvedSelect, at: number, text: string): Mending {
  const edits = dropKeys(context, select, new Set([at]))
  return edits === null ? {} : suggest(`Leave ${text} out of GROUP BY`, ...edits)
}

/** Sums the measures of a final SELECT over event rows, and groups by the rest. */
export function sumItems(context: RuleContext, select: ResolvedSelect): Mending {
  const edits = aggregateItems(context, select, null)
  return edits === null || edits.length === 0 ? {} : suggest('Sum the measures and group by the rest', ...edits)
}
