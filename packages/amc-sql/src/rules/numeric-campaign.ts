import type { Fix } from '../diagnostic.ts'
import { readColumns } from '../lineage/read-columns.ts'
import type { ResolvedBody } from '../resolve/resolution.ts'
import type { ColumnReference, Expression, SelectItem } from '../tree.ts'
import { insert, nameText } from '../edits.ts'
import type { Report, Rule, RuleContext, RuleEntry } from './rule.ts'

/** The number of a campaign means different things for Amazon DSP and sponsored ads; its text serves both. */
export const numericCampaign: Rule = {
  code: 'AMC046',
  severity: 'info',
  check(context, report) {
    const families = new Set([...context.resolution.tables.values()].map(({ name }) => familyOf(name)))
    if (!families.has('dsp') || !families.has('ads')) return
    if (![...context.once(readColumns)].some(({ name }) => name === 'campaign_id')) return
    for (const node of context.expressions('binary')) {
      const [left, right] = [numberOf(context, node.left), numberOf(context, node.right)]
      if (node.operator !== '=' || left === null || right === null || !crosses(left, right)) continue
      report(node, { ...finding, fixes: fixesOf(context, [node.left, node.right]) })
    }
    for (const query of context.resolution.queries.values()) checkUnion(context, report, query.body)
  },
}

export const numericCampaignEntry: RuleEntry = {
  rule: numericCampaign,
  title: 'campaign_id_string across Amazon DSP and sponsored ads',
  why: `\`campaign_id\` is the number of the campaign in Amazon DSP, and the number of the Ads API for sponsored ads; in \`conversions_with_relevance\` it is filled for DSP only. \`campaign_id_string\` is filled everywhere and is what the consoles show, so it is the one to join and to group by across products.`,
  source: 'fact',
  bad: `WITH traffic AS (
  SELECT campaign_id, impressions FROM dsp_impressions
  UNION ALL
  SELECT campaign_id, impressions FROM sponsored_ads_traffic
)
SELECT campaign_id, SUM(impressions) AS impressions FROM traffic GROUP BY campaign_id`,
  good: `WITH traffic AS (
  SELECT campaign_id_string, impressions FROM dsp_impressions
  UNION ALL
  SELECT campaign_id_string, impressions FROM sponsored_ads_traffic
)
SELECT campaign_id_string, SUM(impressions) AS impressions FROM traffic GROUP BY campaign_id_string`,
}

const finding = {
  message: 'campaign_id is another number in Amazon DSP than in sponsored ads',
  help: 'Use campaign_id_string, which is filled for both and shown in the consoles',
}

type Family = 'dsp' | 'ads'

function familyOf(table: string): Family | null {
  if (table.startsWith('dsp_')) return 'dsp'
  return table.startsWith('sponsored_ads_traffic') ? 'ads' : null
}

/** The products whose campaign_id a value is; null for every other value. */
function numberOf(context: RuleContext, node: Expression): ReadonlySet<Family | null> | null {
  if (node.kind !== 'column') return null
  const origins = context.lineage.expression(node)
  if (origins.length === 0 || !origins.every(({ column }) => column.name === 'campaign_id')) return null
  return new Set(origins.map(({ table }) => familyOf(table.name)))
}

function crosses(left: ReadonlySet<Family | null>, right: ReadonlySet<Family | null>): boolean {
  return (left.has('dsp') && right.has('ads')) || (left.has('ads') && right.has('dsp'))
}

/** A union that puts the numbers of both products into one column. */
function checkUnion(context: RuleContext, report: Report, body: ResolvedBody): void {
  if (body.kind !== 'union') return
  for (const at of body.relation.columns.keys()) {
    const items: SelectItem[] = []
    for (const branch of body.branches)
      if (branch.kind === 'select' && branch.items[at] !== undefined) items.push(branch.items[at])
    const numbers = items.map((item) => numberOf(context, item.expression))
    const first = numbers.findIndex((one) => one !== null)
    const second = numbers.findIndex((one) => one !== null && crosses(numbers[first] ?? one, one))
    const item = items[second]
    if (first === -1 || item === undefined) continue
    report(item, {
      ...finding,
      fixes: fixesOf(
        context,
        items.map(({ expression }) => expression),
        items,
      ),
    })
  }
}

/** campaign_id_string in its place; what compares the value elsewhere with a number must follow, so a person decides. */
function fixesOf(context: RuleContext, nodes: readonly Expression[], items: readonly SelectItem[] = []): Fix[] {
  const columns = nodes.filter((node): node is ColumnReference => node.kind === 'column' && isDirect(context, node))
  if (columns.length < nodes.length) return []
  const edits = columns.flatMap((column, at) => {
    const name = column.parts.at(-1)
    if (name === undefined) return []
    const alias = items[at]?.alias === null ? ` AS ${nameText(name.text)}` : ''
    return [insert(name.to, `_string${alias}`)]
  })
  return [{ title: 'Use campaign_id_string', edits, ...(items.length > 0 && { suggestion: true as const }) }]
}

function isDirect(context: RuleContext, node: ColumnReference): boolean {
  const binding = context.resolution.bindings.get(node)
  const name = node.parts.at(-1)
  return binding?.kind === 'column' && binding.source.from.kind === 'table' && name?.quoted === false
}
