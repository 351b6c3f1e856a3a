import type { ParameterDeclaration } from './parameters.ts'
import type { CustomParameter } from './resolve/custom-parameter.ts'

/** What a text is judged with; without any of it the text alone speaks. */
export interface AnalyzeOptions {
  /** The parameters that exist; without it a `{{name}}` is only pointed out. */
  declared?: readonly ParameterDeclaration[]
  customParameters?: readonly CustomParameter[]
  /** An audience query; without it the tables and the output tell. */
  audience?: boolean
  /** False reads the text as AMC does, which knows no `{{name}}`: what looks like one in a text literal is a part of the text. */
  placeholders?: boolean
  /** The time window that it will run with, and the present; some rules speak only then. */
  run?: RunMoment
}

/** A time window in UTC, `YYYY-MM-DDTHH:MM:SS`, its end exclusive, and the present. */
export interface RunMoment {
  window: { start: string; end: string }
  now: Date
}
