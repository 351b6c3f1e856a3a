import type { CustomParameter, ParameterDeclaration, ParameterValue } from '@recomamp/amc-sql'

/** A declaration as AMC takes it; without one, text, or a list of texts where a list is given. */
export function customParameter(
  name: string,
  declaration: ParameterDeclaration | undefined,
  value?: ParameterValue,
): CustomParameter {
  const type = declaration?.type ?? 'STRING'
  const isList = declaration?.list ?? Array.isArray(value)
  return {
    name,
    dataType: isList ? { type: 'ARRAY', elementDataType: type } : type,
    ...(declaration?.default !== undefined && { defaultValue: declaration.default }),
  }
}
