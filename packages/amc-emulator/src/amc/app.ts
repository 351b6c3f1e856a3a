import { fastify } from 'fastify'
import type { FastifyInstance } from 'fastify'
import { addFaultHooks } from '../control/fault-hooks.ts'
import type { Context } from '../context.ts'
import { sendJson } from './answer.ts'
import { Refusal } from './refusal.ts'
import { requestId } from './request-id.ts'

/** The listener with what all of Amazon's answers share: request ids, bodies read as text whatever their type, error bodies. */
export function createApp(ctx: Context): FastifyInstance {
  const app = fastify({
    bodyLimit: 8 * 1024 * 1024,
    forceCloseConnections: true,
    // AWS's clients put a slash before the question mark.
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true, maxParamLength: 4096 },
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
  app.addHook('onRequest', async (request, reply) => {
    // Amazon reads a body whatever it is called; only the emulator's own switches look at the type.
    if (request.headers['content-type'] !== undefined && !request.url.startsWith('/_emulator/'))
      request.headers['content-type'] = 'text/plain'
    const id = requestId(20)
    reply.header('x-amz-rid', id).header('x-amz-request-id', id).header('date', ctx.now().toUTCString())
  })
  addFaultHooks(app, ctx)
  app.setErrorHandler((error, request, reply) => {
    const refusal = error instanceof Refusal ? error : new Refusal(statusOf(error), messageOf(error))
    if (refusal.retryAfterSeconds !== null) reply.header('retry-after', String(refusal.retryAfterSeconds))
    return sendJson(reply.code(refusal.status), 'application/json', bodyOf(refusal, request.routeOptions.url, reply))
  })
  app.setNotFoundHandler((_request, reply) =>
    sendJson(reply.code(404), 'application/json', { message: 'No such resource' }),
  )
  return app
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
