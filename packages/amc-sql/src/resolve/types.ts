import type { Column } from '../schema.ts'

export type ScalarKind =
  | 'BOOLEAN'
  | 'BYTE'
  | 'SHORT'
  | 'INTEGER'
  | 'LONG'
  | 'FLOAT'
  | 'DOUBLE'
  | 'DATE'
  | 'TIMESTAMP'
  | 'BINARY'
  | 'INTERVAL'
  | 'MAP'
  /** The literal NULL. */
  | 'NULL'
  /** The consequence of an error that is reported elsewhere; it fits everywhere. */
  | 'UNKNOWN'

/** A type as AMC names it in its API. */
export type AmcType =
  | { kind: ScalarKind }
  /** `userId`: still a user id of a source table, which the local data holds as a number; it becomes text where text is needed. */
  | { kind: 'STRING'; userId?: true }
  | { kind: 'DECIMAL'; precision: number; scale: number }
  | { kind: 'ARRAY'; element: AmcType }
  | { kind: 'ROW'; fields: { name: string; type: AmcType }[] }

export const types = {
  boolean: { kind: 'BOOLEAN' },
  integer: { kind: 'INTEGER' },
  long: { kind: 'LONG' },
  double: { kind: 'DOUBLE' },
  string: { kind: 'STRING' },
  date: { kind: 'DATE' },
  timestamp: { kind: 'TIMESTAMP' },
  binary: { kind: 'BINARY' },
  interval: { kind: 'INTERVAL' },
  map: { kind: 'MAP' },
  null: { kind: 'NULL' },
  unknown: { kind: 'UNKNOWN' },
} as const satisfies Record<string, AmcType>

const integerRank: Partial<Record<AmcType['kind'], number>> = { BYTE: 1, SHORT: 2, INTEGER: 3, LONG: 4 }

export function isInteger(type: AmcType): boolean {
  return integerRank[type.kind] !== undefined
}

export function isNumber(type: AmcType): boolean {
  return isInteger(type) || type.kind === 'DECIMAL' || type.kind === 'DOUBLE' || type.kind === 'FLOAT'
}

export function isTime(type: AmcType): boolean {
  return type.kind === 'DATE' || type.kind === 'TIMESTAMP'
}

/** NULL and the types of broken expressions, which fit everywhere. */
export function fitsAll(type: AmcType): boolean {
  return type.kind === 'NULL' || type.kind === 'UNKNOWN'
}

export function sameType(a: AmcType, b: AmcType): boolean {
  if (a.kind === 'ARRAY' && b.kind === 'ARRAY') return sameType(a.element, b.element)
  if (a.kind === 'DECIMAL' && b.kind === 'DECIMAL') return a.precision === b.precision && a.scale === b.scale
  if (a.kind === 'STRING' && b.kind === 'STRING') return a.userId === b.userId
  if (a.kind === 'ROW' && b.kind === 'ROW')
    return (
      a.fields.length === b.fields.length &&
      a.fields.every((field, index) => sameType(field.type, b.fields[index]?.type ?? types.unknown))
    )
  return a.kind === b.kind
}

/** The type that holds the values of both (branches of CASE, UNION, COALESCE); null where there is none. */
export function unify(a: AmcType, b: AmcType): AmcType | null {
  if (fitsAll(a)) return a.kind === 'UNKNOWN' && b.kind === 'NULL' ? a : b
  if (fitsAll(b) || sameType(a, b)) return a
  if (isNumber(a) && isNumber(b)) return unifyNumbers(a, b)
  if (isTime(a) && isTime(b)) return types.timestamp
  if (a.kind === 'STRING' && b.kind === 'STRING') return types.string
  if (a.kind === 'ARRAY' && b.kind === 'ARRAY') {
    const element = unify(a.element, b.element)
    return element === null ? null : { kind: 'ARRAY', element }
  }
  if (a.kind === 'ROW' && b.kind === 'ROW' && a.fields.length === b.fields.length) {
    const fields = []
    for (const [index, field] of a.fields.entries()) {
      const type = unify(field.type, b.fields[index]?.type ?? types.unknown)
      if (type === null) return null
      fields.push({ name: field.name, type })
    }
    return { kind: 'ROW', fields }
  }
  return null
}

/** The type in which values meet: Calcite turns numbers, times and truth values beside text into text. Null where there is none. */
export function meet(a: AmcType, b: AmcType): AmcType | null {
  const common = unify(a, b)
  if (common !== null) return common
  return (a.kind === 'STRING' && isSimple(b)) || (b.kind === 'STRING' && isSimple(a)) ? types.string : null
}

