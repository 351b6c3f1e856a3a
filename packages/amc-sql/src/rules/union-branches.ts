import type { ResolvedBody, ResolvedUnion } from '../resolve/resolution.ts'
import type { SetExpression } from '../tree.ts'
import { insert, mend, nameText, replace, suggest } from './edits.ts'
import type { Finding, Rule, RuleContext, RuleEntry } from './rule.ts'

/** The branches of a UNION have the same number of columns, of types that fit. */
export const unionBranches: Rule = {
  code: 'AMC014',
  severity: 'error',
  check(context, report) {
    const [widths, mixed] = [[...context.faults('union-width')], [...context.faults('union-type')]]
    if (widths.length + mixed.length === 0) return
    const unions = unionsByBranch(context)
    for (const { range, left, right } of widths)
      report(range, {
        message: `This branch has ${columns(right)}, the one above it ${left}`,
        help: 'Fill up with NULL or 0 columns',
        amc: 'Column count mismatch in UNION',
        ...filledUp(context, unions.get(range as SetExpression), range as SetExpression),
      })
    for (const { range, column, left, right } of mixed)
      report(range, {
        message: `Column ${column} is ${right} here and ${left} in the branch above`,
        help: 'CAST one of them',
        amc: `Type mismatch in column ${column} of UNION ALL`,
        ...(reordered(context, unions.get(range as SetExpression), range as SetExpression) ??
          castColumn(context, range as SetExpression, column, left)),
      })
  },
}

export const unionBranchesEntry: RuleEntry = {
  rule: unionBranches,
  title: 'The branches of a UNION match',
  why: 'All branches have the same number of columns, in the same order and of types that fit; names come from the first branch. What a branch does not have is `NULL AS name`, or `0 AS name` where it will be summed.',
  source: 'fact',
  bad: `SELECT campaign, SUM(impressions) AS impressions, SUM(total_cost) / 100000.0 AS cost
FROM dsp_impressions GROUP BY campaign
UNION ALL
SELECT campaign, SUM(impressions) AS impressions
FROM sponsored_ads_traffic GROUP BY campaign`,
  good: `SELECT campaign, SUM(impressions) AS impressions, SUM(total_cost) / 100000.0 AS cost
FROM dsp_impressions GROUP BY campaign
UNION ALL
SELECT campaign, SUM(impressions) AS impressions, NULL AS cost
FROM sponsored_ads_traffic GROUP BY campaign`,
}

function columns(count: number): string {
  return `${count} ${count === 1 ? 'column' : 'columns'}`
}

function unionsByBranch(context: RuleContext): Map<SetExpression, ResolvedUnion> {
  const found = new Map<SetExpression, ResolvedUnion>()
  const visit = (body: ResolvedBody): void => {
    if (body.kind !== 'union') return
    for (const branch of body.branches) {
      found.set(branch.node, body)
      visit(branch)
    }
  }
  for (const { body } of context.resolution.queries.values()) visit(body)
  return found
}

/** Puts NULL where the names of the narrower of two neighbours show what it lacks, else at its end. */
function filledUp(context: RuleContext, union: ResolvedUnion | undefined, node: SetExpression): Pick<Finding, 'fixes'> {
  const at = union?.branches.findIndex((branch) => branch.node === node) ?? -1
  const pair = [union?.branches[at - 1], union?.branches[at]].map((branch) =>
    branch?.kind === 'select' ? branch : null,
  )
  const [a, b] = pair
  if (a == null || b == null || a.relation.open || b.relation.open) return {}
  const [wide, narrow] = a.items.length > b.items.length ? [a, b] : [b, a]
  const given = narrow.relation.columns.map(({ name }) => name.toLowerCase())
  const items = narrow.node.items
  if (items.length !== given.length) return {}
  let next = 0
  const written: string[] = []
  for (const { name } of wide.relation.columns)
    if (name.toLowerCase() === given[next]) {
      const item = items[next]
      written.push(item === undefined ? '' : context.textOf(item))
      next += 1
    } else written.push(name.startsWith('EXPR$') ? 'NULL' : `NULL AS ${nameText(name)}`)
  const [first, last] = [items[0], items.at(-1)]
  if (first === undefined || last === undefined) return {}
  const missing = wide.items.length - narrow.items.length
  if (next < given.length || narrow.groupBy.some((_, key) => narrow.node.groupBy[key]?.kind === 'literal'))
    return suggest(`Fill up with ${missing} NULL`, insert(last.to, ', NULL'.repeat(missing)))
  return mend('Fill up with NULL', replace({ from: first.from, to: last.to }, written.join(', ')))
}

/** A branch with the names of the first one in another order was meant in the same. */
function reordered(
  context: RuleContext,
  union: ResolvedUnion | undefined,
  node: SetExpression,
): Pick<Finding, 'fixes'> | null {
  const first = union?.branches[0]
  const branch = union?.branches.find((one) => one.node === node)
  if (first?.kind !== 'select' || branch?.kind !== 'select' || branch === first) return null
  const { items, groupBy } = branch.node
  const byName = new Map(branch.relation.columns.map(({ name }, at) => [name.toLowerCase(), items[at]]))
  const wanted = first.relation.columns.map(({ name }) => byName.get(name.toLowerCase()))
  const [from, to] = [items[0]?.from, items.at(-1)?.to]
  if (wanted.includes(undefined) || byName.size !== items.length || items.length !== wanted.length) return null
  if (groupBy.some(({ kind }) => kind === 'literal') || from === undefined || to === undefined) return null
  const text = wanted.map((item) => (item === undefined ? '' : context.textOf(item))).join(', ')
  return mend('Put the columns into the order of the first branch', replace({ from, to }, text))
}

/** Text and numbers meet as text, the one of the two that holds both. */
function castColumn(context: RuleContext, node: SetExpression, column: number, wanted: string): Pick<Finding, 'fixes'> {
  const item = node.kind === 'select' ? node.items[column - 1] : undefined
  if (item === undefined || item.expression.kind === 'star') return {}
  const type = wanted === 'VARCHAR' ? 'CHAR' : /^(BIGINT|INTEGER|DOUBLE|DATE|TIMESTAMP)$/.test(wanted) ? wanted : null
  if (type === null) return {}
  const written = context.textOf(item.expression)
  return suggest(`CAST it to ${type}`, replace(item.expression, `CAST(${written} AS ${type})`))
}
