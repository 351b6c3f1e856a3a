import { createHash, timingSafeEqual } from 'node:crypto'
import { Problem } from '@recomamp/contracts'
import type { FastifyRequest } from 'fastify'
import type { Config } from '#config.ts'
import type { App } from '#platform/http/app-types.ts'
import type { Metrics } from './metrics.ts'

/** `GET /metrics` in Prometheus's text form: for who holds METRICS_TOKEN; without one, in development, for this machine alone.
 *  `refresh` brings up to date what is asked for rather than counted. */
export function registerMetricsRoute(
  app: App,
  parts: { metrics: Metrics; config: Config; token: string | null; refresh: () => Promise<void> },
): void {
  const { metrics, config, token } = parts
  app.get('/metrics', async (request, reply) => {
    if (!isAllowed(request, config, token))
      throw new Problem(
        'not-signed-in',
        token === null
          ? 'Set METRICS_TOKEN and send it as a Bearer token; without it only this machine may ask, in development'
          : 'Send METRICS_TOKEN as a Bearer token',
      )
    await parts.refresh()
    return reply
      .header('cache-control', 'no-store')
      .type(metrics.registry.contentType)
      .send(await metrics.registry.metrics())
  })
}

function isAllowed(request: FastifyRequest, { environment }: Config, token: string | null): boolean {
  if (token !== null) return isEqual(request.headers.authorization ?? '', `Bearer ${token}`)
  // A proxy on this machine would lend its own address to everybody.
  const isForwarded = request.headers['x-forwarded-for'] !== undefined || request.headers.forwarded !== undefined
  const address = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '')
  return environment === 'development' && !isForwarded && (address === '::1' || address.startsWith('127.'))
}

function isEqual(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}
