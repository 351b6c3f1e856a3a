import type { ParameterValue } from '../parameters.ts'
import { namedType, types, type AmcType } from './types.ts'

/** An input parameter of a workflow as AMC declares it (create-workflow guide), read by `CUSTOM_PARAMETER('name')`. */
export interface CustomParameter {
  name: string
  dataType: string | { type: 'ARRAY'; elementDataType: string }
  columnType?: 'DIMENSION' | 'METRIC'
  /** Used where a run gives no value. */
  defaultValue?: ParameterValue
  description?: string
}

/** The type that the declaration names; unknown names count as text. */
export function customParameterType(parameter: CustomParameter): AmcType {
  const { dataType } = parameter
  if (typeof dataType === 'string') return namedType(dataType, []) ?? types.string
  return { kind: 'ARRAY', element: namedType(dataType.elementDataType, []) ?? types.string }
}
