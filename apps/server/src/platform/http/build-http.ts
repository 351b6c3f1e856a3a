import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import { Problem } from '@recomamp/contracts'
import type { Redis } from 'ioredis'
import Fastify, { type FastifyBaseLogger, type FastifyReply, type FastifyRequest, LogController } from 'fastify'
import { validatorCompiler } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import type { Config } from '#config.ts'
import type { Log } from '#platform/log/log.ts'
import { registerMetricsRoute } from '#platform/metrics/metrics-route.ts'
import type { Metrics } from '#platform/metrics/metrics.ts'
import { registerApiDocs } from './api-docs.ts'
import type { App, Caller } from './app-types.ts'
import { traceRequests } from '#platform/tracing/trace-requests.ts'
import type { Tracing } from '#platform/tracing/tracing.ts'
import { type KnownRoutes, collectRoutes } from './known-routes.ts'
import { answerUnreadable, registerProblemAnswers, sendProblem, whoseOf } from './problem-answers.ts'
import { registerRateLimits } from './rate-limits.ts'
import { basicHeaders, registerSecurityHeaders } from './security-headers.ts'
import { registerWebApp } from './web-app.ts'

export interface HttpOptions {
  readonly config: Config
  readonly redis: Redis | null
  readonly log: Log
  readonly metrics: Metrics
  readonly tracing: Tracing | null
  readonly metricsToken: string | null
  /** Reads what metrics ask for anew. */
  readonly refreshMetrics: () => Promise<void>
  readonly version: string
  /** Where the built web app lies. */
  readonly webFolder: string
  /** Who a Bearer token belongs to. */
  readonly identify: (token: string, address: string) => Caller | Promise<Caller>
  readonly isReady: () => boolean
  /** A handler threw a problem that its endpoint does not list. */
  readonly onUnlistedProblem: (message: string) => void
}

/** A Fastify app with everything that holds for all routes; features add theirs. */
export async function buildHttp(options: HttpOptions): Promise<App> {
  const { config, log } = options
  const logger: FastifyBaseLogger = log
  const app: App = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => crypto.randomUUID(),
    requestIdHeader: false,
    trustProxy: config.trustedProxies.length === 0 ? false : [...config.trustedProxies],
    bodyLimit: 4 * 1024 * 1024,
    // A keep-alive connection would otherwise hold the stop of the server.
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true },
    frameworkErrors: (cause, request, reply) => {
      const problem = new Problem('input-invalid', 'The address could not be read', { cause })
      void sendProblem(problem, request, reply.headers(basicHeaders))
    },
    clientErrorHandler: answerUnreadable,
  })
  app.setValidatorCompiler((part) => {
    const validate = validatorCompiler(part as Parameters<typeof validatorCompiler>[0])
    if (part.httpPart !== 'headers') return validate
    // A schema names the headers that the endpoint reads; the others must survive it.
    return (data: unknown) => {
      const result = Object(validate(data))
      return 'value' in result ? { value: { ...Object(data), ...result.value } } : result
    }
  })
  app.setSerializerCompiler(({ schema }) => {
    const parser = schema as unknown as z.ZodType
    return (data) => JSON.stringify(parser.parse(data))
  })
  registerProblemAnswers(app, options.onUnlistedProblem)
  const routes = collectRoutes(app)
  if (options.tracing !== null) traceRequests(app, options.tracing)
  await registerSecurityHeaders(app, config)
  registerIdentity(app, options)
  await app.register(cookie)
  // Requests are small and come as they are: unpacking them would be a way to send far more than is taken.
  await app.register(compress, {
    threshold: 1024,
    encodings: ['br', 'gzip'],
    brotliOptions: { params: { 1: 4 } },
    globalDecompression: false,
  })
  await registerRateLimits(app, options)
  registerRequestLog(app, log)
  registerRequestTimes(app, options.metrics)
  registerMetricsRoute(app, { ...options, token: options.metricsToken, refresh: options.refreshMetrics })
  registerProbes(app, options)
  await registerApiDocs(app, options.version)
  const sendPage = await registerWebApp(app, options.webFolder)
  registerNotFound(app, routes, sendPage)
  return app
}

function registerIdentity(app: App, { identify }: HttpOptions): void {
  app.decorateRequest('caller', 'nobody')
  app.addHook('onRequest', async (request) => {
    const header = request.headers.authorization
    if (header !== undefined && /^bearer /i.test(header))
      request.caller = await identify(header.slice(7).trim(), request.ip)
  })
}

/** One line for what changes something, fails or takes long; the rest only at debug. Addresses without their query, which may hold secrets. */
function registerRequestLog(app: App, log: Log): void {
  app.addHook('onResponse', (request, reply, done) => {
    const notable = reply.statusCode >= 400 || reply.elapsedTime > 1000 || request.method !== 'GET'
    const level = notable ? 'info' : 'debug'
    if (log.isLevelEnabled(level))
      request.log[level](
        {
          method: request.method,
          route: request.routeOptions.url ?? 'none',
          status: reply.statusCode,
          ms: Math.round(reply.elapsedTime),
          ...whoseOf(request),
        },
        'request',
      )
    done()
  })
}

/** By the pattern of the route, so that ids make no series of their own. A stream lives as long as its browser: its time says nothing. */
function registerRequestTimes(app: App, { requests }: Metrics): void {
  app.addHook('onResponse', ({ method, routeOptions }, reply, done) => {
    if (routeOptions.config.isStream !== true)
      requests.observe(
        { method, route: routeOptions.url ?? 'none', status: reply.statusCode },
        reply.elapsedTime / 1000,
      )
    done()
  })
}

function registerProbes(app: App, { isReady }: HttpOptions): void {
  app.get('/healthz', (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'ok' }))
  app.get('/readyz', (_request, reply) => {
    if (!isReady()) throw new Problem('starting')
    return reply.header('cache-control', 'no-store').send({ status: 'ready' })
  })
}

function registerNotFound(
  app: App,
  routes: KnownRoutes,
  sendPage: ((reply: FastifyReply) => Promise<void>) | null,
): void {
  app.setNotFoundHandler(async (request: FastifyRequest, reply) => {
    const path = request.url.split('?', 1)[0] ?? '/'
    const isApi = path === '/api' || path.startsWith('/api/')
    if (!isApi && sendPage !== null && (request.method === 'GET' || request.method === 'HEAD') && !path.includes('.')) {
      await sendPage(reply)
      return reply
    }
    const allowed = routes.methodsOf(path)
    if (allowed.length === 0) throw new Problem('route-not-found', `There is nothing at ${path}`)
    reply.header('allow', allowed.join(', '))
    throw new Problem('method-not-allowed', `${path} knows ${allowed.join(', ')}`)
  })
}
