import {
  applyEdits,
  inferDeclarations,
  type ParameterDeclaration,
  type ParameterValue,
  type ParameterValues,
  type Schema,
  scan,
} from '@recomamp/amc-sql'
import type { RunSettings } from '../run/run-options.ts'
import { requireKnown } from './read-values.ts'

/** All parameters of a query with the values that are known. */
export interface QueryParameters {
  /** Each `{{name}}`. */
  declarations: ParameterDeclaration[]
  /** Each `CUSTOM_PARAMETER('name')`. */
  custom: ParameterDeclaration[]
  values: ParameterValues
}

/** What was declared, and for the rest what the query itself tells of its parameters. */
export function queryParameters(
  text: string,
  schema: Schema,
  { declared, given }: Pick<RunSettings, 'declared' | 'given'>,
): QueryParameters {
  const uses = customUses(text)
  const customNames = [...new Set(uses.map(({ name }) => name))]
  const inferred = inferDeclarations(text, schema)
  requireKnown(given, [...inferred.map(({ name }) => name), ...customNames])
  const declarations = inferred.map((one) => declared.find(({ name }) => name === one.name) ?? one)
  const values: [string, ParameterValue][] = [...given].map(([name, value]) => {
    const isList = declarations.find((one) => one.name === name)?.list === true
    return [name, isList && !Array.isArray(value) ? [value] : value]
  })
  const types = uses.length === 0 ? [] : inferDeclarations(asPlaceholders(text, uses), schema)
  const custom = customNames.map((name): ParameterDeclaration => {
    const told = declared.find((one) => one.name === name)
    const type = types.find((one) => one.name === name)?.type ?? 'STRING'
    return told ?? { name, type, list: Array.isArray(given.get(name)), whenEmpty: 'error' }
  })
  return { declarations, custom, values: Object.fromEntries(values) }
}

interface CustomUse {
  name: string
  from: number
  to: number
}

/** Every `CUSTOM_PARAMETER('name')`. */
function customUses(text: string): CustomUse[] {
  const tokens = scan(text).filter(({ kind }) => kind !== 'space' && kind !== 'comment')
  return tokens.flatMap((token, at) => {
    const [open, name, close] = tokens.slice(at + 1, at + 4)
    if (token.word !== 'CUSTOM_PARAMETER' || open?.word !== '(' || name?.kind !== 'string' || close?.word !== ')')
      return []
    return [{ name: text.slice(name.from + 1, name.to - 1).replaceAll("''", "'"), from: token.from, to: close.to }]
  })
}

/** The text with `{{name}}` in their place, from which the types of parameters are read. */
function asPlaceholders(text: string, uses: readonly CustomUse[]): string {
  return applyEdits(
    text,
    uses.map(({ name, from, to }) => ({ from, to, text: `{{${name}}}` })),
  )
}
