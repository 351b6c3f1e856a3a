import type { Rule } from './rule.ts'

/** Text in a calculation, which Calcite reads as a number where it is one; that it is one, hardly anyone means. */
export const textInSum: Rule = {
  code: 'invalid',
  severity: 'warning',
  check(context, report) {
    for (const { range, operator } of context.faults('text-in-sum'))
      report(range, {
        message: `Text stands in a calculation with ${operator}`,
        help:
          operator === '+'
            ? 'Texts are joined with CONCAT(a, b); a number in a text needs CAST'
            : 'CAST the text to a number, or use another column',
      })
  },
}
