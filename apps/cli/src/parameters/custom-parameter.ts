import type { CustomParameter, ParameterDeclaration } from '@recomamp/amc-sql'
import type { QueryParameters } from './query-parameters.ts'

/** A declaration as AMC takes it. */
export function customParameter(
  declaration: Pick<ParameterDeclaration, 'name' | 'type' | 'list' | 'default'>,
): CustomParameter {
  const { name, type, list, default: defaultValue } = declaration
  return {
    name,
    dataType: list ? { type: 'ARRAY', elementDataType: type } : type,
    ...(defaultValue !== undefined && { defaultValue }),
  }
}

/** The parameters of AMC that a query uses, declared as AMC takes them. */
export function customParametersOf({ declarations, custom }: QueryParameters): CustomParameter[] {
  return declarations.filter(({ name }) => custom.has(name)).map(customParameter)
}
