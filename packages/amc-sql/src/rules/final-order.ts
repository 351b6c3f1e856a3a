import type { ResolvedQuery } from '../resolve/resolution.ts'
import { nameText, replace, suggest } from './edits.ts'
import { mend } from './edits.ts'
import { type Finding, type Rule, type RuleContext, type RuleEntry, severityOf } from './rule.ts'

/** Amazon lists ORDER BY and LIMIT as unsupported, while others report that they work. */
export const finalOrder: Rule = {
  code: 'AMC022',
  severity: 'warning',
  check(context, report) {
    for (const resolved of context.resolution.queries.values()) {
      const { node } = resolved
      const main = node === context.query
      const severity = main ? severityOf(context.dialect.finalOrder) : 'warning'
      const [first, last] = [node.orderBy[0], node.orderBy.at(-1)]
      const limits = [node.limit, node.offset].filter((limit) => limit !== null)
      if (first !== undefined && last !== undefined && (main || node.limit === null))
        report(
          { from: first.from, to: last.to },
          {
            severity,
            message: main ? 'AMC may ignore or refuse ORDER BY' : 'ORDER BY inside a query has no effect',
            help: main ? 'Sort the result instead' : 'Leave it out',
            amc: 'ORDER BY unexpected',
            ...(limits.length > 0 ? ranked(context, resolved) : withoutOrder(context, resolved, main)),
          },
        )
      for (const limit of limits)
        report(limit, {
          severity,
          message: 'AMC may ignore or refuse LIMIT and OFFSET',
          help: 'Rank in a WITH part and filter by the rank',
          ...ranked(context, resolved),
        })
    }
  },
}

export const finalOrderEntry: RuleEntry = {
  rule: finalOrder,
  title: 'No ORDER BY and no LIMIT at the end',
  why: 'Amazon’s list of limitations names both as unsupported, while others report that they run; so this is a warning, and the dialect switch `finalOrder: "refuse"` makes it an error. A result can be sorted after it has arrived. For the top rows, number them in a query inside and filter the number outside. Inside a WITH part ORDER BY has no effect.',
  source: 'report',
  bad: `SELECT campaign, SUM(clicks) AS clicks
FROM dsp_clicks
GROUP BY campaign
ORDER BY clicks DESC
LIMIT 10`,
  good: `SELECT campaign, clicks
FROM (
  SELECT campaign, clicks, ROW_NUMBER() OVER (ORDER BY clicks DESC) AS row_rank
  FROM (
    SELECT campaign, SUM(clicks) AS clicks
    FROM dsp_clicks
    GROUP BY campaign
  )
)
WHERE row_rank <= 10`,
}

/** An ORDER BY without LIMIT only sorts. */
function withoutOrder(context: RuleContext, { node }: ResolvedQuery, main: boolean): Pick<Finding, 'fixes'> {
  const range = { from: node.body.to, to: node.orderBy.at(-1)?.to ?? node.body.to }
  if (!/^\s*ORDER\s+BY\b/i.test(context.text.slice(range.from, range.to))) return {}
  return (main ? suggest : mend)('Remove ORDER BY', replace(range, ''))
}

/** The rows up to the limit by their number in the order; needs an order by columns of the result, all of them with names. */
function ranked(context: RuleContext, { node, body, relation, orderBy }: ResolvedQuery): Pick<Finding, 'fixes'> {
  const names = relation.columns.map(({ name }) => name)
  const unnamed = names.some((name) => name === '' || name.startsWith('EXPR$'))
  const distinct = new Set(names.map((name) => name.toLowerCase())).size === names.length
  const limit = node.limit === null ? null : context.textOf(node.limit)
  if (limit === null || orderBy.length === 0 || relation.open || unnamed || !distinct) return {}
  const order: string[] = []
  for (const { node: item, column } of orderBy) {
    if (column === null) return {}
    const nulls = item.nulls === null ? '' : ` NULLS ${item.nulls.toUpperCase()}`
    order.push(`${nameText(names[column] ?? '')}${item.descending ? ' DESC' : ''}${nulls}`)
  }
  const list = names.map(nameText).join(', ')
  const rank = names.some((name) => name.toLowerCase() === 'row_rank') ? 'row_rank_2' : 'row_rank'
  const inner = context.text.slice(body.node.from, body.node.to)
  const offset = node.offset === null ? null : context.textOf(node.offset)
  const filter = offset === null ? `${rank} <= ${limit}` : `${rank} > ${offset} AND ${rank} <= ${offset} + ${limit}`
  const text =
    `SELECT ${list}\nFROM (\n  SELECT ${list}, ROW_NUMBER() OVER (ORDER BY ${order.join(', ')}) AS ${rank}\n` +
    `  FROM (\n    ${inner.replaceAll('\n', '\n    ')}\n  )\n)\nWHERE ${filter}`
  return suggest('Rank inside and filter the rank outside', replace({ from: body.node.from, to: node.to }, text))
}
