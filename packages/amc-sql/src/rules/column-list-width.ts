import type { Rule } from './rule.ts'

/** `t (a, b)` names as many columns as its query has, and all rows of VALUES are equally wide. */
export const columnListWidth: Rule = {
  code: 'AMC013',
  severity: 'error',
  check(context, report) {
    for (const { range, values, expected, given } of context.faults('column-list-width'))
      report(range, {
        message: `The list names ${expected} columns, but ${values ? 'VALUES has' : 'the query has'} ${given}`,
        help: values && expected === 1 ? 'Put every value into parentheses of its own' : 'Name every column once',
        amc: 'Number of columns must match number of query columns',
      })
    for (const { range, expected, given } of context.faults('values-rows'))
      report(range, {
        message: `This row has ${given} values, the first one ${expected}`,
        help: 'Give every row the same number of values',
        amc: 'Values passed to VALUES operator must have compatible types',
      })
    for (const { range } of context.faults('values-types'))
      report(range, {
        message: 'This value is of another type than those above it',
        help: 'Write all values of a column alike, all in quotes or none',
        amc: 'Values passed to VALUES operator must have compatible types',
      })
  },
}
