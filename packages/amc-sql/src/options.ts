import type { ParameterDeclaration } from './parameters.ts'
import type { Hints } from './rules/rule.ts'
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
  /** How AMC is taken to be where sources disagree. */
  dialect?: Partial<Dialect>
  /** Rules beside those that find what AMC refuses, and what makes fixes: `hints`, from the entry point of that name. */
  hints?: Hints | undefined
  /** The time window that it will run with, and the present; some rules speak only then. */
  run?: RunMoment
}

/** Where sources about AMC disagree or are silent, and how strict it is taken to be; `defaultDialect` names our choices. */
export interface Dialect {
  /** ORDER BY, LIMIT and OFFSET of the whole query: Amazon's list of limitations refuses them, others report that they run. */
  finalOrder: Strictness
  /**
   * What Calcite has and Amazon documents nowhere: EXISTS, scalar subqueries, FILTER, frames, subscripts, LAG, LEAD, `*` over a WITH part,
   * tables in parentheses, text and numbers in one column.
   */
  undocumented: Strictness
  /** What only people outside Amazon report AMC to refuse: NTILE, `COUNT(*) OVER ()`, COLLECT of a computed value. */
  reported: Strictness
  /** A table unlike any of the schema's, which may be uploaded; where the schema holds all that an instance has, it is refused. */
  unknownTables: Strictness
}

export type Strictness = 'warn' | 'refuse'

export const defaultDialect: Dialect = {
  finalOrder: 'warn',
  undocumented: 'warn',
  reported: 'warn',
  unknownTables: 'warn',
}

/** A time window in UTC, `YYYY-MM-DDTHH:MM:SS`, its end exclusive, and the present. */
export interface RunMoment {
  window: { start: string; end: string }
  now: Date
  /** From when a day of traffic counts as settled: 14 days unless the instance is set to another number. */
  settledAfterDays?: number | undefined
}
