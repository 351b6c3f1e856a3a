import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { Refusal } from '../amc/refusal.ts'
import type { Context } from '../context.ts'
import { addCount } from '../state/counts.store.ts'
import type { Fault } from './faults.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Amazon's operation id. */
    operation?: string
  }
  interface FastifyRequest {
    fault: Fault | null
  }
}

/** Counts every call of an operation and disturbs those that a fault names. */
export function addFaultHooks(app: FastifyInstance, ctx: Context): void {
  app.decorateRequest('fault', null)
  app.addHook('preHandler', async (request, reply) => {
    const operation = request.routeOptions.config.operation
    if (operation === undefined) return
    addCount(ctx.db, 'call', operation)
    const fault = ctx.faults.take(operation, request.url.startsWith('/amc/'))
    if (fault === null) return
    request.fault = fault
    if (fault.delayBeforeMs !== undefined) await wait(fault.delayBeforeMs)
    if (fault.drop === 'before') {
      reply.hijack()
      request.raw.socket.destroy()
      return
    }
    if (fault.status !== undefined)
      throw new Refusal(fault.status, fault.details ?? textOf(fault.status), fault.retryAfterSeconds ?? null)
  })
  app.addHook('onSend', async (request, _reply, payload) => {
    if (request.fault?.delayAfterMs !== undefined) await wait(request.fault.delayAfterMs)
    if (request.fault?.drop === 'after') request.raw.socket.destroy()
    return payload
  })
}

function textOf(status: number): string {
  if (status === 429) return 'Too Many Requests'
  if (status === 504) return 'Endpoint request timed out'
  return status === 401 ? 'Authentication failed' : 'Internal error'
}
