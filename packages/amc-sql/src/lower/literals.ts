import type { ParameterValue, ScalarValue } from '../parameters.ts'
import type { AmcType } from '../resolve/types.ts'
import type { Literal } from '../tree.ts'
import { duckType } from './duck-types.ts'
import { quoteText } from './text.ts'

/** A literal of the query, written anew. */
export function lowerLiteral(node: Literal): string {
  switch (node.type) {
    case 'string':
      return quoteText(node.value)
    case 'integer':
      return BigInt(node.value).toString()
    case 'decimal': {
      const [whole = '', fraction = ''] = node.value.split('.')
      return `${whole === '' ? '0' : whole}.${fraction === '' ? '0' : fraction}`
    }
    case 'double':
      return `CAST(${quoteText(node.value)} AS DOUBLE)`
    case 'boolean':
    case 'null':
      return node.value
    case 'date':
      return `TRY_CAST(${quoteText(node.value)} AS DATE)`
    case 'timestamp':
      return `TRY_CAST(${quoteText(node.value.replace('T', ' '))} AS TIMESTAMP)`
  }
}

/** The value of a parameter as a literal of its declared type. */
export function lowerValue(value: ParameterValue, type: AmcType): string {
  if (!Array.isArray(value)) return scalarLiteral(value, type)
  const element: AmcType = type.kind === 'ARRAY' ? type.element : type
  return `CAST([${value.map((item) => scalarLiteral(item, element)).join(', ')}] AS ${duckType(type)})`
}

function scalarLiteral(value: ScalarValue, type: AmcType): string {
  if (value === null) return `CAST(NULL AS ${duckType(type)})`
  const text = quoteText(String(value))
  return type.kind === 'STRING' ? text : `TRY_CAST(${text} AS ${duckType(type)})`
}