/** A single value that can be written as text and read from it. */
export function isSimple(type: AmcType): boolean {
  return isNumber(type) || isTime(type) || type.kind === 'BOOLEAN' || type.kind === 'STRING'
}

function unifyNumbers(a: AmcType, b: AmcType): AmcType {
  const [rankA, rankB] = [integerRank[a.kind], integerRank[b.kind]]
  if (rankA !== undefined && rankB !== undefined) return rankA >= rankB ? a : b
  if (a.kind === 'DOUBLE' || b.kind === 'DOUBLE' || a.kind === 'FLOAT' || b.kind === 'FLOAT')
    return a.kind === 'FLOAT' && b.kind === 'FLOAT' ? a : types.double
  const [left, right] = [asDecimal(a), asDecimal(b)]
  const scale = Math.max(left.scale, right.scale)
  const digits = Math.max(left.precision - left.scale, right.precision - right.scale)
  return decimal(digits + scale, scale)
}

/** DECIMAL with the limits of 38 digits. */
export function decimal(precision: number, scale: number): AmcType & { kind: 'DECIMAL' } {
  const width = Math.min(38, Math.max(1, precision))
  return { kind: 'DECIMAL', precision: width, scale: Math.min(width, Math.max(0, scale)) }
}

/** A whole number as the DECIMAL that holds it. */
export function asDecimal(type: AmcType): AmcType & { kind: 'DECIMAL' } {
  if (type.kind === 'DECIMAL') return type
  const digits = { BYTE: 3, SHORT: 5, INTEGER: 10 }[type.kind as string] ?? 19
  return decimal(digits, 0)
}

/** The type of a column of the schema. */
export function columnType(column: Column): AmcType {
  const detail = column.typeDetail?.toUpperCase() ?? ''
  if (column.type === 'DECIMAL') {
    const found = /\((\d+)\s*,\s*(\d+)\)/.exec(detail)
    return found === null ? decimal(38, 4) : decimal(Number(found[1]), Number(found[2]))
  }
  if (column.type === 'ARRAY') {
    const element = /ARRAY\s*<\s*(\w+)/.exec(detail)?.[1]
    return { kind: 'ARRAY', element: (element === undefined ? null : namedType(element, [])) ?? types.string }
  }
  if (column.type === 'STRING')
    return column.name.toLowerCase() === 'user_id' ? { kind: 'STRING', userId: true } : types.string
  return column.type === null ? types.unknown : { kind: column.type }
}

/** A type by its name in CAST or in the API; null where AMC has no such type. */
export function namedType(name: string, digits: readonly number[]): AmcType | null {
  switch (name.toUpperCase()) {
    case 'TINYINT':
    case 'BYTE':
      return { kind: 'BYTE' }
    case 'SMALLINT':
    case 'SHORT':
      return { kind: 'SHORT' }
    case 'INTEGER':
    case 'INT':
      return types.integer
    case 'BIGINT':
    case 'LONG':
      return types.long
    case 'DECIMAL':
    case 'NUMERIC':
    case 'DEC':
      return decimal(digits[0] ?? 38, digits[1] ?? (digits.length === 0 ? 4 : 0))
    case 'FLOAT':
    case 'REAL':
      return { kind: 'FLOAT' }
    case 'DOUBLE':
    case 'DOUBLE PRECISION':
      return types.double
    case 'CHAR':
    case 'VARCHAR':
    case 'STRING':
    case 'SYMBOL':
      return types.string
    case 'BOOLEAN':
      return types.boolean
    case 'DATE':
      return types.date
    case 'TIMESTAMP':
      return types.timestamp
    case 'BINARY':
    case 'VARBINARY':
      return types.binary
    case 'CALENDAR_INTERVAL':
      return types.interval
    case 'ARRAY':
      return { kind: 'ARRAY', element: types.string }
    default:
      return null
  }
}

/** The words for a type in Calcite's messages: `VARCHAR`, `BIGINT`, `DECIMAL(38, 4)`. */
export function calciteName(type: AmcType): string {
  switch (type.kind) {
    case 'STRING':
      return 'VARCHAR'
    case 'BYTE':
      return 'TINYINT'
    case 'SHORT':
      return 'SMALLINT'
    case 'LONG':
      return 'BIGINT'
    case 'BINARY':
      return 'VARBINARY'
    case 'DECIMAL':
      return `DECIMAL(${type.precision}, ${type.scale})`
    case 'ARRAY':
      return `${calciteName(type.element)} ARRAY`
    case 'ROW':
      return `ROW(${type.fields.map((field) => `${calciteName(field.type)} ${field.name}`).join(', ')})`
    case 'UNKNOWN':
      return 'ANY'
    default:
      return type.kind
  }
}
