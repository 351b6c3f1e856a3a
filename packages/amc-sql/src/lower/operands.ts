import { fitsAll, isInteger, isNumber, type AmcType } from '../resolve/types.ts'
import { align, duckType, withoutUserIds } from './duck-types.ts'

export interface Operand {
  sql: string
  type: AmcType
}

/** Operands of one comparison in types that DuckDB compares as AMC does: text meets numbers and times as these. */
export function comparable(operands: readonly Operand[]): string[] {
  const given = operands.filter(({ type }) => !fitsAll(type))
  const onlyUserIds = given.every(({ type }) => type.kind === 'STRING' && type.userId === true)
  const other = given.find(({ type }) => type.kind !== 'STRING')?.type
  const mixed = other !== undefined && given.some(({ type }) => type.kind === 'STRING')
  return operands.map(({ sql, type }) => {
    if (mixed && type.kind === 'STRING' && isSimple(other)) return `TRY_CAST(${sql} AS ${meetingType(other)})`
    return onlyUserIds ? sql : align(sql, type, withoutUserIds(type))
  })
}

function isSimple(type: AmcType): boolean {
  return isNumber(type) || type.kind === 'BOOLEAN' || type.kind === 'DATE' || type.kind === 'TIMESTAMP'
}

function meetingType(type: AmcType): string {
  if (isInteger(type)) return 'BIGINT'
  return isNumber(type) ? 'DOUBLE' : duckType(type)
}
