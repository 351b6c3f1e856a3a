import { z } from 'zod'

/** AMC's data types by name. */
export const simpleDataTypes = [
  'BINARY',
  'BOOLEAN',
  'BYTE',
  'CALENDAR_INTERVAL',
  'DATE',
  'DECIMAL',
  'DOUBLE',
  'FLOAT',
  'INTEGER',
  'LONG',
  'SHORT',
  'STRING',
  'TIMESTAMP',
] as const

/** A data type as it may be sent: a name, or an array type as an object. */
export const DataTypeSent = z.union([
  z.enum(simpleDataTypes),
  z.strictObject({ type: z.literal('ARRAY'), elementDataType: z.enum(simpleDataTypes) }),
])
export type DataTypeSent = z.infer<typeof DataTypeSent>

/** A data type as it may come back: any name, or an array type with its element's name. */
export const DataTypeRead = z.union([
  z.string(),
  z.object({
    type: z.string(),
    elementDataType: z
      .string()
      .nullish()
      .transform((name) => name ?? null),
  }),
])
export type DataTypeRead = z.infer<typeof DataTypeRead>

/** One word for a data type that came back: `LONG`, `ARRAY<STRING>`. */
export function dataTypeName(type: DataTypeRead): string {
  if (typeof type === 'string') return type
  return type.elementDataType === null ? type.type : `${type.type}<${type.elementDataType}>`
}
