import type { ParameterDeclaration, ParameterType, ParameterValue, ScalarValue } from '@recomamp/amc-sql'
import type { QueryParameters } from '../parameters/query-parameters.ts'

/** Gives every parameter without a value one that shows where it stands, for a query that is only looked at. */
export function withStandIns(parameters: QueryParameters): QueryParameters {
  const { declarations, values } = parameters
  const missing = declarations.filter((one) => one.default === undefined && !Object.hasOwn(values, one.name))
  const standIns = missing.map((one): [string, ParameterValue] => [one.name, standInOf(one)])
  return { ...parameters, values: { ...values, ...Object.fromEntries(standIns) } }
}

function standInOf({ name, type, list }: ParameterDeclaration): ParameterValue {
  const value = scalars[type](name)
  return list ? [value] : value
}

const scalars: Record<ParameterType, (name: string) => ScalarValue> = {
  STRING: (name) => `<${name}>`,
  INTEGER: () => 0,
  LONG: () => 0,
  DECIMAL: () => 0,
  DOUBLE: () => 0,
  BOOLEAN: () => true,
  DATE: () => '2025-01-01',
  TIMESTAMP: () => '2025-01-01T00:00:00',
}
