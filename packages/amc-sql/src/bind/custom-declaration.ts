import type { ParameterDeclaration, ParameterType, ScalarValue } from '../parameters.ts'
import type { CustomParameter } from '../resolve/custom-parameter.ts'

/** A declaration in Amazon's shape (guide create-workflow). A list that may be empty gets an empty default, for AMC wants some value. */
export function customParameterOf(declaration: ParameterDeclaration, isMetric = false): CustomParameter {
  const { name, type, list, whenEmpty, description } = declaration
  const value = declaration.default ?? (list && whenEmpty === 'all' ? [] : undefined)
  return {
    name,
    dataType: list ? { type: 'ARRAY', elementDataType: type } : type,
    columnType: isMetric ? 'METRIC' : 'DIMENSION',
    ...(value !== undefined && { defaultValue: list && !Array.isArray(value) ? [value] : value }),
    ...(description !== undefined && { description }),
  }
}

/** AMC's types (guide create-workflow) as ours; BINARY and CALENDAR_INTERVAL have no literal. */
const types: Record<string, ParameterType> = {
  STRING: 'STRING',
  BYTE: 'INTEGER',
  SHORT: 'INTEGER',
  INTEGER: 'INTEGER',
  LONG: 'LONG',
  DECIMAL: 'DECIMAL',
  FLOAT: 'DOUBLE',
  DOUBLE: 'DOUBLE',
  BOOLEAN: 'BOOLEAN',
  DATE: 'DATE',
  TIMESTAMP: 'TIMESTAMP',
}

/** The declaration of a `{{name}}` for a parameter of AMC, or why there is none. */
export function declarationOf(parameter: CustomParameter): ParameterDeclaration | string {
  const { name, dataType, defaultValue, description } = parameter
  if (!isParameterName(name))
    return `{{…}} takes a letter, then letters, digits and underscores, which ${name} is not made of`
  const list = typeof dataType !== 'string'
  const element = (list ? dataType.elementDataType : dataType).toUpperCase()
  const type = Object.hasOwn(types, element) ? types[element] : undefined
  if (type === undefined) return `A value of type ${element} cannot be written into a query`
  return {
    name,
    type,
    list,
    whenEmpty: 'error',
    ...(defaultValue !== undefined && { default: list ? toList(defaultValue) : defaultValue }),
    ...(description !== undefined && { description }),
  }
}

/** True for what can stand in `{{…}}`. */
export function isParameterName(name: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_]*$/.test(name)
}

function toList(value: ScalarValue | ScalarValue[]): ScalarValue[] {
  return Array.isArray(value) ? value : [value]
}
