import { bind, nearestName, type ParameterDeclaration, type ParameterType } from '@recomamp/amc-sql'
import { UsageError } from '../command-line/command-failed.ts'
import { readValue } from './read-value.ts'

const types: readonly ParameterType[] = [
  'STRING',
  'INTEGER',
  'LONG',
  'DECIMAL',
  'DOUBLE',
  'BOOLEAN',
  'DATE',
  'TIMESTAMP',
]

/** `--declare NAME:TYPE[=VALUE]`, `TYPE[]` for a list; null where nothing was declared, which is not the same as no parameter. */
export function readDeclarations(written: readonly string[] | undefined): ParameterDeclaration[] | null {
  if (written === undefined) return null
  const declarations = new Map<string, ParameterDeclaration>()
  for (const text of written) {
    const declaration = readDeclaration(text)
    if (declarations.has(declaration.name)) throw new UsageError(`--declare ${declaration.name} is given twice`)
    declarations.set(declaration.name, declaration)
  }
  return [...declarations.values()]
}

function readDeclaration(text: string): ParameterDeclaration {
  const { name, type, array, element, list, value } = form.exec(text)?.groups ?? {}
  if (name === undefined) throw new UsageError(`--declare ${text} is not NAME:TYPE or NAME:TYPE=VALUE`)
  const word = (element ?? type ?? '').toUpperCase()
  const known = types.find((one) => one === word)
  if (known === undefined) {
    const nearest = nearestName(word, types)
    const hint = nearest === null ? `use one of ${types.join(', ')}` : `did you mean ${nearest}?`
    throw new UsageError(`--declare ${text}: there is no type ${word}; ${hint}`)
  }
  const isList = list !== undefined || array !== undefined
  const declaration: ParameterDeclaration = { name, type: known, list: isList, whenEmpty: 'error' }
  if (value === undefined) return declaration
  const read = readValue(value)
  const complete = { ...declaration, default: isList && !Array.isArray(read) ? [read] : read }
  checkFit(text, complete)
  return complete
}

const form =
  /^(?<name>[A-Za-z]\w*):(?:(?<array>ARRAY)<(?<element>\w+)>|(?<type>\w+)(?<list>\[\])?)(?:=(?<value>.*))?$/is

/** The binder says whether a value fits, in a place where a value of this kind can stand. */
function checkFit(text: string, declaration: ParameterDeclaration): void {
  const place = `{{${declaration.name}}}`
  const bound = bind(declaration.list ? `SELECT 1 FROM t WHERE x IN ${place}` : `SELECT ${place}`, [declaration], {})
  const [fault] = bound.diagnostics.filter(({ severity }) => severity === 'error')
  if (fault !== undefined) throw new UsageError(`--declare ${text}: ${fault.message}`)
}
