import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Instant } from './paging.ts'

/** The least that entries of the audit log are kept. */
export const auditDaysAtLeast = 90

const Days = z.number().int().min(1).max(3650)
const AuditDays = Days.min(auditDaysAtLeast)
const DeliveryDays = Days.max(365)

/** How many days a workspace keeps what may go; null: for ever. */
export const Keeping = z.object({
  /** The rows of results with the files made of them, counted from the end of the run. Its facts and its SQL stay. */
  resultDays: Days.nullable(),
  auditDays: AuditDays.nullable(),
  /** What was sent to webhooks, and what came back. */
  deliveryDays: DeliveryDays,
})
export type Keeping = z.infer<typeof Keeping>

export const getKeeping = endpoint({
  method: 'GET',
  path: '/api/workspace/keeping',
  summary: 'How long the workspace keeps results and logs',
  tag: 'workspace',
  role: 'viewer',
  ok: { status: 200, body: Keeping },
  problems: [],
})

/** What is not named stays as it is. What is past its time is removed within minutes and does not come back. */
export const changeKeeping = endpoint({
  method: 'PUT',
  path: '/api/workspace/keeping',
  summary: 'Decide how long the workspace keeps results and logs',
  tag: 'workspace',
  role: 'owner',
  body: z.strictObject(Keeping.partial().shape),
  ok: { status: 200, body: Keeping },
  problems: [],
})

const inQuery = z.coerce.number().int()

/** Of what is not named nothing would go. */
export const previewKeeping = endpoint({
  method: 'GET',
  path: '/api/workspace/keeping/removes',
  summary: 'What would be removed now if so many days were kept',
  tag: 'workspace',
  role: 'owner',
  query: z.strictObject({
    resultDays: inQuery.pipe(Days).optional(),
    auditDays: inQuery.pipe(AuditDays).optional(),
    deliveryDays: inQuery.pipe(DeliveryDays).optional(),
  }),
  ok: {
    status: 200,
    body: z.object({
      /** Those whose rows would go, with the end of the earliest run and the size of their files. */
      results: z.object({
        count: z.number().int().nonnegative(),
        bytes: z.number().int().nonnegative(),
        oldest: Instant.nullable(),
      }),
      auditEntries: z.number().int().nonnegative(),
      deliveries: z.number().int().nonnegative(),
    }),
  },
  problems: [],
})
