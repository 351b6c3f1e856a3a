import { isSimple, sameType, types, type AmcType } from '../resolve/types.ts'
import { quoteName } from './text.ts'

/** The DuckDB type that holds values of an AMC type. */
export function duckType(type: AmcType): string {
  switch (type.kind) {
    case 'STRING':
      return type.userId === true ? 'BIGINT' : 'VARCHAR'
    case 'BYTE':
      return 'TINYINT'
    case 'SHORT':
      return 'SMALLINT'
    case 'LONG':
      return 'BIGINT'
    case 'BINARY':
      return 'BLOB'
    case 'MAP':
      return 'MAP(VARCHAR, VARCHAR)'
    case 'NULL':
    case 'UNKNOWN':
      return 'VARCHAR'
    case 'DECIMAL':
      return `DECIMAL(${type.precision}, ${type.scale})`
    case 'ARRAY':
      return `${duckType(type.element)}[]`
    case 'ROW':
      return `STRUCT(${type.fields.map((field) => `${quoteName(field.name)} ${duckType(field.type)}`).join(', ')})`
    default:
      return type.kind
  }
}

/** The type with every user id as the text that it is in AMC. */
export function withoutUserIds(type: AmcType): AmcType {
  if (type.kind === 'STRING') return types.string
  if (type.kind === 'ARRAY') return { kind: 'ARRAY', element: withoutUserIds(type.element) }
  if (type.kind !== 'ROW') return type
  return { kind: 'ROW', fields: type.fields.map((field) => ({ name: field.name, type: withoutUserIds(field.type) })) }
}

/** SQL of one type as exactly another. */
export function convert(sql: string, from: AmcType, to: AmcType): string {
  return sameType(from, to) ? sql : `CAST(${sql} AS ${duckType(to)})`
}

/** One of several alternatives in the type that they have in common, which is text where text meets anything else. */
export function fit(sql: string, from: AmcType, to: AmcType): string {
  if (to.kind === 'ARRAY' && from.kind === 'ARRAY' && to.element.kind === 'STRING' && from.element.kind !== 'STRING')
    return isSimple(from.element) ? `CAST(${sql} AS VARCHAR[])` : sql
  return to.kind === 'STRING' && from.kind !== 'STRING' && isSimple(from)
    ? `CAST(${sql} AS VARCHAR)`
    : align(sql, from, to)
}

/** Turns user ids into text where the wanted type has text; DuckDB itself fits numbers, dates and NULL to each other. */
export function align(sql: string, from: AmcType, to: AmcType): string {
  const plain = withoutUserIds(from)
  if (sameType(from, plain)) return sql
  return sameType(withoutUserIds(to), to) ? `CAST(${sql} AS ${duckType(plain)})` : sql
}
