import { randomBytes } from 'node:crypto'
import { fastify } from 'fastify'
import type { FastifyInstance } from 'fastify'
import { addFaultHooks } from '../control/fault-hooks.ts'
import type { Context } from '../context.ts'
import { Refusal } from './refusal.ts'

/** The listener with what all of Amazon's answers share: request ids, bodies read as text whatever their type, error bodies. */
export function createApp(ctx: Context): FastifyInstance {
  const app = fastify({ bodyLimit: 8 * 1024 * 1024, forceCloseConnections: true })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  app.addHook('onRequest', async (_request, reply) => {
    const id = requestId()
    reply.header('x-amz-rid', id).header('x-amz-request-id', id)
  })
  addFaultHooks(app, ctx)
  app.setErrorHandler((error, request, reply) => {
    const refusal = error instanceof Refusal ? error : new Refusal(statusOf(error), messageOf(error))
    if (refusal.retryAfterSeconds !== null) reply.header('retry-after', String(refusal.retryAfterSeconds))
    return reply
      .code(refusal.status)
      .type('application/json')
      .send(bodyOf(refusal, request.routeOptions.url, reply))
  })
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ message: 'No such resource' }))
  return app
}

/** Twenty upper-case letters and digits, as recorded. */
function requestId(): string {
  return [...randomBytes(20)].map((byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'[byte % 36]).join('')
}

function bodyOf(refusal: Refusal, route: string | undefined, reply: { getHeader(name: string): unknown }) {
  if (route === '/amc/accounts') return { message: refusal.message, requestId: reply.getHeader('x-amz-rid') }
  // The gateway in front of the service has a body of its own.
  if (refusal.status >= 502) return { message: refusal.message }
  return { code: String(refusal.status), details: refusal.message }
}

function statusOf(error: unknown): number {
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
  return status >= 400 && status < 600 ? status : 500
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'Internal error'
}
