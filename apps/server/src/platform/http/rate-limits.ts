import rateLimit from '@fastify/rate-limit'
import { type LimitGroup, Problem } from '@recomamp/contracts'
import type { FastifyRequest } from 'fastify'
import type { Redis } from 'ioredis'
import { minutes } from '#platform/time.ts'
import type { Config } from '#config.ts'
import type { Metrics } from '#platform/metrics/metrics.ts'
import type { App } from './app-types.ts'

/** Requests a minute: per person with a valid session, otherwise per address. Only the API counts; pages and probes do not.
 *  With Redis the limits hold over all processes; when Redis does not answer within 200 ms, requests pass unlimited. */
export async function registerRateLimits(
  app: App,
  { config, redis, metrics }: { config: Config; redis: Redis | null; metrics: Metrics },
): Promise<void> {
  await app.register(rateLimit, {
    max: (request: FastifyRequest) => allowance(config, request),
    timeWindow: minutes(1),
    keyGenerator: (request: FastifyRequest) => keyOf(request),
    // By the route, not by the address as it came: `/%61pi/…` and `http://…/api/…` lead there too.
    allowList: (request: FastifyRequest) => !(request.routeOptions.url ?? request.url).startsWith('/api/'),
    onExceeded: (request: FastifyRequest) =>
      metrics.rateLimited.inc({
        group: groupOf(request),
        caller: typeof request.caller === 'string' ? 'address' : request.caller.via.kind,
      }),
    errorResponseBuilder: () =>
      new Problem('too-many-requests', 'Wait for the seconds that the header Retry-After names, then go on'),
    // Headers on every answer would cost more than they tell; a refused request carries Retry-After.
    addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
    cache: 50_000,
    skipOnError: true,
    nameSpace: 'recomamp:limit:',
    ...(redis === null ? {} : { redis }),
  })
}

function groupOf(request: FastifyRequest): LimitGroup {
  return request.routeOptions.config.limit ?? 'ordinary'
}

function keyOf(request: FastifyRequest): string {
  const group = groupOf(request)
  if (allowances[group].signedIn === null || typeof request.caller === 'string') return `${group}:${request.ip}`
  return `${group}:${request.caller.userId}`
}

/** The one table of allowances, as a part of what the settings give: `perAddress` without a valid session, `signedIn` per person. Which
 *  group a route counts against, its endpoint says. */
const allowances = {
  ordinary: { open: 1, signedIn: 1 },
  frequent: { open: 1, signedIn: 2.5 },
  // Per address, whoever asks.
  'sign-in': { open: 0.1, signedIn: null },
} as const satisfies Record<LimitGroup, { open: number; signedIn: number | null }>

function allowance(config: Config, request: FastifyRequest): number {
  const { perAddress, signedIn } = config.rateLimits
  const { open, signedIn: part } = allowances[groupOf(request)]
  return part === null || typeof request.caller === 'string' ? Math.ceil(perAddress * open) : Math.ceil(signedIn * part)
}
