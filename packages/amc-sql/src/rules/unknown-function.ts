import { didYouMean, type Rule } from './rule.ts'

/** Only the functions of Amazon's reference exist. */
export const unknownFunction: Rule = {
  code: 'AMC010',
  severity: 'error',
  check(context, report) {
    for (const { range, name, types, hint } of context.faults('foreign-function'))
      report(range, { message: `AMC has no function ${name}`, help: `In AMC: ${hint}`, amc: noMatch(name, types) })
    for (const { range, name, types, nearest } of context.faults('unknown-function'))
      report(range, { message: `AMC has no function ${name}`, ...didYouMean(nearest), amc: noMatch(name, types) })
    for (const { range, name } of context.faults('undocumented-function'))
      report(range, {
        severity: 'warning',
        message: `Amazon's reference does not name ${name}`,
        help: 'Documented with OVER are ROW_NUMBER, RANK, DENSE_RANK and aggregates; AMC may refuse this',
      })
  },
}

/** Calcite's words for an unknown function or overload. */
function noMatch(name: string, types: readonly string[]): string {
  return `No match found for function signature ${name}(${types.map((type) => `<${type}>`).join(', ')})`
}
