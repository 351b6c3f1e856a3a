import { insert, suggest } from '../edits.ts'
import type { ResolvedSelect } from '../resolve/resolution.ts'
import type { SelectItem } from '../tree.ts'
import type { Rule, RuleContext, RuleEntry } from './rule.ts'

/** `campaign device_type`, where the comma is missing and the second column became the name of the first. */
export const swallowedColumn: Rule = {
  code: 'missing-comma',
  severity: 'warning',
  check(context, report) {
    for (const select of context.selects)
      for (const item of select.node.items) {
        const { expression, alias } = item
        if (alias === null || expression.kind !== 'column' || !isSwallowed(context, select, item)) continue
        const table = ownerOf(select, alias.text)
        if (table === null) continue
        report(alias, {
          message: `${alias.text} is a column of ${table}, and names ${context.textOf(expression)} here`,
          help: `Put a comma before ${alias.text}, or AS where the name is meant`,
          fixes: [
            ...(suggest('Add ,', insert(expression.to, ',')).fixes ?? []),
            ...(suggest('Add AS', insert(alias.from, 'AS ')).fixes ?? []),
          ],
        })
      }
  },
}

export const swallowedColumnEntry: RuleEntry = {
  rule: swallowedColumn,
  title: 'A comma between two columns',
  why: 'A word behind a column is its alias, with or without AS. Where the comma between two columns is missing, the second one becomes the name of the first, and its values do not come out. Looked for where a column of FROM stands behind another one without AS, and the line ends between them or GROUP BY counts on both.',
  source: 'choice',
  bad: `SELECT campaign
  device_type,
  SUM(impressions) AS impressions
FROM dsp_impressions
GROUP BY campaign, device_type`,
  good: `SELECT campaign,
  device_type,
  SUM(impressions) AS impressions
FROM dsp_impressions
GROUP BY campaign, device_type`,
}

function isSwallowed(context: RuleContext, { node }: ResolvedSelect, { expression, alias }: SelectItem): boolean {
  if (alias === null || context.tokenBefore(alias.from)?.word === 'AS') return false
  const own = expression.kind === 'column' ? (expression.parts.at(-1)?.text ?? '') : ''
  if (own.toLowerCase() === alias.key) return false
  if (context.text.slice(expression.to, alias.from).includes('\n')) return true
  const grouped = new Set(
    node.groupBy.map((key) => (key.kind === 'column' ? (key.parts.at(-1)?.text ?? '').toLowerCase() : '')),
  )
  return grouped.has(own.toLowerCase()) && grouped.has(alias.key)
}

function ownerOf({ sources }: ResolvedSelect, column: string): string | null {
  const owner = sources.find(({ relation }) => relation.index.has(column.toLowerCase()))
  if (owner === undefined) return null
  return owner.from.kind === 'table' ? owner.from.table.name : owner.alias
}
