/** The declaration of a `{{name}}`; `list` types take an array of values. */
export interface ParameterDeclaration {
  name: string
  type: ParameterType
  list: boolean
  /** What an empty list means: an error before sending, or no filter at all (the smallest enclosing condition becomes TRUE). */
  whenEmpty: 'error' | 'all'
  /** Used where a run gives no value. */
  default?: ParameterValue
  description?: string
}

export type ParameterType = 'STRING' | 'INTEGER' | 'LONG' | 'DECIMAL' | 'DOUBLE' | 'BOOLEAN' | 'DATE' | 'TIMESTAMP'

export type ScalarValue = string | number | boolean | null
export type ParameterValue = ScalarValue | ScalarValue[]
export type ParameterValues = Readonly<Record<string, ParameterValue>>
