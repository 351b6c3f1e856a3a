import { LwaError, backoffMs } from '@recomamp/amc-client'
import type { ConnectionId } from '@recomamp/contracts'
import { later, seconds } from '#platform/time.ts'

/** Keeps this process from asking Login with Amazon for the same connection over and over while it refuses or is silent. */
export interface RenewalPauses {
  /** While a pause lasts, throws what the last try ended with, with the rest of the pause as the time to wait. */
  demandNone(id: ConnectionId, now: Date): void
  failed(id: ConnectionId, error: unknown, now: Date): void
  succeeded(id: ConnectionId): void
}

const firstPause = seconds(1)

export function createRenewalPauses(): RenewalPauses {
  const pauses = new Map<ConnectionId, { error: LwaError; failures: number; until: Date }>()
  return {
    demandNone(id, now) {
      const pause = pauses.get(id)
      if (pause === undefined || now >= pause.until) return
      const { kind, status, error, description, requestId } = pause.error
      const retryAfterMs = pause.until.getTime() - now.getTime()
      const facts = { error, description, requestId, retryAfterMs, cause: pause.error }
      throw new LwaError(kind, 'token', status === null ? facts : { ...facts, status })
    },
    failed(id, error, now) {
      if (!(error instanceof LwaError)) return
      const failures = (pauses.get(id)?.failures ?? 0) + 1
      const pauseMs = backoffMs(failures, firstPause, error.retryAfterMs, Math.random())
      pauses.set(id, { error, failures, until: later(now, pauseMs) })
    },
    succeeded: (id) => pauses.delete(id),
  }
}
