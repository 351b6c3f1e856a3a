import type { Threshold } from '../schema.ts'

const strictness: Record<Threshold, number> = { NONE: 0, LOW: 1, MEDIUM: 2, HIGH: 3, VERY_HIGH: 4, INTERNAL: 5 }

/** The stricter of two classes. */
export function strictest(a: Threshold, b: Threshold): Threshold {
  return strictness[a] >= strictness[b] ? a : b
}

/** True for classes whose columns must not meet a literal (aggregation-threshold guide). */
export function forbidsLiterals(threshold: Threshold): boolean {
  return threshold === 'HIGH' || threshold === 'VERY_HIGH'
}

/** True for classes that never come out. */
export function neverShown(threshold: Threshold): boolean {
  return threshold === 'VERY_HIGH' || threshold === 'INTERNAL'
}
