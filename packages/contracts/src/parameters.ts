import { z } from 'zod'

/** One value of a parameter as JSON; a list is an array. Types are checked against the declaration when the run is compiled. */
export const ScalarValue = z.union([z.string().max(100_000), z.number(), z.boolean(), z.null()])
export const ParameterValue = z.union([ScalarValue, z.array(ScalarValue).max(100_000)])
export const ParameterValues = z.record(z.string().max(200), ParameterValue)

export const ParameterType = z.enum(['STRING', 'INTEGER', 'LONG', 'DECIMAL', 'DOUBLE', 'BOOLEAN', 'DATE', 'TIMESTAMP'])

/** The declaration of a `{{name}}`; `whenEmpty: all` makes an empty list mean "no filter". */
export const ParameterDeclaration = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9_]*$/)
    .max(200),
  type: ParameterType,
  list: z.boolean().default(false),
  whenEmpty: z.enum(['error', 'all']).default('error'),
  default: ParameterValue.optional(),
  description: z.string().max(2000).optional(),
})
export type ParameterDeclaration = z.infer<typeof ParameterDeclaration>
