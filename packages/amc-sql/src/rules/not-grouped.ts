import type { Rule } from './rule.ts'

/** In an aggregating SELECT every column is grouped or aggregated. */
export const notGrouped: Rule = {
  code: 'AMC008',
  severity: 'error',
  check(context, report) {
    for (const { range, text } of context.faults('not-grouped'))
      report(range, {
        message: `${text} is neither grouped nor aggregated`,
        help: `Add ${text} to GROUP BY, or aggregate it`,
        amc: `Expression '${text}' is not being grouped`,
      })
  },
}
