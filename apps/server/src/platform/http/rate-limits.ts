import rateLimit from '@fastify/rate-limit'
import { Problem } from '@recomamp/contracts'
import type { FastifyRequest } from 'fastify'
import { Redis } from 'ioredis'
import { minutes } from '#platform/time.ts'
import type { Config } from '#config.ts'
import type { Log } from '#platform/log/log.ts'
import type { App, LimitGroup } from './app-types.ts'

/** Requests a minute: per person with a valid session, otherwise per address. Only the API counts; pages and probes do not.
 *  With Redis the limits hold over all processes; when Redis does not answer within 200 ms, requests pass unlimited. */
export async function registerRateLimits(app: App, config: Config, redisUrl: string | null, log: Log): Promise<void> {
  const redis = redisUrl === null ? null : connect(redisUrl, log)
  if (redis !== null) app.addHook('onClose', () => redis.disconnect())
  await app.register(rateLimit, {
    max: (request: FastifyRequest) => allowance(config, request),
    timeWindow: minutes(1),
    keyGenerator: (request: FastifyRequest) => keyOf(request),
    // By the route, not by the address as it came: `/%61pi/…` and `http://…/api/…` lead there too.
    allowList: (request: FastifyRequest) => !(request.routeOptions.url ?? request.url).startsWith('/api/'),
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
  if (group === 'sign-in' || typeof request.caller === 'string') return `${group}:${request.ip}`
  return `${group}:${request.caller.userId}`
}

function allowance(config: Config, request: FastifyRequest): number {
  const { perAddress, signedIn } = config.rateLimits
  const group = groupOf(request)
  if (group === 'sign-in') return Math.ceil(perAddress / 10)
  if (typeof request.caller === 'string') return perAddress
  return group === 'frequent' ? Math.ceil(signedIn * 2.5) : signedIn
}

/** Without the offline queue and with short time-outs a dead Redis costs a request a few milliseconds instead of seconds. */
function connect(url: string, log: Log): Redis {
  const redis = new Redis(url, {
    connectTimeout: 500,
    commandTimeout: 200,
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
  })
  let told = false
  redis.on('error', (error) => {
    if (!told) log.warn({ err: error }, 'Redis does not answer; requests are not limited until it does')
    told = true
  })
  redis.on('ready', () => {
    told = false
  })
  return redis
}
