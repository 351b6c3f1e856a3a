import { hints } from './hints.ts'
import { refusals } from './refusals.ts'
import type { Rule } from './rule.ts'

/** Every rule, in the order of its code. */
export const rules: readonly Rule[] = [...refusals, ...hints.rules].toSorted((a, b) => (a.code < b.code ? -1 : 1))
