import { readColumns } from '../lineage/read-columns.ts'
import type { ResolvedSelect } from '../resolve/resolution.ts'
import type { Threshold } from '../schema.ts'
import type { SelectItem } from '../tree.ts'
import type { Rule, RuleContext, RuleEntry } from './rule.ts'

/** Rows of very few people lose their values, and the finer the rows, the fewer people each. */
export const fineGrain: Rule = {
  code: 'AMC041',
  severity: 'info',
  check(context, report) {
    if (context.audience) return
    for (const select of context.finalSelects) {
      const { node } = select
      const [first, last] = [node.groupBy[0], node.groupBy.at(-1)]
      const items = [...groupedItems(context, select)]
      if (first === undefined || last === undefined || items.length < 3 || !canBeFine(context, items)) continue
      const told = items.map((one) => ({ ...one, ...kindOf(context, one.item) }))
      const rare = told.find(({ threshold }) => isRare(threshold))
      const names = new Map(told.toReversed().map(({ kind, item }) => [kind, context.shortText(item.expression)]))
      if (names.size < 3 || (rare === undefined && !told.some(({ isHour }) => isHour))) continue
      const loss =
        rare === undefined
          ? 'those with a single person are dropped'
          : `${context.shortText(rare.item.expression)} disappears from those with fewer than 100`
      report(
        { from: first.from, to: last.to },
        {
          message: `Rows per ${[...names.values()].toReversed().join(', ')} hold few people each, and ${loss}`,
          help: 'Group by fewer or coarser columns, such as the day for the hour, or use a longer window',
        },
      )
    }
  },
}

export const fineGrainEntry: RuleEntry = {
  rule: fineGrain,
  title: 'Coarse rows survive the thresholds',
  why: `A column of class MEDIUM or HIGH needs 100 people per row. Together with hours and single line items most rows have fewer, and lose the column or are dropped: the totals no longer add up. Columns of class LOW need two people, which fine rows miss as well. Take away what the question does not need, or run a longer window.`,
  source: 'fact',
  bad: `SELECT postal_code, impression_hour_utc, line_item, SUM(impressions) AS impressions
FROM dsp_impressions
GROUP BY postal_code, impression_hour_utc, line_item`,
  good: `SELECT postal_code, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY postal_code`,
}

interface GroupedItem {
  item: SelectItem
  threshold: Threshold
}

/** The output columns that tell rows apart. */
function* groupedItems(context: RuleContext, select: ResolvedSelect): Iterable<GroupedItem> {
  const keys = new Set(select.groupBy.map((key) => context.facts(key)?.id))
  for (const [at, item] of select.items.entries()) {
    const facts = context.facts(item.expression)
    if (facts !== undefined && !facts.constant && keys.has(facts.id))
      yield { item, threshold: select.relation.columns[at]?.threshold ?? 'NONE' }
  }
}

function isRare(threshold: Threshold): boolean {
  return threshold === 'MEDIUM' || threshold === 'HIGH'
}

/** Before anything is followed through the query. */
function canBeFine(context: RuleContext, items: readonly GroupedItem[]): boolean {
  if (items.some(({ threshold }) => isRare(threshold))) return true
  return [...context.once(readColumns)].some(({ name }) => /hour|_dt$|_dt_utc$/.test(name))
}

/** Columns of one kind hardly multiply rows: a campaign has one advertiser, an hour one day. */
const kinds: readonly [string, RegExp][] = [
  [
    'campaign',
    /^(advertiser|entity|campaign|flight|line_item|creative|ad_group|ad_product|ad_slot|product_line|portfolio|currency)/,
  ],
  ['place', /^(postal|city|state|dma|country|iso_|geo|region|marketplace)/],
  ['time', /(_|^)(dt|date|day|hour|month|week)(_hour)?(_utc)?$/],
  ['device', /^(device|operating_system|os_|browser|environment|app_)/],
  ['product', /^(tracked_|asin|product|brand|purchase_)/],
  ['search', /^(customer_search_term|targeting|match_type|keyword)/],
]

function kindOf(context: RuleContext, item: SelectItem): { kind: string; isHour: boolean } {
  const text = context.textOf(item.expression)
  const [origin] = context.lineage.expression(item.expression)
  const name = origin?.column.name ?? text
  return {
    kind: kinds.find(([, names]) => names.test(name))?.[0] ?? name,
    isHour: /hour/i.test(name) || /hour/i.test(text),
  }
}
