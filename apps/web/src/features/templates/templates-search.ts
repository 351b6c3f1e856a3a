import { z } from 'zod'

/** What the address of the library holds; what does not parse is dropped. */
export const TemplatesSearch = z.object({
  q: z.string().max(200).optional().catch(undefined),
  tag: z.string().max(100).optional().catch(undefined),
  difficulty: z.number().int().min(1).max(4).optional().catch(undefined),
  of: z.enum(['workspace']).optional().catch(undefined),
  here: z.boolean().optional().catch(undefined),
  open: z.string().max(200).optional().catch(undefined),
})
export type TemplatesSearch = z.infer<typeof TemplatesSearch>
