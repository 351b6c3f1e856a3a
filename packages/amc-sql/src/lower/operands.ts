import { fitsAll, isInteger, isNumber, isSimple, isTime, type AmcType } from '../resolve/types.ts'
import type { Expression } from '../tree.ts'
import { align, duckType, withoutUserIds } from './duck-types.ts'
import type { Lowering } from './lowering.ts'

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
  const numbers = given.some(({ type }) => isNumber(type))
  return operands.map(({ sql, type }) => {
    if (type.kind === 'BOOLEAN' && numbers) return `CAST(${sql} AS INTEGER)`
    if (mixed && type.kind === 'STRING' && isSimple(other)) return `TRY_CAST(${sql} AS ${meetingType(other)})`
    return onlyUserIds ? sql : align(sql, type, withoutUserIds(type))
  })
}

function meetingType(type: AmcType): string {
  if (isInteger(type)) return 'BIGINT'
  return isNumber(type) ? 'DOUBLE' : duckType(type)
}

/** An expression with its type. */
export function operandOf(l: Lowering, node: Expression): Operand {
  return { sql: l.expression(node), type: l.facts(node).type }
}

/** A value as text; a user id becomes the text that it is in AMC. */
export function asText({ sql, type }: Operand): string {
  return type.kind === 'STRING' && type.userId !== true ? sql : `CAST(${sql} AS VARCHAR)`
}

/** A value as a time; text that is none becomes NULL. */
export function asTime(l: Lowering, node: Expression): string {
  const sql = l.expression(node)
  return isTime(l.facts(node).type) ? sql : `TRY_CAST(${sql} AS TIMESTAMP)`
}
