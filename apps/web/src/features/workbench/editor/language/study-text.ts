import type { ParameterDeclaration as LanguageDeclaration, Schema } from '@recomamp/amc-sql'
import { analyze, compileRun, customUses } from '@recomamp/amc-sql'
import { inferDeclarations } from '@recomamp/amc-sql/editing'
import { hints } from '@recomamp/amc-sql/hints'
import type { ParameterDeclaration } from '@recomamp/contracts'
import { type Study, type StudyInput, uniqueProblems, unstudied, valuesToSend } from './study.ts'
import { mergeDeclarations } from './declarations.ts'

/** Looks at a text as a run would; without tables only its parameters are known. */
export function studyText(input: StudyInput, schema: Schema | null): Study {
  const { text } = input
  const inferred = inferDeclarations(text, schema ?? undefined)
  const declarations = mergeDeclarations(input.declared, inferred)
  const declared = forLanguage(declarations)
  if (schema === null)
    return { ...unstudied(text, declarations), declared, uses: new Map(inferred.map(({ name }) => [name, []])) }
  const { query, parameterUses, diagnostics, tables, output } = analyze(text, schema, { declared, hints })
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
    })
    if (!run.ok) found.push(...run.diagnostics)
  }
  return { text, checked: true, problems: uniqueProblems(text, found), declarations, declared, uses, tables, output }
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
