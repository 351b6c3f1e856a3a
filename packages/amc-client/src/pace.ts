import type { AmcInstanceId, EntityId } from '@recomamp/amc-wire'
import { AmcError } from './amc-error.ts'
import { type AmcRequest, sentIdsOf } from './amc-request.ts'
import { backoffMs } from './backoff.ts'

/** Keeps calls from an instance, or a whole account, that Amazon has asked to be called less often. Shared by all clients of a process:
 *  what one connection was told holds for the others. */
export interface Pace {
  /** Throws an AmcError of kind `throttled`, without sending anything, while Amazon wants to be left alone. */
  demandFree(request: AmcRequest<unknown>): void
  /** Takes note of an answer: 429, or 503 with a time, begins or lengthens a pause; any other ends the row of failures. */
  answered(request: AmcRequest<unknown>, status: number, retryAfterMs: number | null): void
}

const firstPauseMs = 1000
/** So many instances of an account slowed down at once mean the account. */
const instancesForAccount = 3
/** A Retry-After beyond that is not believed: a mistaken header would silence an instance for good. */
const longestPauseMs = 3_600_000

interface Slowed {
  readonly entity: EntityId
  failures: number
  until: number
}

export function createPace(now: () => Date, random: () => number = Math.random): Pace {
  const slowed = new Map<EntityId | AmcInstanceId, Slowed>()

  function slow(key: EntityId | AmcInstanceId, entity: EntityId, retryAfterMs: number | null): void {
    const failures = (slowed.get(key)?.failures ?? 0) + 1
    const pauseMs = Math.min(longestPauseMs, backoffMs(failures, firstPauseMs, retryAfterMs, random()))
    slowed.set(key, { entity, failures, until: now().getTime() + pauseMs })
  }

  function pausedInstances(entity: EntityId): number {
    const at = now().getTime()
    return [...slowed].filter(([key, one]) => key !== entity && one.entity === entity && one.until > at).length
  }

  return {
    demandFree(request) {
      if (request.target === null) return
      const keys = [request.target.entityId, request.instance]
      const until = Math.max(...keys.map((key) => (key === null ? 0 : (slowed.get(key)?.until ?? 0))))
      const retryAfterMs = until - now().getTime()
      if (retryAfterMs <= 0) return
      throw new AmcError('throttled', request.operation, {
        retryAfterMs,
        detail: 'not sent: Amazon has asked for a pause that is not over',
        sent: sentIdsOf(request),
      })
    },
    answered({ target, instance }, status, retryAfterMs) {
      if (target === null) return
      const key = instance ?? target.entityId
      if (status === 429 || (status === 503 && retryAfterMs !== null)) {
        slow(key, target.entityId, retryAfterMs)
        if (instance !== null && pausedInstances(target.entityId) >= instancesForAccount)
          slow(target.entityId, target.entityId, retryAfterMs)
      } else if (status < 500) {
        slowed.delete(key)
        slowed.delete(target.entityId)
      }
    },
  }
}
