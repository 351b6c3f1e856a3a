import {
  applyEdits,
  type ParameterDeclaration,
  type ParameterValue,
  type ParameterValues,
  parse,
  type Schema,
  scan,
} from '@recomamp/amc-sql'
import { inferDeclarations } from '@recomamp/amc-sql/declarations'
import type { RunSettings } from '../run/run-options.ts'
import { requireKnown } from './read-values.ts'

/** All parameters of a query with the values that are known. */
export interface QueryParameters {
  /** One for each name, whether it stands as `{{name}}`, as `CUSTOM_PARAMETER('name')` or as both. */
  declarations: ParameterDeclaration[]
  values: ParameterValues
  /** The names of `CUSTOM_PARAMETER('name')`. */
  custom: ReadonlySet<string>
}

/** What was declared, and for the rest what the query itself tells of its parameters. */
export function queryParameters(
  text: string,
  schema: Schema,
  { declared, given }: Pick<RunSettings, 'declared' | 'given'>,
): QueryParameters {
  const uses = customUses(text)
  const custom = new Set(uses.map(({ name }) => name))
  const placeholders = new Set(parse(text).parameterUses.map(({ name }) => name))
  const names = [...new Set([...placeholders, ...custom])]
  requireKnown(given, names)
  const inferred = inferDeclarations(asPlaceholders(text, uses), schema)
  const declarations = names.map((name): ParameterDeclaration => {
    const told = declared.find((one) => one.name === name)
    if (told !== undefined) return told
    const { type = 'STRING', list = false } = inferred.find((one) => one.name === name) ?? {}
    // A parameter of AMC may be an array wherever it stands.
    const isArray = !placeholders.has(name) && Array.isArray(given.get(name))
    return { name, type, list: list || isArray, whenEmpty: 'error' }
  })
  const values = declarations.flatMap(({ name, list }): [string, ParameterValue][] => {
    const value = given.get(name)
    return value === undefined ? [] : [[name, list && !Array.isArray(value) ? [value] : value]]
  })
  return { declarations, values: Object.fromEntries(values), custom }
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
  const fitting = uses.filter(({ name }) => /^[A-Za-z]\w*$/.test(name))
  return applyEdits(
    text,
    fitting.map(({ name, from, to }) => ({ from, to, text: `{{${name}}}` })),
  )
}
