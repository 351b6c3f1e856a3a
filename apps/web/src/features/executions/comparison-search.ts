import { RowChange } from '@recomamp/contracts'
import { z } from 'zod'

/** The sizes below which changes are not shown. */
export const leastChanges = ['0', '0.01', '0.05', '0.1', '0.25'] as const

/** What the address of a comparison holds beside the two executions. */
export const comparisonSearch = {
  kind: RowChange.optional().catch(undefined),
  by: z.array(z.string().max(300)).max(100).optional().catch(undefined),
  order: z.string().max(300).optional().catch(undefined),
  least: z.enum(leastChanges).optional().catch(undefined),
  show: z.array(z.string().max(300)).max(1000).optional().catch(undefined),
}
export type ComparisonSearch = z.infer<z.ZodObject<typeof comparisonSearch>>
