import { Redis } from 'ioredis'
import type { Log } from '#platform/log/log.ts'

/** Without the offline queue and with short time-outs a dead Redis costs a request a few milliseconds instead of seconds. */
export function connectRedis(url: string, log: Log): Redis {
  const redis = new Redis(url, {
    connectTimeout: 500,
    commandTimeout: 200,
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
  })
  let told = false
  redis.on('error', (error) => {
    if (!told)
      log.warn({ err: error }, 'Redis does not answer; requests are not limited and nothing is shared until it does')
    told = true
  })
  redis.on('ready', () => {
    told = false
  })
  return redis
}
