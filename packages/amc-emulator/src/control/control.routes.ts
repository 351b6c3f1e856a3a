import type { FastifyInstance } from 'fastify'
import { jsonBody } from '../amc/definition.ts'
import { Refusal } from '../amc/refusal.ts'
import type { Context } from '../context.ts'
import { allCounts } from '../state/counts.store.ts'
import { expireAccessTokens, revokeGrants } from '../state/grants.store.ts'
import { ControlFault, readFault, readSettings } from './bodies.ts'

/** Not Amazon's: looking at the emulator and disturbing it, for tests in another process. JSON bodies, no sign-in. */
export function controlRoutes(app: FastifyInstance, ctx: Context): void {
  app.get('/_emulator/counts', async () => allCounts(ctx.db))
  app.get('/_emulator/settings', async () => ctx.settings)
  app.put('/_emulator/settings', (request, reply) => {
    demandJson(request.headers['content-type'])
    return reply.send(Object.assign(ctx.settings, accept(readSettings, request.body)))
  })
  app.post('/_emulator/faults', async (request, reply) => {
    demandJson(request.headers['content-type'])
    ctx.faults.add(accept(readFault, request.body))
    return reply.code(204).send()
  })
  app.get('/_emulator/faults', async () => ctx.faults.list())
  app.delete('/_emulator/faults', async (_request, reply) => {
    ctx.faults.clear()
    return reply.code(204).send()
  })
  app.delete<{ Params: { person: string } }>('/_emulator/grants/:person', async (request, reply) => {
    revokeGrants(ctx.db, request.params.person)
    return reply.code(204).send()
  })
  app.delete('/_emulator/access-tokens', async (_request, reply) => {
    expireAccessTokens(ctx.db)
    return reply.code(204).send()
  })
}

/** A page of another site can post forms and plain text to this address, but no JSON without being asked first. */
function demandJson(contentType: string | undefined): void {
  if (!/^application\/json\b/.test(contentType ?? '')) throw new Refusal(415, 'content-type must be application/json')
}

function accept<T>(read: (json: unknown) => T, body: unknown): T {
  try {
    return read(jsonBody(body))
  } catch (error) {
    if (error instanceof ControlFault) throw new Refusal(400, error.message)
    throw error
  }
}
