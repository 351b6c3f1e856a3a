import type { Origin } from '../lineage/lineage.ts'
import { readColumns } from '../lineage/read-columns.ts'
import type { ResolvedSelect } from '../resolve/resolution.ts'
import type { Edit } from '../diagnostic.ts'
import type { Expression, Range } from '../tree.ts'
import { replace } from '../edits.ts'
import type { Report, Rule, RuleContext, RuleEntry } from './rule.ts'

/** request_tag names an ad event of Amazon DSP, and not quite uniquely; sponsored ads have ids of their own. */
export const requestTagJoin: Rule = {
  code: 'AMC028',
  severity: 'warning',
  check(context, report) {
    if (![...context.once(readColumns)].some(({ name }) => name === 'request_tag')) return
    for (const node of context.expressions('binary'))
      if (node.operator === '=') checkPair(context, report, node, [node.left, node.right])
    for (const select of context.selects) checkUsing(context, report, select)
  },
}

export const requestTagJoinEntry: RuleEntry = {
  rule: requestTagJoin,
  title: 'No join on request_tag',
  why: `\`request_tag\` marks an ad event of Amazon DSP. A few tags occur more than once, so a join by it repeats rows, and a join of two event tables is slow; put them below each other with UNION ALL and add them up. In the attributed tables it is filled for Amazon DSP only, so the join drops every conversion of sponsored ads. Those join \`sponsored_ads_traffic.event_id\` with \`traffic_event_id\`.`,
  source: 'report',
  bad: `SELECT i.campaign, SUM(i.impressions) AS impressions, SUM(c.clicks) AS clicks
FROM dsp_impressions i
LEFT JOIN dsp_clicks c ON c.request_tag = i.request_tag
GROUP BY i.campaign`,
  good: `WITH events AS (
  SELECT campaign, impressions, 0 AS clicks FROM dsp_impressions
  UNION ALL
  SELECT campaign, 0 AS impressions, clicks FROM dsp_clicks
)
SELECT campaign, SUM(impressions) AS impressions, SUM(clicks) AS clicks FROM events GROUP BY campaign`,
}

const sponsoredIds: ReadonlySet<string> = new Set(['event_id', 'traffic_event_id'])

function checkPair(context: RuleContext, report: Report, range: Range, nodes: readonly [Expression, Expression]): void {
  const [a, b] = nodes.map((node) => tagOf(context, node))
  if (a === undefined || b === undefined || ![a, b].some(({ column }) => column.name === 'request_tag')) return
  judge(report, range, [a, b], mendedIds(context, nodes, [a, b]))
}

function checkUsing(context: RuleContext, report: Report, select: ResolvedSelect): void {
  for (const item of select.from)
    for (let at = item; at.kind === 'join'; at = at.left)
      for (const { name, left, right } of at.using) {
        if (name.toLowerCase() !== 'request_tag') continue
        const [[a], [b]] = [context.lineage.binding(left), context.lineage.binding(right)]
        const range = at.node.using?.find(({ text }) => text === name) ?? at.node
        if (a !== undefined && b !== undefined) judge(report, range, [a, b], null)
      }
}

function judge(report: Report, range: Range, [a, b]: readonly [Origin, Origin], edit: Edit | null): void {
  const other = [a, b].find(({ column }) => sponsoredIds.has(column.name))
  if (other !== undefined) {
    report(range, {
      message: `request_tag is an id of Amazon DSP and never equals ${other.table.name}.${other.column.name}`,
      help: 'Join sponsored ads by event_id = traffic_event_id',
      ...(edit !== null && { fixes: [{ title: 'Write traffic_event_id', edits: [edit] }] }),
    })
    return
  }
  const attributed = [a, b].find(({ table }) => table.name.startsWith('amazon_attributed_events'))
  report(
    range,
    attributed === undefined
      ? {
          message: 'request_tag is not quite unique, and joining two tables of events is slow',
          help: 'Put the tables below each other with UNION ALL and add them up',
        }
      : {
          message: `request_tag is empty for sponsored ads in ${attributed.table.name}, so this join drops their conversions`,
          help: 'Join sponsored ads by event_id = traffic_event_id; for Amazon DSP, group both sides by campaign and user first',
        },
  )
}

/** traffic_event_id in the place of the request_tag of an attributed table that meets an event_id. */
function mendedIds(
  context: RuleContext,
  nodes: readonly [Expression, Expression],
  [a, b]: readonly [Origin, Origin],
): Edit | null {
  const [node, origin] = a.column.name === 'request_tag' ? [nodes[0], a] : [nodes[1], b]
  const name = node.kind === 'column' ? node.parts.at(-1) : undefined
  const isDirect =
    origin.steps.length === 0 && origin.table.columns.some((column) => column.name === 'traffic_event_id')
  return name !== undefined && isDirect && context.textOf(name).toLowerCase() === 'request_tag'
    ? replace(name, 'traffic_event_id')
    : null
}

/** The id of an ad event that a column is, where the other one can be compared with it. */
function tagOf(context: RuleContext, node: Expression): Origin | undefined {
  if (node.kind !== 'column') return undefined
  const [origin, ...others] = context.lineage.expression(node)
  if (origin === undefined || others.some(({ column }) => column.name !== origin.column.name)) return undefined
  return origin.column.name === 'request_tag' || sponsoredIds.has(origin.column.name) ? origin : undefined
}
