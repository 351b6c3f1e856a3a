import type { Rule, RuleEntry } from './rule.ts'

/** One of Amazon's pages writes (?!) for "upper and lower case alike"; in a Java expression it never matches. */
export const caseMark: Rule = {
  code: 'AMC031',
  severity: 'warning',
  check(context, report) {
    for (const node of context.expressions('literal')) {
      if (node.type !== 'string' || !node.value.includes('(?!)')) continue
      const at = node.from + context.textOf(node).indexOf('(?!)')
      const range = { from: at, to: at + '(?!)'.length }
      report(range, {
        message: '(?!) never matches, so this pattern finds nothing',
        help: 'Write (?i), which treats upper and lower case alike',
        fixes: [{ title: 'Write (?i)', edits: [{ ...range, text: '(?i)' }] }],
      })
    }
  },
}

export const caseMarkEntry: RuleEntry = {
  rule: caseMark,
  title: '(?i) for upper and lower case alike',
  why: `A page of Amazon's guide names \`(?!)\` as the sign for "ignore upper and lower case". AMC uses Java regular expressions, and there \`(?!)\` is a look-ahead that always fails: the pattern finds nothing. Amazon's own queries write \`(?i)\`.`,
  source: 'fact',
  bad: `SELECT campaign, SUM(impressions) AS impressions FROM dsp_impressions
WHERE campaign SIMILAR TO '(?!)brand' GROUP BY campaign`,
  good: `SELECT campaign, SUM(impressions) AS impressions FROM dsp_impressions
WHERE campaign SIMILAR TO '(?i)brand' GROUP BY campaign`,
}
