import { columnKey, type ResolvedBody, type ResolvedSelect, type Source } from '../resolve/resolution.ts'
import { insert, suggest } from '../edits.ts'
import type { Rule, RuleContext, RuleEntry } from './rule.ts'

/** COUNT(user_id) counts events, whatever its alias says. */
export const countedUsers: Rule = {
  code: 'AMC037',
  severity: 'warning',
  check(context, report) {
    for (const select of context.selects)
      for (const { expression, alias } of select.node.items) {
        if (alias === null || !/user|reach|people|person|audience|customer|shopper/i.test(alias.text)) continue
        if (expression.kind !== 'call' || expression.distinct || expression.over !== null) continue
        const [argument] = expression.arguments
        if (argument === undefined || expression.name.text.toUpperCase() !== 'COUNT') continue
        if (!context.isUserId(argument) || isOncePerUser(context, select)) continue
        report(expression, {
          message: `COUNT counts rows, so ${alias.text} holds events and not people`,
          help: 'Write COUNT(DISTINCT user_id)',
          ...suggest('Count each person once', insert(argument.from, 'DISTINCT ')),
        })
      }
  },
}

export const countedUsersEntry: RuleEntry = {
  rule: countedUsers,
  title: 'People are counted with DISTINCT',
  why: '`COUNT(user_id)` counts the rows that have a user, so one person with ten impressions counts ten times. That is right only where each row is one person, as behind a WITH part grouped by `user_id`.',
  source: 'choice',
  bad: `SELECT campaign, COUNT(user_id) AS reach
FROM dsp_impressions
GROUP BY campaign`,
  good: `SELECT campaign, COUNT(DISTINCT user_id) AS reach
FROM dsp_impressions
GROUP BY campaign`,
}

/** True where no user can be in two rows of one group: each source holds a user once, or once per value that is grouped by here. */
function isOncePerUser(context: RuleContext, select: ResolvedSelect): boolean {
  const grouped = new Set(
    select.groupBy.flatMap((key) => {
      const binding = key.kind === 'column' ? context.resolution.bindings.get(key) : undefined
      return binding?.kind === 'column' ? [columnKey(binding.source, binding.index)] : []
    }),
  )
  return select.sources.every((source) => {
    const keys = keyColumns(context, source)
    return keys !== null && keys.every((index) => grouped.has(columnKey(source, index)))
  })
}

/** The columns that, with the user, tell the rows of a source apart; null where nothing is known. */
function keyColumns(context: RuleContext, { from }: Source): readonly number[] | null {
  if (from.kind !== 'cte' && from.kind !== 'query') return null
  return keysOfBody(context, (from.kind === 'cte' ? from.cte.query : from.query).body)
}

function keysOfBody(context: RuleContext, body: ResolvedBody): readonly number[] | null {
  if (body.kind === 'parenthesized') return keysOfBody(context, body.query.body)
  if (body.kind === 'union' && !body.node.all) return distinctKeys(context, body.branches[0])
  if (body.kind !== 'select') return null
  if (body.node.distinct) return distinctKeys(context, body)
  if (!body.aggregate) return handedOn(context, body)
  const keys = new Set<number>()
  for (const key of body.groupBy) {
    const id = context.facts(key)?.id
    const at = body.items.findIndex(({ expression }) => context.facts(expression)?.id === id)
    if (at === -1) return null
    if (!context.isUserId(key)) keys.add(at)
  }
  return [...keys]
}

/** A SELECT that only hands the rows of one source on has the keys of that source, where it shows them all. */
function handedOn(context: RuleContext, body: ResolvedSelect): readonly number[] | null {
  const [source, ...others] = body.sources
  const keys = source === undefined || others.length > 0 ? null : keyColumns(context, source)
  if (keys === null) return null
  const shown = keys.map((key) =>
    body.items.findIndex(({ expression }) => {
      const binding = expression.kind === 'column' ? context.resolution.bindings.get(expression) : undefined
      return binding?.kind === 'column' && binding.source === source && binding.index === key
    }),
  )
  return shown.includes(-1) ? null : shown
}

/** Of rows that are all different every column but the user is a key. */
function distinctKeys(context: RuleContext, body: ResolvedBody | undefined): readonly number[] | null {
  if (body?.kind !== 'select') return null
  return body.items.flatMap(({ expression }, at) => (context.isUserId(expression) ? [] : [at]))
}
