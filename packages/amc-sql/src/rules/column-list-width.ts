import type { FaultOf } from '../resolve/faults.ts'
import type { Cte, Values } from '../tree.ts'
import { insert, mend, replace, suggest } from './edits.ts'
import type { Finding, Rule, RuleContext, RuleEntry } from './rule.ts'

const types = 'Values passed to VALUES operator must have compatible types'

/** `t (a, b)` names as many columns as its query has, and all rows of VALUES are equally wide. */
export const columnListWidth: Rule = {
  code: 'AMC013',
  severity: 'error',
  check(context, report) {
    for (const fault of context.faults('column-list-width')) {
      const { range, values, expected, given } = fault
      report(range, {
        message: `The list names ${expected} ${expected === 1 ? 'column' : 'columns'}, but ${values ? 'VALUES' : 'the query'} has ${given}`,
        help: helpFor(fault),
        amc: 'Number of columns must match number of query columns',
        ...rewriteRows(context, fault),
      })
    }
    for (const { range, expected, given } of context.faults('values-rows'))
      report(range, {
        message: `This row has ${given} ${given === 1 ? 'value' : 'values'}, the first one ${expected}`,
        help: 'Give every row the same number of values',
        amc: types,
        ...(given < expected &&
          context.text[range.to - 1] === ')' &&
          suggest('Fill the row with NULL', insert(range.to - 1, ', NULL'.repeat(expected - given)))),
      })
    for (const { range } of context.faults('values-types'))
      report(range, {
        message: 'This value is of another type than those above it',
        help: 'Write all values of a column alike, all in quotes or none',
        amc: types,
        ...(/^-?[\d.]+$/.test(context.textOf(range)) &&
          suggest(`Write '${context.textOf(range)}'`, replace(range, `'${context.textOf(range)}'`))),
      })
  },
}

export const columnListWidthEntry: RuleEntry = {
  rule: columnListWidth,
  title: 'VALUES is as wide as its list of names',
  why: 'AMC answers `Number of columns must match number of query columns`. `VALUES (1, 2)` is one row of two columns; two rows of one column are `VALUES (1), (2)`.',
  source: 'fact',
  bad: `WITH wanted (line_item_id) AS (VALUES (101, 102))
SELECT d.line_item, SUM(d.clicks) AS clicks
FROM dsp_clicks d
INNER JOIN wanted w ON d.line_item_id = w.line_item_id
GROUP BY d.line_item`,
  good: `WITH wanted (line_item_id) AS (VALUES (101), (102))
SELECT d.line_item, SUM(d.clicks) AS clicks
FROM dsp_clicks d
INNER JOIN wanted w ON d.line_item_id = w.line_item_id
GROUP BY d.line_item`,
}

function helpFor({ values, expected }: FaultOf<'column-list-width'>): string {
  if (!values) return 'Name every column once'
  return expected === 1 ? 'Put every value into parentheses of its own' : `Write rows of ${expected} values: (…), (…)`
}

/** The values of one long row in rows as wide as the list, or those of narrow rows in one. */
function rewriteRows(
  context: RuleContext,
  { range, values, expected }: FaultOf<'column-list-width'>,
): Pick<Finding, 'fixes'> {
  const body = values ? partAround(context, range)?.query.body : undefined
  if (body?.kind !== 'values') return {}
  const items = body.rows.flatMap((row) => row.items)
  const plain = body.rows.length === 1 || body.rows.every((row) => row.items.length === 1)
  if (!plain || items.length % expected !== 0) return {}
  const rows: string[] = []
  for (let at = 0; at < items.length; at += expected)
    rows.push(
      `(${items
        .slice(at, at + expected)
        .map((item) => context.textOf(item))
        .join(', ')})`,
    )
  const change = expected === 1 ? mend : suggest
  return change(
    `Write ${rows.length === 1 ? 'one row' : `${rows.length} rows`}`,
    replace(rowsRange(body), rows.join(', ')),
  )
}

function rowsRange({ rows, from, to }: Values): { from: number; to: number } {
  return { from: rows[0]?.from ?? from, to: rows.at(-1)?.to ?? to }
}

function partAround(context: RuleContext, range: { from: number }): Cte | undefined {
  for (const { ctes } of context.resolution.queries.values())
    for (const { node } of ctes) if (node.columns?.[0]?.from === range.from) return node
  return undefined
}
