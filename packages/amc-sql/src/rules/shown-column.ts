import type { ResolvedSelect } from '../resolve/resolution.ts'
import { neverShown } from '../resolve/thresholds.ts'
import type { SelectItem } from '../tree.ts'
import { nameText, removeItem, replace, suggest } from './edits.ts'
import { aggregateItems, dropKeys, keysOf } from './grouping-edits.ts'
import { isGuess, type Finding, type Report, type Rule, type RuleContext, type RuleEntry } from './rule.ts'

/** A column of class VERY_HIGH or INTERNAL must not come out. */
export const shownColumn: Rule = {
  code: 'AMC002',
  severity: 'error',
  privacy: true,
  check(context, report) {
    reportShown(context, report, true)
  },
}

export const shownColumnEntry: RuleEntry = {
  rule: shownColumn,
  title: 'No VERY_HIGH or INTERNAL column in the result',
  why: 'AMC never shows `user_id` or its own internal ids, and refuses a query that would. People can be counted: `COUNT(DISTINCT user_id)`. Other internal columns are left out.',
  source: 'fact',
  bad: `SELECT user_id, SUM(clicks) AS clicks
FROM dsp_clicks
GROUP BY user_id`,
  good: `SELECT COUNT(DISTINCT user_id) AS users, SUM(clicks) AS clicks
FROM dsp_clicks`,
}

/** Reports the items of class VERY_HIGH and INTERNAL: those that are a column of a table, or those that only come from one. */
export function reportShown(context: RuleContext, report: Report, direct: boolean): void {
  for (const select of context.finalSelects) {
    const reported = new Set<number>()
    for (const item of select.items) {
      // The columns behind one star stand at one place.
      if (reported.has(item.from)) continue
      // AMC001 refuses a star over a table, whatever is behind it.
      if (direct && !select.node.items.includes(item)) continue
      const facts = context.facts(item.expression)
      if (facts === undefined || !neverShown(facts.threshold) || isDirect(context, item) !== direct) continue
      if (context.audience && context.isUserId(item.expression)) continue
      if (isGuess(item.expression)) continue
      reported.add(item.from)
      const what = context.textOf(item.expression)
      const counted = facts.threshold === 'VERY_HIGH'
      report(item, {
        message: direct
          ? `${what} is of class ${facts.threshold}, which AMC never shows`
          : `${pathOf(context, item) ?? `${what} is made of a column`} of class ${facts.threshold}, which AMC never shows`,
        help: counted ? 'Count it instead: COUNT(DISTINCT …), or leave it out' : 'Leave it out',
        ...(counted ? countInstead(context, select, item) : leaveOut(context, select, item)),
      })
    }
  }
}

function isDirect(context: RuleContext, item: SelectItem): boolean {
  if (item.expression.kind !== 'column') return false
  const binding = context.resolution.bindings.get(item.expression)
  return binding?.kind === 'column' && binding.source.from.kind === 'table'
}

/** How the column came here: "user_id reaches the result through u in journeys: it is". */
function pathOf(context: RuleContext, item: SelectItem): string | null {
  const origin = context.lineage.expression(item.expression).find(({ column }) => neverShown(column.threshold))
  if (origin === undefined) return null
  const steps = origin.steps.map(({ column, relation }) => (relation === '' ? column : `${column} in ${relation}`))
  const way = [...steps, ...(item.expression.kind === 'column' ? [] : [context.textOf(item.expression)])]
  return `${origin.column.name} reaches the result through ${way.join(', then ')}: it is`
}

function countInstead(context: RuleContext, select: ResolvedSelect, item: SelectItem): Pick<Finding, 'fixes'> {
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
  if (item.alias !== null && item.alias.text.toLowerCase() !== 'user_id') return item.alias.text
  const taken = new Set(node.items.map(({ alias }) => alias?.text.toLowerCase()))
  return taken.has('users') ? 'distinct_users' : 'users'
}

function leaveOut(context: RuleContext, select: ResolvedSelect, item: SelectItem): Pick<Finding, 'fixes'> {
  const at = select.node.items.indexOf(item)
  const keys = dropKeys(context, select, keysOf(context, select, item))
  // Behind a removed item every position in GROUP BY and ORDER BY would mean another one.
  const counts = select.node.groupBy.some(({ kind }) => kind === 'literal')
  if (at === -1 || select.node.items.length === 1 || keys === null || counts) return {}
  return suggest('Leave the column out', removeItem(select.node.items, at), ...keys)
}
