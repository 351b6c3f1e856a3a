import type { Call } from '../tree.ts'
import { didYouMean, type Rule, type RuleEntry, severityOf } from './rule.ts'

/** Only the functions of Amazon's reference exist. */
export const unknownFunction: Rule = {
  code: 'AMC010',
  severity: 'error',
  check(context, report) {
    const foreign = [...context.faults('foreign-function')]
    const calls = foreign.length === 0 ? null : new Map(context.expressions('call').map((call) => [call.name, call]))
    for (const { range, name, types, hint } of foreign) {
      const call = calls?.get(range as Call['name'])
      report(range, {
        message: `AMC has no function ${name}`,
        help: `In AMC: ${hint}`,
        amc: noMatch(name, types),
        ...(call !== undefined && context.menders.rewriteCall?.(context, call)),
      })
    }
    for (const { range, name, types, nearest } of context.faults('unknown-function'))
      if (name !== 'NTILE')
        report(range, {
          message: `AMC has no function ${name}`,
          amc: noMatch(name, types),
          help: 'Look the function up in the list of functions',
          ...didYouMean(name, nearest, range),
        })
    for (const { range, name } of context.faults('undocumented-function'))
      report(range, {
        severity: severityOf(context.dialect.undocumented),
        message: `Amazon's reference does not name ${name}`,
        help: 'Documented with OVER are ROW_NUMBER, RANK, DENSE_RANK and aggregates; AMC may refuse this',
        amc: noMatch(name, []),
      })
  },
}

export const unknownFunctionEntry: RuleEntry = {
  rule: unknownFunction,
  title: 'Functions exist',
  why: 'AMC has the functions of Amazon’s reference and no others; it answers `No match found for function signature`. For the functions of other dialects the message says what AMC has in their place. Window functions that Amazon does not document, such as LAG, are a warning, because nobody knows whether AMC takes them.',
  source: 'fact',
  bad: `SELECT campaign, LISTAGG(DISTINCT creative, ', ') AS creatives
FROM dsp_impressions
GROUP BY campaign`,
  good: `SELECT campaign, ARRAY_TO_STRING(COLLECT(DISTINCT creative), ', ') AS creatives
FROM dsp_impressions
GROUP BY campaign`,
}

/** Calcite's words for an unknown function or overload. */
export function noMatch(name: string, types: readonly string[]): string {
  return `No match found for function signature ${name}(${types.map((type) => `<${type}>`).join(', ')})`
}
