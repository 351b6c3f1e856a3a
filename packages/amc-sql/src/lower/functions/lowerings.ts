import { aggregateLowerings, windowLowerings } from './aggregates.ts'
import { arrayLowerings } from './arrays.ts'
import { conditionLowerings } from './conditions.ts'
import { encodingLowerings } from './encoding.ts'
import type { FunctionLowering } from './lowering.ts'
import { numberLowerings } from './numbers.ts'
import { textLowerings } from './text.ts'
import { timeLowerings } from './times.ts'

/** By subject; no name stands twice. */
export const lowerings: readonly (readonly [string, FunctionLowering])[] = [
  aggregateLowerings,
  windowLowerings,
  arrayLowerings,
  conditionLowerings,
  encodingLowerings,
  numberLowerings,
  textLowerings,
  timeLowerings,
].flatMap((subject) => Object.entries(subject))

/** What the local engine runs in place of a function, by its upper-case name. */
export const loweringOf: ReadonlyMap<string, FunctionLowering> = new Map(lowerings)
