import { nearestName } from '../resolve/nearest.ts'
import { didYouMean, type Rule } from './rule.ts'

/** A `{{name}}` that nobody declared has no value at run time; only a hint as long as nothing is declared at all. */
export const undeclaredParameter: Rule = {
  code: 'AMC012',
  severity: 'error',
  check({ declared, parameterUses }, report) {
    for (const use of parameterUses) {
      if (declared?.has(use.name) === true) continue
      report(use, {
        severity: declared === null ? 'info' : 'error',
        message: `{{${use.name}}} is not declared`,
        ...didYouMean(declared === null ? null : nearestName(use.name, declared.keys())),
      })
    }
  },
}
