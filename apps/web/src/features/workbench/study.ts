import type {
  Analysis,
  Diagnostic,
  ParameterDeclaration as LanguageDeclaration,
  Hints,
  Schema,
} from '@recomamp/amc-sql'
import { analyze, compileRun, customUses, inferDeclarations, positionAt } from '@recomamp/amc-sql'
import type { ParameterDeclaration, PrivacyFilteringBehavior, TimeWindow, WorkflowContent } from '@recomamp/contracts'
import { mergeDeclarations } from './values/declarations.ts'

/** A finding with its line and column, both from 1. */
export interface Problem extends Diagnostic {
  line: number
  column: number
}

/** What is known of a text with its declarations; nothing in it asks the server. */
export interface Study {
  text: string
  /** Null until the tables are there. */
  analysis: Analysis | null
  /** What a run would declare: the given declarations, and a guess for each new name. */
  declarations: ParameterDeclaration[]
  /** The same as the language takes them. */
  declared: LanguageDeclaration[]
  /** The rules beside those that AMC itself has. */
  hints: Hints | undefined
  /** How often each parameter is used, in the order of first use. */
  uses: ReadonlyMap<string, number>
}

export function studyOf(
  text: string,
  declared: readonly ParameterDeclaration[],
  schema: Schema | null,
  hints: Hints | undefined,
): Study {
  const inferred = inferDeclarations(text, schema ?? undefined)
  const declarations = mergeDeclarations(declared, inferred)
  const languageDeclarations = forLanguage(declarations)
  const analysis = schema === null ? null : analyze(text, schema, { declared: languageDeclarations, hints })
  const uses = new Map(inferred.map(({ name }) => [name, 0]))
  const custom = analysis === null || analysis.query === null ? [] : customUses(analysis.query)
  for (const { name } of [...(analysis?.parameterUses ?? []), ...custom]) uses.set(name, (uses.get(name) ?? 0) + 1)
  return { text, analysis, declarations, declared: languageDeclarations, hints, uses }
}

/** The same declarations without the `undefined` that JSON schemas allow in optional fields. */
function forLanguage(declarations: readonly ParameterDeclaration[]): LanguageDeclaration[] {
  return declarations.map(({ name, type, list, whenEmpty, default: preset }) => ({
    name,
    type,
    list,
    whenEmpty,
    ...(preset === undefined ? {} : { default: preset }),
  }))
}

export interface RunFacts {
  values: WorkflowContent['values']
  schema: Schema | null
  window: TimeWindow | null
  privacy: PrivacyFilteringBehavior
  now: Date
}

/** All findings of the text, and those that only its compilation for a run meets, each once and in the order of the text. */
export function problemsOf(study: Study, facts: RunFacts): Problem[] {
  if (study.text.trim() === '') return []
  const found = [...(study.analysis?.diagnostics ?? [])]
  if (facts.schema !== null && facts.window !== null) {
    const run = compileRun({
      template: study.text,
      declarations: study.declared,
      hints: study.hints,
      values: valuesToSend(study, facts.values),
      schema: facts.schema,
      window: facts.window,
      privacyFilteringBehavior: facts.privacy,
      now: facts.now,
    })
    if (!run.ok) found.push(...run.diagnostics)
  }
  return uniqueProblems(study.text, found)
}

/** The values of the parameters that the text uses; what is empty is left to the default of its declaration. */
export function valuesToSend(study: Study, values: WorkflowContent['values']): WorkflowContent['values'] {
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
