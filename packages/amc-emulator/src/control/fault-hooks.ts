import { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { bearerTokenOf } from '../amc/caller.ts'
import { Refusal } from '../amc/refusal.ts'
import type { Context } from '../context.ts'
import { addCount } from '../state/counts.store.ts'
import { expireAccessTokens, holderOf, revokeGrants } from '../state/grants.store.ts'
import { type Fault, nameOfFault } from './faults.ts'
import { mutatedBody } from './mutate.ts'
import type { Operation } from './operations.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Amazon's operation id. */
    operation?: Operation
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
    const fault = ctx.faults.take(operation, request.routeOptions.url?.startsWith('/amc/') === true)
    if (fault === null) return
    request.fault = fault
    addCount(ctx.db, 'fault', nameOfFault(operation, fault))
    if (fault.delayBeforeMs !== undefined) await wait(fault.delayBeforeMs)
    if (fault.drop === 'before') {
      reply.hijack()
      request.raw.socket.destroy()
      return
    }
    if (fault.token !== undefined) endToken(ctx, request, fault.token)
    if (fault.status !== undefined)
      throw new Refusal(fault.status, fault.details ?? textOf(fault.status), fault.retryAfterSeconds ?? null)
  })
  app.addHook('onSend', async (request, reply, payload) => {
    const { fault } = request
    if (fault === null) return payload
    if (fault.delayAfterMs !== undefined) await wait(fault.delayAfterMs)
    if (fault.drop === 'after') request.raw.socket.destroy()
    let body: unknown = payload
    if (fault.mutate === true && Buffer.isBuffer(body)) {
      body = Buffer.from(mutatedBody(body.toString(), ctx.faults.random))
      reply.removeHeader('content-length')
    }
    return fault.truncateAfterBytes === undefined ? body : brokenOff(body, fault.truncateAfterBytes, reply)
  })
}

function endToken(ctx: Context, request: FastifyRequest, how: NonNullable<Fault['token']>): void {
  const token = bearerTokenOf(request)
  if (token === null) return
  const person = how === 'revoke' ? holderOf(ctx.db, token) : null
  if (person !== null) revokeGrants(ctx.db, person)
  else expireAccessTokens(ctx.db, token)
}

/** The beginning of a body, after which its stream fails: the connection breaks with fewer bytes than announced. */
function brokenOff(body: unknown, bytes: number, reply: { header(name: string, value: number): unknown }): unknown {
  if (Buffer.isBuffer(body)) reply.header('content-length', body.length)
  const source = Buffer.isBuffer(body) ? [body] : body
  if (!isChunks(source)) return body
  return Readable.from(
    (async function* () {
      let left = bytes
      for await (const chunk of source) {
        if (left > 0) yield chunk.subarray(0, left)
        left -= chunk.length
        // The bytes before the break are to arrive.
        if (left <= 0) await wait(50)
        if (left <= 0) throw new Error('broken off on purpose')
      }
    })(),
  )
}

function isChunks(body: unknown): body is Iterable<Buffer> | AsyncIterable<Buffer> {
  return typeof body === 'object' && body !== null && (Symbol.asyncIterator in body || Array.isArray(body))
}

function textOf(status: number): string {
  if (status === 429) return 'Too Many Requests'
  if (status === 504) return 'Endpoint request timed out'
  return status === 401 ? 'Authentication failed' : 'Internal error'
}
