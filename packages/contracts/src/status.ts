import { AmcInstanceId } from '@recomamp/amc-wire'
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { InstanceId } from './ids.ts'
import { Instant } from './paging.ts'

/** `late`: two rounds have not come; `overdue`: five; `failing`: the last round failed. */
export const LoopState = z.enum(['on-time', 'late', 'overdue', 'failing'])
export type LoopState = z.infer<typeof LoopState>

/** A background loop, as the process tells that was heard last. */
export const BackgroundLoop = z.object({
  name: z.string(),
  state: LoopState,
  /** Between the end of a round and the next one. */
  everyMs: z.number().nonnegative(),
  lastSignAt: Instant,
  lastEndedAt: Instant.nullable(),
  /** The latest forty, oldest first. */
  rounds: z.array(z.object({ at: Instant, tookMs: z.number().nonnegative(), failed: z.boolean() })),
  /** Processes that run it. */
  processes: z.number().int().nonnegative(),
})
export type BackgroundLoop = z.infer<typeof BackgroundLoop>

/** Calls to AMC since the processes that run now have started. */
export const AmcCallFigures = z.object({
  operation: z.string(),
  sent: z.number().int().nonnegative(),
  refused: z.number().int().nonnegative(),
  slowedDown: z.number().int().nonnegative(),
  /** 5xx, or no answer at all. */
  failed: z.number().int().nonnegative(),
  /** Under which 95 of 100 answers came; null where the figure is beyond what is measured. */
  p95Ms: z.number().nonnegative().nullable(),
})
export type AmcCallFigures = z.infer<typeof AmcCallFigures>

/** How much of this workspace waits and is under way. */
const Work = z.object({
  executions: z.object({
    queued: z.number().int().nonnegative(),
    atAmc: z.number().int().nonnegative(),
    fetching: z.number().int().nonnegative(),
  }),
  exports: z.number().int().nonnegative(),
  messages: z.number().int().nonnegative(),
})

export const getStatus = endpoint({
  method: 'GET',
  path: '/api/status',
  summary: 'How background work, calls to Amazon and this installation stand',
  tag: 'status',
  role: 'viewer',
  limit: 'frequent',
  ok: {
    status: 200,
    body: z.object({
      at: Instant,
      loops: z.array(BackgroundLoop),
      work: Work,
      polling: z.object({ lastAnswerAt: Instant.nullable(), overdueSeconds: z.number().nonnegative() }),
      calls: z.object({ since: Instant, operations: z.array(AmcCallFigures) }),
      slots: z.object({
        limit: z.number().int().positive(),
        instances: z.array(
          z.object({
            id: InstanceId,
            name: z.string(),
            amcInstanceId: AmcInstanceId,
            taken: z.number().int().nonnegative(),
            waiting: z.number().int().nonnegative(),
          }),
        ),
      }),
      /** Webhooks of the workspace that do not get through or are paused. */
      failingWebhooks: z.number().int().nonnegative(),
      installation: z.object({
        version: z.string(),
        migration: z.number().int(),
        database: z.enum(['embedded', 'postgresql']),
        databaseBytes: z.number().int().nonnegative(),
        resultBytes: z.number().int().nonnegative(),
        /** Under which 95 of 100 answers of the process that answers this came; null before the first one. */
        answersP95Ms: z.number().nonnegative().nullable(),
        processes: z.array(z.object({ role: z.string(), version: z.string(), startedAt: Instant, seenAt: Instant })),
      }),
    }),
  },
  problems: [],
})
