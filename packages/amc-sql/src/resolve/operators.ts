import type { ChainOperator, Range } from '../tree.ts'
import type { Resolver } from './resolver.ts'
import {
  asDecimal,
  calciteName,
  decimal,
  fitsAll,
  isInteger,
  isNumber,
  isSimple,
  isTime,
  types,
  unify,
  type AmcType,
} from './types.ts'

/** Whether two values can be compared; text is compared with anything simple, as Calcite casts it. */
export function isComparable(a: AmcType, b: AmcType): boolean {
  if (fitsAll(a) || fitsAll(b) || unify(a, b) !== null) return true
  // Calcite takes 1 for TRUE and 0 for FALSE in comparisons.
  if ((a.kind === 'BOOLEAN' && isNumber(b)) || (b.kind === 'BOOLEAN' && isNumber(a))) return true
  return (a.kind === 'STRING' && isSimple(b)) || (b.kind === 'STRING' && isSimple(a))
}

/** The type of a sum, difference, product, quotient or remainder; null where AMC has none. */
export function arithmeticType(operator: ChainOperator, a: AmcType, b: AmcType): AmcType | null {
  if (a.kind === 'UNKNOWN' || b.kind === 'UNKNOWN') return types.unknown
  if (isTime(a) && b.kind === 'INTERVAL' && (operator === '+' || operator === '-')) return a
  if (isTime(b) && a.kind === 'INTERVAL' && operator === '+') return b
  const [left, right] = [asNumber(a), asNumber(b)]
  if (left === null || right === null) return null
  if (left.kind === 'NULL' || right.kind === 'NULL') return left.kind === 'NULL' ? right : left
  // Amazon's own queries divide whole numbers and list fractions.
  if (operator === '/') return types.double
  if (isInteger(left) && isInteger(right)) return types.long
  if (left.kind === 'DECIMAL' || right.kind === 'DECIMAL') {
    if (left.kind === 'DOUBLE' || right.kind === 'DOUBLE' || left.kind === 'FLOAT' || right.kind === 'FLOAT')
      return types.double
    const [x, y] = [asDecimal(left), asDecimal(right)]
    if (operator === '*') return decimal(x.precision + y.precision, x.scale + y.scale)
    const scale = Math.max(x.scale, y.scale)
    return decimal(Math.max(x.precision - x.scale, y.precision - y.scale) + scale + 1, scale)
  }
  return types.double
}

/** Text counts as a number, since Calcite casts it. */
function asNumber(type: AmcType): AmcType | null {
  if (isNumber(type) || type.kind === 'NULL') return type
  return type.kind === 'STRING' ? types.double : null
}

/** Whether CAST can be written between two types at all. */
export function canCast(from: AmcType, to: AmcType): boolean {
  if (fitsAll(from) || unify(from, to) !== null || to.kind === 'STRING') return true
  if (from.kind === 'STRING') return to.kind !== 'ARRAY' && to.kind !== 'INTERVAL'
  if (from.kind === 'BOOLEAN') return isNumber(to)
  return isNumber(from) && to.kind === 'BOOLEAN'
}

/** Reports operands that an operator does not take. */
export function reportOperands(
  r: Resolver,
  range: Range,
  operator: string,
  given: readonly (AmcType | undefined)[],
  supported: string,
): void {
  const names = given.map((type) => calciteName(type ?? types.unknown))
  r.fault({ kind: 'operand-type', range, operator, given: names, supported })
}
