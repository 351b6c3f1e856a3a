import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { jsonBody, readWith } from '../amc/definition.ts'
import type { Context } from '../context.ts'
import { allCounts } from '../state/counts.store.ts'
import { revokeGrants } from '../state/grants.store.ts'
import { Refusal } from '../amc/refusal.ts'

const milliseconds = z.number().int().min(0)

const FaultBody = z.strictObject({
  operation: z.string().min(1),
  times: z.number().int().positive().nullable().optional(),
  delayBeforeMs: milliseconds.optional(),
  delayAfterMs: milliseconds.optional(),
  drop: z.enum(['before', 'after']).optional(),
  status: z.number().int().min(400).max(599).optional(),
  retryAfterSeconds: z.number().int().min(0).optional(),
  details: z.string().optional(),
})

const SettingsBody = z
  .strictObject({
    accessTokenSeconds: z.number().int().min(1),
    linkSeconds: z.number().int().min(0),
    pendingMs: milliseconds.max(60_000),
    runningMs: milliseconds,
    partBytes: z.number().int().min(1),
    zoneSuffix: z.enum(['refuse', 'empty', 'accept']),
    wrapSingles: z.boolean(),
    rejectExecutions: z.string().nullable(),
  })
  .partial()

/** Not Amazon's: looking at the emulator and disturbing it, for tests in another process. JSON bodies, no sign-in. */
export function controlRoutes(app: FastifyInstance, ctx: Context): void {
  app.get('/_emulator/counts', async () => allCounts(ctx.db))
  app.get('/_emulator/settings', async () => ctx.settings)
  app.put('/_emulator/settings', (request, reply) => {
    demandJson(request.headers['content-type'])
    return reply.send(Object.assign(ctx.settings, readWith(SettingsBody, jsonBody(request.body))))
  })
  app.post('/_emulator/faults', async (request, reply) => {
    demandJson(request.headers['content-type'])
    ctx.faults.add(withoutUndefined(readWith(FaultBody, jsonBody(request.body))))
    return reply.code(204).send()
  })
  app.delete('/_emulator/faults', async (_request, reply) => {
    ctx.faults.clear()
    return reply.code(204).send()
  })
  app.delete<{ Params: { person: string } }>('/_emulator/grants/:person', async (request, reply) => {
    revokeGrants(ctx.db, request.params.person)
    return reply.code(204).send()
  })
}

/** A page of another site can post forms and plain text to this address, but no JSON without being asked first. */
function demandJson(contentType: string | undefined): void {
  if (!/^application\/json\b/.test(contentType ?? '')) throw new Refusal(415, 'content-type must be application/json')
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> }

function withoutUndefined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as Defined<T>
}
