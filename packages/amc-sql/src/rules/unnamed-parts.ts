import type { Edit } from '../diagnostic.ts'
import type { ResolvedSelect } from '../resolve/resolution.ts'
import type { Range } from '../tree.ts'
import { insert, mend, replace } from '../edits.ts'
import { itemsRange, type Report, type Rule, type RuleContext, type RuleEntry } from './rule.ts'
import { freeName } from './values-join.ts'

/** A query in FROM without a name, and positions in GROUP BY that no longer fit the list. */
export const unnamedParts: Rule = {
  code: 'AMC048',
  severity: 'info',
  check(context, report) {
    const nameless = context.selects.flatMap(({ sources }) =>
      sources.flatMap(({ node }) => (node.kind === 'derived' && node.alias === null ? [node] : [])),
    )
    const base = nameless.length === 0 ? '' : freeName(context.text, 'part')
    for (const [at, node] of nameless.entries()) {
      const name = at === 0 ? base : `${base}_${at + 1}`
      report(
        { from: node.to - 1, to: node.to },
        {
          message: 'The query in FROM has no name',
          help: 'Name it behind the parenthesis, so that its columns can be told from others',
          // In a broken text the query may end elsewhere.
          ...(!context.broken && mend(`Name it ${name}`, insert(node.to, ` AS ${name}`))),
        },
      )
    }
    checkPositions(context, report)
  },
}

export const unnamedPartsEntry: RuleEntry = {
  rule: unnamedParts,
  title: 'Queries in FROM and group keys have names',
  why: `A query in FROM works without a name, but its columns can then not be told from others as soon as a join is added. \`GROUP BY 1, 2\` counts positions of the select list: an item put in or taken out moves them without a word. The rule points at positions when the list and they no longer fit.`,
  source: 'choice',
  bad: `SELECT campaign, impressions FROM (
  SELECT campaign, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY campaign
)
WHERE impressions > 1000`,
  good: `SELECT campaign, impressions FROM (
  SELECT campaign, SUM(impressions) AS impressions FROM dsp_impressions GROUP BY campaign
) AS totals
WHERE impressions > 1000`,
}

/** GROUP BY by position, where a position is there twice, names a total, or an item of the list is left out. */
function checkPositions(context: RuleContext, report: Report): void {
  const misfits = new Set<ResolvedSelect>()
  for (const { range } of context.faults('not-grouped')) {
    const select = context.selectAround(range)
    if (select !== null && isWithin(range, itemsRange(select))) misfits.add(select)
  }
  for (const fault of context.faults('aggregate-misplaced')) {
    const select = fault.where === 'GROUP BY' ? context.selectAround(fault.range) : null
    if (select !== null) misfits.add(select)
  }
  for (const select of context.selects) if (hasDouble(select)) misfits.add(select)
  for (const select of misfits) {
    const { groupBy } = select.node
    const [first, last] = [groupBy[0], groupBy.at(-1)]
    if (first === undefined || last === undefined || !groupBy.every(isPosition)) continue
    const range = { from: first.from, to: last.to }
    const edits = byName(context, select, range)
    report(range, {
      message: 'These positions do not fit the select list',
      help: 'Name the columns in GROUP BY',
      ...(edits !== null && { fixes: [{ title: 'Group by the names of all columns that are no totals', edits }] }),
    })
  }
}

function isWithin(inner: Range, outer: Range): boolean {
  return inner.from >= outer.from && inner.to <= outer.to
}

function isPosition({ kind }: ResolvedSelect['node']['groupBy'][number]): boolean {
  return kind === 'literal'
}

function hasDouble({ node }: ResolvedSelect): boolean {
  const positions = node.groupBy.flatMap((key) => (key.kind === 'literal' ? [key.value] : []))
  return new Set(positions).size < positions.length
}

function byName(context: RuleContext, { items, node }: ResolvedSelect, range: Range): Edit[] | null {
  if (items.length !== node.items.length) return null
  const keys = items.filter(({ expression }) => {
    const facts = context.facts(expression)
    return facts?.aggregate === false && !facts.window && !facts.constant
  })
  if (keys.length === 0) return null
  return [replace(range, keys.map(({ expression }) => context.textOf(expression)).join(', '))]
}
