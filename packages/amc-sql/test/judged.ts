import * as fixing from '../src/fix.ts'
import * as language from '../src/index.ts'
import { hints } from '../src/rules/hints.ts'

/** The analysis with every rule, as the command line and the server make it. */
export function analyze(
  text: string,
  schema: language.Schema,
  options: language.AnalyzeOptions = {},
): language.Analysis {
  return language.analyze(text, schema, { hints, ...options })
}

/** Mends with every rule. */
export function fixAll(
  text: string,
  schema: language.Schema,
  options: language.AnalyzeOptions = {},
): { text: string; fixed: string[] } {
  return fixing.fixAll(text, schema, { hints, ...options })
}
