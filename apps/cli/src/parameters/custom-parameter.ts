import type { CustomParameter, ParameterDeclaration } from '@recomamp/amc-sql'

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
