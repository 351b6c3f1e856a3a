import type { Threshold } from '../schema.ts'
import type { Expression } from '../tree.ts'
import type { ExpressionFacts } from './resolution.ts'
import type { Resolver } from './resolver.ts'
import { strictest } from './thresholds.ts'
import { calciteName, isNumber, meet, types, unify, type AmcType } from './types.ts'

/** All that is known of a name without meaning. */
export const unknownFacts: Omit<ExpressionFacts, 'id'> = {
  type: types.unknown,
  threshold: 'NONE',
  metric: false,
  constant: false,
  aggregate: false,
  window: false,
}

/** The facts of a fixed value. */
export function leafFacts(type: AmcType, id: number): ExpressionFacts {
  return { type, threshold: 'NONE', metric: false, constant: true, aggregate: false, window: false, id }
}

/** The facts of an expression made of others. */
export function combine(
  r: Resolver,
  key: string,
  parts: readonly ExpressionFacts[],
  type: AmcType,
  metric = false,
): ExpressionFacts {
  let threshold: Threshold = 'NONE'
  let constant = true
  let aggregate = false
  let window = false
  let id = r.idOf(key)
  for (const part of parts) {
    threshold = strictest(threshold, part.threshold)
    constant &&= part.constant
    aggregate ||= part.aggregate
    window ||= part.window
    id = r.idOfPair(id, part.id)
  }
  return { type, threshold, metric: metric && isNumber(type), constant, aggregate, window, id }
}

/** The type of several alternatives; reports a mix that has none, or that only meets as text. */
export function commonType(r: Resolver, node: Expression, given: readonly AmcType[]): AmcType {
  let common: AmcType = types.null
  let isMixed = false
  for (const type of given) {
    const both: AmcType | null = meet(common, type)
    isMixed ||= both !== null && unify(common, type) === null
    if (both === null) {
      r.fault({ kind: 'case-types', range: node, given: given.map(calciteName), asText: false })
      return types.unknown
    }
    common = both
  }
  if (isMixed) r.fault({ kind: 'case-types', range: node, given: given.map(calciteName), asText: true })
  return common
}
