import { LwaError, backoffMs } from '@recomamp/amc-client'
import type { ConnectionId } from '@recomamp/contracts'
import { later, seconds } from '#platform/time.ts'

/** Keeps this process from asking Login with Amazon for the same connection over and over while it refuses or is silent. */
export interface RenewalPauses {
  /** Throws what the last try ended with while its pause lasts. */
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
      if (pause !== undefined && now < pause.until) throw pause.error
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
