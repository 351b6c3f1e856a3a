import { AmcError, backoffMs, LwaError } from '@recomamp/amc-client'

/** Whether a try ended before AMC was asked: Amazon wants to be left alone, or gives no token just now. It says nothing about the run
 *  that it was for and does not count among the run's failures: a pause that all runs share would else lengthen each one's own. */
export function isHeldBack(error: unknown): boolean {
  return error instanceof LwaError || (error instanceof AmcError && error.kind === 'throttled' && error.status === null)
}

/** Milliseconds until the next try of a run that had failed `failures` times before: growing with them, at least what Amazon asked for. */
export function pauseAfter(error: unknown, failures: number, firstMs: number, random = Math.random()): number {
  const retryAfterMs = error instanceof AmcError || error instanceof LwaError ? error.retryAfterMs : null
  return backoffMs(isHeldBack(error) ? 0 : failures, firstMs, retryAfterMs, random)
}
