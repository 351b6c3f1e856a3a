import type { Hints, ParameterDeclaration as LanguageDeclaration, Schema } from '@recomamp/amc-sql'
import { analyze, compileRun, customUses } from '@recomamp/amc-sql'
import { customParameterOf, inferParameters } from '@recomamp/amc-sql/declarations'
import type { ParameterDeclaration } from '@recomamp/contracts'
import { type Study, type StudyInput, uniqueProblems, unstudied, valuesToSend } from './study.ts'
import { mergeDeclarations } from './declarations.ts'

/** Looks at a text as a run would; without tables only its parameters are known, without hints only what AMC would refuse. */
export function studyText(input: StudyInput, schema: Schema | null, allHints: Hints | null): Study {
  const hints = allHints ?? undefined
  const { text } = input
  const told = inferParameters(text, schema ?? undefined)
  const inferred = told.map(({ declaration }) => declaration)
  const declarations = mergeDeclarations(input.declared, inferred)
  const declared = forLanguage(declarations)
  if (schema === null)
    return { ...unstudied(text, declarations), declared, uses: new Map(inferred.map(({ name }) => [name, []])) }
  const customParameters = declared.map((one) => customParameterOf(one))
  const { query, parameterUses, diagnostics, tables, output } = analyze(text, schema, {
    declared,
    customParameters,
    hints,
  })
  const custom = query === null ? [] : customUses(query).map(({ name, call: { from, to } }) => ({ name, from, to }))
  const uses = new Map<string, { from: number; to: number }[]>(inferred.map(({ name }) => [name, []]))
  for (const { name, from, to } of [...parameterUses, ...custom].toSorted((a, b) => a.from - b.from))
    uses.set(name, [...(uses.get(name) ?? []), { from, to }])
  const empty = text.trim() === ''
  const found = empty ? [] : [...diagnostics]
  if (!empty && input.window !== null) {
    const run = compileRun({
      template: text,
      declarations: declared,
      hints,
      values: valuesToSend({ declarations, uses }, input.values),
      schema,
      window: input.window,
      privacyFilteringBehavior: input.privacy,
      now: input.now,
      settledAfterDays: input.settledAfterDays,
    })
    if (!run.ok) found.push(...run.diagnostics)
  }
  const toldBy = new Map(told.flatMap(({ declaration, toldBy: by }) => (by === null ? [] : [[declaration.name, by]])))
  const problems = uniqueProblems(text, found)
  return {
    text,
    checked: true,
    hinted: allHints !== null,
    problems,
    declarations,
    declared,
    uses,
    toldBy,
    tables,
    output,
  }
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
