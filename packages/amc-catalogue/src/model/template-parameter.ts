import { z } from 'zod'

const Scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])

/** What a parameter can be given. */
export const templateParameterValue = z.union([Scalar, z.array(Scalar)])

/** The declaration of a `{{name}}`, in the form that `amc-sql` takes. */
export const TemplateParameter = z.strictObject({
  name: z.string().min(1),
  type: z.enum(['STRING', 'INTEGER', 'LONG', 'DECIMAL', 'DOUBLE', 'BOOLEAN', 'DATE', 'TIMESTAMP']),
  list: z.boolean(),
  whenEmpty: z.enum(['error', 'all']),
  default: templateParameterValue.exactOptional(),
  description: z.string().exactOptional(),
})
export type TemplateParameter = z.infer<typeof TemplateParameter>
