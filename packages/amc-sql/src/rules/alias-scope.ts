import type { Rule } from './rule.ts'

/** An alias is no name yet in WHERE, in ON and beside it in the select list. */
export const aliasScope: Rule = {
  code: 'AMC016',
  severity: 'error',
  check(context, report) {
    for (const { range, name, clause } of context.faults('sibling-alias'))
      report(range, {
        message:
          clause === 'SELECT'
            ? `${name} is an alias of the same SELECT and no column yet`
            : `${name} is an alias, and ${clause} is read before it exists`,
        help: 'Repeat the expression, or put the SELECT into a WITH part and go on from there',
        amc: `Column '${name}' not found in any table`,
      })
  },
}
