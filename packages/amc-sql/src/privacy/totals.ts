import type { Resolution } from '../resolve/resolution.ts'
import { isNumber } from '../resolve/types.ts'
import type { Call } from '../tree.ts'
import { callable } from '../functions/catalogue.ts'

const sums: ReadonlySet<string> = new Set(['SUM', 'AVG'])
const counts: ReadonlySet<string> = new Set(['COUNT', 'APPROX_COUNT_DISTINCT', 'COLLECT'])

/**
 * Whether only users with a non-zero value count for the result: sums, and every other statistic of a measure. Counts are made of
 * users already.
 */
export function isTotal(resolution: Resolution, call: Call): boolean {
  const name = call.name.text.toUpperCase()
  if (callable.get(name)?.kind !== 'aggregate' || counts.has(name)) return false
  const argument = call.arguments[0]
  const facts = argument === undefined ? undefined : resolution.expressions.get(argument)
  if (facts === undefined || !isNumber(facts.type)) return false
  return sums.has(name) || facts.metric
}
