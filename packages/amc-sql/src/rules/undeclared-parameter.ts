import { nearestName } from '../resolve/nearest.ts'
import { didYouMean, type Rule, type RuleEntry } from './rule.ts'

/** A `{{name}}` that nobody declared has no value at run time; only a hint as long as nothing is declared at all. */
export const undeclaredParameter: Rule = {
  code: 'AMC012',
  severity: 'error',
  check({ declared, parameterUses }, report) {
    for (const use of parameterUses) {
      if (declared?.has(use.name) === true) continue
      const nearest = declared === null ? null : nearestName(use.name, declared.keys())
      report(use, {
        ...(declared === null && { severity: 'info' }),
        message: `{{${use.name}}} is not declared`,
        help: 'Declare it with a type, and give it a value or a default',
        ...didYouMean(use.name, nearest, use, `{{${nearest ?? ''}}}`),
      })
    }
  },
}

export const undeclaredParameterEntry: RuleEntry = {
  rule: undeclaredParameter,
  title: 'Every {{placeholder}} is declared',
  why: 'A `{{name}}` is filled by RecomAMP before AMC sees the query; AMC itself answers `Encountered {`. Without a declaration there is no value to fill in. Where nothing is declared at all this is only pointed out.',
  source: 'fact',
  bad: `SELECT campaign, SUM(clicks) AS clicks
FROM dsp_clicks
WHERE campaign IN ({{campains}})
GROUP BY campaign`,
  good: `SELECT campaign, SUM(clicks) AS clicks
FROM dsp_clicks
WHERE campaign IN ({{campaigns}})
GROUP BY campaign`,
  given: { declared: [{ name: 'campaigns', type: 'STRING', list: true, whenEmpty: 'error' }] },
}
