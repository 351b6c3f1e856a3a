import type { Source } from '../resolve/resolution.ts'
import type { SelectItem } from '../tree.ts'
import { insert, mend, removeItem, replace, suggest } from '../edits.ts'
import { type Finding, itemsRange, type Report, type Rule, type RuleContext, type RuleEntry } from './rule.ts'

const twinSuffix = '_for_audiences'

/** An audience query reads tables for audiences and returns the users. */
export const audienceQuery: Rule = {
  code: 'AMC020',
  severity: 'error',
  check(context, report) {
    if (!context.audience) return
    for (const select of context.selects) for (const source of select.sources) checkTable(context, source, report)
    for (const select of context.finalSelects) if (!select.relation.open) checkOutput(context, select, report)
    for (const call of context.expressions('call'))
      if (call.name.text.toUpperCase() === 'BUILT_IN_PARAMETER')
        report(call, {
          severity: 'warning',
          message: 'An audience query is reported to have no BUILT_IN_PARAMETER',
          help: 'Leave the condition out: the time window of the audience limits every table',
        })
  },
}

export const audienceQueryEntry: RuleEntry = {
  rule: audienceQuery,
  title: 'An audience query reads tables for audiences and returns user_id',
  why: 'AMC answers `Invalid tables in the SQL query: Use audience-specific tables in the query.` The tables of an audience end in `_for_audiences`; uploaded tables keep their name. The result is one column, `user_id`.',
  source: 'fact',
  bad: `SELECT user_id
FROM dsp_clicks
WHERE clicks > 0`,
  good: `SELECT user_id
FROM dsp_clicks_for_audiences
WHERE clicks > 0`,
  given: { audience: true },
}

function checkTable(context: RuleContext, { from, node }: Source, report: Report): void {
  // A table without a twin can be an uploaded one, which goes by its own name.
  if (from.kind !== 'table' || from.table.audience || context.table(from.table.name + twinSuffix) === null) return
  const name =
    node.kind === 'table' ? node.parts.at(-1) : node.kind === 'extended-window' ? node.arguments[0] : undefined
  const range = name ?? node
  const twin = from.table.name + twinSuffix
  const written = node.kind === 'extended-window' ? `'${twin}'` : twin
  const alias = node.kind === 'table' && node.alias === null ? ` AS ${from.table.name}` : ''
  const named = context.resolution.bindings.size > 0 && alias !== '' && isQualified(context, node, from.table.name)
  report(range, {
    message: `An audience cannot read ${from.table.name}`,
    help: `Read ${twin}`,
    amc: 'Invalid tables in the SQL query: Use audience-specific tables in the query.',
    ...mend(`Write ${twin}`, replace(range, written + (named ? alias : ''))),
  })
}

/** True where columns are qualified by the name of the table, which must then stay known. */
function isQualified(context: RuleContext, place: Source['node'], table: string): boolean {
  const select = context.selectAround(place)
  if (select === null) return false
  return context
    .expressions('column')
    .some(
      ({ parts, from, to }) =>
        parts.length > 1 &&
        parts.at(-2)?.key === table.toLowerCase() &&
        select.node.from <= from &&
        to <= select.node.to,
    )
}

function checkOutput(context: RuleContext, select: RuleContext['selects'][number], report: Report): void {
  const user = select.items.find(({ expression }) => context.isUserId(expression))
  if (user === undefined) {
    // What has no meaning has been reported, and may be the users.
    if (select.items.some(({ expression }) => context.facts(expression)?.type.kind === 'UNKNOWN')) return
    report(itemsRange(select), {
      message: 'An audience query returns user_id',
      help: 'SELECT user_id, and nothing else',
    })
    return
  }
  const at = select.items.indexOf(user)
  if (select.relation.columns[at]?.name.toLowerCase() !== 'user_id')
    report(user, {
      message: 'The users of an audience must come out as user_id',
      help: 'Give the column this name',
      ...mend('Name it user_id', user.alias === null ? insert(user.to, ' AS user_id') : replace(user.alias, 'user_id')),
    })
  for (const item of select.items)
    if (item !== user)
      report(item, {
        ours: true,
        message: 'An audience query returns user_id and nothing else',
        help: 'Leave this column out',
        ...leaveOut(select, item),
      })
}

function leaveOut({ node }: RuleContext['selects'][number], item: SelectItem): Pick<Finding, 'fixes'> {
  const at = node.items.indexOf(item)
  // Behind a removed column every position in GROUP BY would mean another one.
  const counts = node.groupBy.some((key) => key.kind === 'literal')
  return at === -1 || counts ? {} : suggest('Leave the column out', removeItem(node.items, at))
}
