import type { Diagnostic } from '../diagnostic.ts'
import type { ParameterDeclaration, ParameterValues } from '../parameters.ts'
import type { CustomParameter } from '../resolve/custom-parameter.ts'
import type { Query } from '../tree.ts'
import { customParameterOf } from './custom-declaration.ts'
import { customUses } from './custom-uses.ts'
import { misfit } from './fill.ts'

/** What AMC itself puts in the place of `CUSTOM_PARAMETER('name')`. */
export interface CustomValues {
  inputParameters: CustomParameter[]
  parameterValues: ParameterValues
  diagnostics: Diagnostic[]
}

/** A value that is longer as JSON may be refused: users report a limit between 1,000 and 1,024 characters, Amazon publishes none. */
const longValue = 1000

/** The most input parameters of a workflow (Amazon's API description). */
const mostParameters = 100

/** The declarations and values of the parameters that a query leaves to AMC, each declared once (F-08). */
export function customValuesOf(
  query: Query,
  declarations: readonly ParameterDeclaration[],
  values: ParameterValues,
): CustomValues {
  const inputParameters: CustomParameter[] = []
  const parameterValues: Record<string, ParameterValues[string]> = {}
  const diagnostics: Diagnostic[] = []
  const seen = new Set<string>()
  for (const { name, call } of customUses(query)) {
    if (seen.has(name)) continue
    seen.add(name)
    const say = (code: string, severity: Diagnostic['severity'], message: string, help: string) =>
      diagnostics.push({ code, severity, from: call.from, to: call.to, message, help })
    const declaration = declarations.find((one) => one.name === name)
    // Rule AMC011 says so, at each use.
    if (declaration === undefined) continue
    const parameter = customParameterOf(declaration)
    inputParameters.push(parameter)
    const given = Object.hasOwn(values, name) ? values[name] : undefined
    const value = given ?? parameter.defaultValue
    if (value === undefined) {
      say('parameter-missing', 'error', `${name} has no value`, `Give ${name} a value`)
      continue
    }
    const wrong = misfit({ name, type: declaration.type, list: declaration.list }, value)
    if (wrong !== null) say(wrong.code, 'error', wrong.message, wrong.help)
    if (given === undefined) continue
    parameterValues[name] = declaration.list && !Array.isArray(given) ? [given] : given
    const { length } = JSON.stringify(given)
    if (length > longValue)
      say(
        'long-value',
        'warning',
        `The value of ${name} has ${length} characters; AMC may refuse values of more than ${longValue}`,
        `Write {{${name}}}, which puts the value into the query`,
      )
  }
  const [first] = customUses(query)
  if (seen.size > mostParameters && first !== undefined)
    diagnostics.push({
      code: 'parameter-count',
      severity: 'error',
      from: first.call.from,
      to: first.call.to,
      message: `The query has ${seen.size} parameters of AMC, which takes at most ${mostParameters}`,
      help: 'Write some of them as {{name}}, which puts their values into the query',
    })
  return { inputParameters, parameterValues, diagnostics }
}
