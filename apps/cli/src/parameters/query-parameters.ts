import {
  type CustomParameter,
  inferDeclarations,
  type ParameterDeclaration,
  type ParameterValue,
  type ParameterValues,
  type Schema,
  scan,
} from '@recomamp/amc-sql'
import type { RunSettings } from '../run/run-options.ts'
import { customParameter } from './custom-parameter.ts'
import { requireKnown } from './read-values.ts'

/** All parameters of a query, `{{name}}` and CUSTOM_PARAMETER alike, with the values that are known. */
export interface QueryParameters {
  declarations: ParameterDeclaration[]
  customParameters: CustomParameter[]
  values: ParameterValues
}

/** What was declared, and for the rest what the query itself tells of its parameters. */
export function queryParameters(
  text: string,
  schema: Schema,
  { declared, given }: Pick<RunSettings, 'declared' | 'given'>,
): QueryParameters {
  const custom = customParameterNames(text)
  const inferred = inferDeclarations(text, schema)
  requireKnown(given, [...inferred.map(({ name }) => name), ...custom])
  const declarations = inferred.map((one) => declared.find(({ name }) => name === one.name) ?? one)
  const values: [string, ParameterValue][] = [...given].map(([name, value]) => {
    const isList = declarations.find((one) => one.name === name)?.list === true
    return [name, isList && !Array.isArray(value) ? [value] : value]
  })
  const customParameters = custom.map((name) =>
    customParameter(
      name,
      declared.find((one) => one.name === name),
      given.get(name),
    ),
  )
  return { declarations, customParameters, values: Object.fromEntries(values) }
}

/** The names in `CUSTOM_PARAMETER('name')`, each once. */
function customParameterNames(text: string): string[] {
  const tokens = scan(text).filter(({ kind }) => kind !== 'space' && kind !== 'comment')
  const names = tokens.flatMap((token, at) => {
    const name = tokens[at + 2]
    if (token.word !== 'CUSTOM_PARAMETER' || tokens[at + 1]?.word !== '(' || name?.kind !== 'string') return []
    return [text.slice(name.from + 1, name.to - 1).replaceAll("''", "'")]
  })
  return [...new Set(names)]
}
