import type { FastifyRequest } from 'fastify'
import type { App } from '#platform/http/app-types.ts'
import type { OpenSpan, Tracing } from './tracing.ts'

/** A span for each request of the API, by the pattern of its route; streams end when their reader leaves, and tell nothing. */
export function traceRequests(app: App, tracing: Tracing): void {
  const open = new WeakMap<FastifyRequest, OpenSpan>()
  app.addHook('onRequest', (request, _reply, done) => {
    const route = request.routeOptions.url
    if (route?.startsWith('/api/') !== true || request.routeOptions.config.isStream === true) return done()
    open.set(request, tracing.begin(`${request.method} ${route}`, request.headers, done))
  })
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none'
    const attributes = {
      'http.request.method': request.method,
      'http.route': route,
      'http.response.status_code': reply.statusCode,
      'recomamp.request_id': request.id,
    }
    open.get(request)?.end(attributes, reply.statusCode >= 500)
    done()
  })
}
