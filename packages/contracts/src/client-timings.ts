import { z } from 'zod'
import { endpoint } from './endpoint.ts'

/** How long something took in a browser. */
export const ClientTiming = z.strictObject({
  kind: z.enum(['page-load', 'route-change', 'slow-call']),
  /** The pattern of a page or an address of the API, such as `/executions/$executionId`: never an id or a value. */
  place: z
    .string()
    .max(100)
    .regex(/^\/[A-Za-z0-9/$:_-]*$/, 'must be the pattern of an address'),
  ms: z.number().int().min(0).max(600_000),
})
export type ClientTiming = z.infer<typeof ClientTiming>

export const reportTimings = endpoint({
  method: 'POST',
  path: '/api/client-timings',
  summary: 'Tell how long pages and calls took in the browser',
  tag: 'status',
  role: 'viewer',
  body: z.strictObject({ timings: z.array(ClientTiming).min(1).max(100) }),
  ok: { status: 204, body: z.undefined() },
  problems: [],
})
