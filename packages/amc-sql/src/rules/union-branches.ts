import type { Rule } from './rule.ts'

/** The branches of a UNION have the same number of columns, of types that fit. */
export const unionBranches: Rule = {
  code: 'AMC014',
  severity: 'error',
  check(context, report) {
    for (const { range, left, right } of context.faults('union-width'))
      report(range, {
        message: `This branch has ${right} columns, the one above it ${left}`,
        help: 'Fill up with NULL or 0 columns',
        amc: 'Column count mismatch in UNION',
      })
    for (const { range, column, left, right } of context.faults('union-type'))
      report(range, {
        message: `Column ${column} is ${right} here and ${left} in the branch above`,
        help: 'CAST one of them',
        amc: `Type mismatch in column ${column} of UNION ALL`,
      })
  },
}
