import cors from '@fastify/cors'
import helmet from '@fastify/helmet'
import type { Config } from '#config.ts'
import type { App } from './app-types.ts'

/** The policy of every answer that is no page: nothing may load from it. */
const closedPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** The policy of a thread beside the page, which its own answer sets: it loads further scripts of ours when they are first needed. */
export const workerPolicy = `${closedPolicy}; script-src 'self'`

/** What every answer carries, also one to a request that no hook sees because its address cannot be read. */
export const basicHeaders = {
  'content-security-policy': closedPolicy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
} as const

/** The policy of the web app: its own files, the API, and style elements that carry the page's nonce (the editor makes such). */
export function pagePolicy(nonce: string, apiOrigin = ''): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ${apiOrigin}`.trimEnd(),
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ')
}

/** Security headers on every answer, errors and files too; CORS headers for the configured origins only. */
export async function registerSecurityHeaders(app: App, config: Config): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: false,
    // Over plain HTTP on a developer's machine the header would lock the browser out of every other local server.
    hsts: config.environment === 'production' ? { maxAge: 63_072_000, includeSubDomains: true } : false,
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
  })
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('content-security-policy', closedPolicy)
    done()
  })
  const origins = [...config.allowedOrigins, ...(config.webUrl === null ? [] : [config.webUrl])]
  if (origins.length === 0) return
  await app.register(cors, {
    origin: origins,
    credentials: true,
    methods: ['GET', 'POST', 'PUT', 'DELETE'],
    allowedHeaders: ['authorization', 'content-type', 'idempotency-key', 'last-event-id'],
    exposedHeaders: ['retry-after', 'etag'],
    maxAge: 600,
  })
}
