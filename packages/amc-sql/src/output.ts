import type { Threshold } from './schema.ts'
import type { Relation } from './resolve/resolution.ts'
import type { AmcType } from './resolve/types.ts'

/** A column of a query's result, as AMC declares it in `outputColumns`. */
export interface OutputColumn {
  name: string
  /** Amazon's name of the type: STRING, LONG, DECIMAL, ARRAY, … */
  type: string
  /** Of DECIMAL only. */
  precision?: number
  scale?: number
  /** Of ARRAY only: Amazon's name of the type of its values. */
  elementType?: string
  role: 'DIMENSION' | 'METRIC'
  threshold: Threshold
}

/** The columns of a relation in Amazon's words. */
export function outputColumns(relation: Relation): OutputColumn[] {
  return relation.columns.map(({ name, type, metric, threshold }) => ({
    name,
    type: apiName(type),
    ...(type.kind === 'DECIMAL' && { precision: type.precision, scale: type.scale }),
    ...(type.kind === 'ARRAY' && { elementType: apiName(type.element) }),
    role: metric ? 'METRIC' : 'DIMENSION',
    threshold,
  }))
}

function apiName(type: AmcType): string {
  switch (type.kind) {
    case 'ROW':
      return 'STRUCT'
    case 'INTERVAL':
      return 'CALENDAR_INTERVAL'
    // What has no type of its own comes out as text.
    case 'NULL':
    case 'UNKNOWN':
      return 'STRING'
    default:
      return type.kind
  }
}
