import { types } from '../resolve/types.ts'
import { aggregates, rankings } from './aggregates.ts'
import { arrayFunctions } from './arrays.ts'
import { scalar, type FunctionEntry } from './entry.ts'
import { textFunctions } from './text.ts'
import { timeFunctions } from './times.ts'
import { reportedFunctions, undocumentedFunctions } from './undocumented.ts'
import { conditionalFunctions, encodingFunctions, numberFunctions } from './values.ts'

/** Their type comes from the run, so the resolver treats them itself. */
const parameterFunctions: readonly FunctionEntry[] = [
  scalar('CUSTOM_PARAMETER', {
    signature: "CUSTOM_PARAMETER('name')",
    description: 'The value of a parameter that the workflow declares.',
    accepts: ['text'],
    result: () => types.unknown,
  }),
  scalar('BUILT_IN_PARAMETER', {
    signature: "BUILT_IN_PARAMETER('TIME_WINDOW_START' | 'TIME_WINDOW_END')",
    description: 'The start or the end of the time window of the run.',
    accepts: ['text'],
    result: () => types.timestamp,
  }),
]

const entries: readonly FunctionEntry[] = [
  ...aggregates,
  ...rankings,
  ...textFunctions,
  ...timeFunctions,
  ...conditionalFunctions,
  ...numberFunctions,
  ...arrayFunctions,
  ...encodingFunctions,
  ...parameterFunctions,
]

/** Every function of AMC by upper-case name (Amazon's function reference). */
export const functions: ReadonlyMap<string, FunctionEntry> = new Map(entries.map((entry) => [entry.name, entry]))

/** What may be called: the functions of AMC and those that AMC may have. Nothing else reaches the local engine. */
export const callable: ReadonlyMap<string, FunctionEntry> = new Map([
  ...functions,
  ...undocumentedFunctions,
  ...reportedFunctions,
])
