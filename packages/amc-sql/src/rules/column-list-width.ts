import type { FaultOf } from '../resolve/faults.ts'
import { insert, replace, suggest } from '../edits.ts'
import { type Rule, type RuleEntry, severityOf } from './rule.ts'

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
        ...context.menders.rewriteRows?.(context, fault),
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
    for (const { range, asText } of context.faults('values-types'))
      report(range, {
        ...(asText && { severity: severityOf(context.dialect.undocumented) }),
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
