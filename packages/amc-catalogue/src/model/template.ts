import { z } from 'zod'

const Scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])

/** The declaration of a `{{name}}`, in the form that `amc-sql` takes. */
const TemplateParameter = z.strictObject({
  name: z.string().min(1),
  type: z.enum(['STRING', 'INTEGER', 'LONG', 'DECIMAL', 'DOUBLE', 'BOOLEAN', 'DATE', 'TIMESTAMP']),
  list: z.boolean(),
  whenEmpty: z.enum(['error', 'all']),
  default: z.union([Scalar, z.array(Scalar)]).exactOptional(),
  description: z.string().exactOptional(),
})
export type TemplateParameter = z.infer<typeof TemplateParameter>

/** The `.json` file of an analysis; its query is the `.sql` file of the same name beside it. */
export const TemplateDescription = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/, 'must be lower-case letters, digits and hyphens'),
  /** The question that the analysis answers, as people ask it. */
  question: z.string().min(1),
  name: z.string().min(1),
  category: z.string().min(1),
  tags: z.array(z.string()),
  /** 1 one table and a group-by … 4 several models, phases or arrays. */
  difficulty: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
  tables: z.array(z.string()),
  parameters: z.array(TemplateParameter),
  /** How to read the result, and where it misleads. */
  reading: z.string().min(1),
})

/** An analysis that ships with the product or comes from a repository. */
export const QueryTemplateFile = TemplateDescription.extend({ sqlTemplate: z.string() })
export type QueryTemplateFile = z.infer<typeof QueryTemplateFile>
