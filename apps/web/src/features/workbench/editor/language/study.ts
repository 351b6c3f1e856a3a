import {
  type Diagnostic,
  type OutputColumn,
  type ParameterDeclaration as LanguageDeclaration,
  positionAt,
} from '@recomamp/amc-sql'
import type { ParameterDeclaration, PrivacyFilteringBehavior, TimeWindow, WorkflowContent } from '@recomamp/contracts'

/** A finding with its line and column, both from 1. */
export interface Problem extends Diagnostic {
  line: number
  column: number
}

/** What is asked about: a text, and all beside it that decides what a run of it would send. */
export interface StudyInput {
  text: string
  declared: readonly ParameterDeclaration[]
  values: WorkflowContent['values']
  window: TimeWindow | null
  privacy: PrivacyFilteringBehavior
  now: Date
  /** As the instance is set. */
  settledAfterDays: number
}

/** What is known of a text with its declarations; nothing in it asks the server. */
export interface Study {
  text: string
  /** False until the tables are there: then no problems means that there are none. */
  checked: boolean
  /** False until the rules are there that tell more than what AMC would refuse. */
  hinted: boolean
  /** All findings, each once and in the order of the text. */
  problems: readonly Problem[]
  /** What a run would declare: the given declarations, and a guess for each new name. */
  declarations: ParameterDeclaration[]
  /** The same as the language takes them. */
  declared: LanguageDeclaration[]
  /** Where each parameter is used, in the order of first use. */
  uses: ReadonlyMap<string, readonly { from: number; to: number }[]>
  /** The text that tells what a parameter is, such as the column that it is compared with, where there is one. */
  toldBy: ReadonlyMap<string, string>
  /** Names of the tables that the query reads. */
  tables: readonly string[]
  output: readonly OutputColumn[]
}

/** What is known of a text that nobody has looked at yet. */
export function unstudied(text: string, declared: readonly ParameterDeclaration[]): Study {
  const declarations = [...declared]
  return {
    text,
    checked: false,
    hinted: false,
    problems: [],
    declarations,
    declared: [],
    uses: new Map(),
    toldBy: new Map(),
    tables: [],
    output: [],
  }
}

/** The values of the parameters that the text uses; what is empty is left to the default of its declaration. */
export function valuesToSend(
  study: Pick<Study, 'declarations' | 'uses'>,
  values: WorkflowContent['values'],
): WorkflowContent['values'] {
  const declared = new Map(study.declarations.map((each) => [each.name, each]))
  return Object.fromEntries(
    Object.entries(values).filter(([name, value]) => {
      const declaration = declared.get(name)
      if (declaration === undefined || !study.uses.has(name)) return false
      const empty = value === '' || (Array.isArray(value) && value.length === 0)
      return !empty || (declaration.list && declaration.whenEmpty === 'all' && declaration.default === undefined)
    }),
  )
}

export function uniqueProblems(text: string, found: readonly Diagnostic[]): Problem[] {
  const seen = new Set<string>()
  const problems: Problem[] = []
  for (const each of found.toSorted((a, b) => a.from - b.from)) {
    const key = `${each.code} ${each.from} ${each.to}`
    if (seen.has(key)) continue
    seen.add(key)
    problems.push({ ...each, ...positionAt(text, each.from) })
  }
  return problems
}
