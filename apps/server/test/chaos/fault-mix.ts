import type { Fault } from '@recomamp/amc-emulator'

/** Every fault that a network and Amazon can have, each a part of the calls. The first that fits meets a call, so the special ones stand
 *  before those of every call. */
export const faultMix: readonly Fault[] = [
  { operation: 'createWorkflowExecution', probability: 0.06, drop: 'after' },
  { operation: 'createWorkflowExecution', probability: 0.04, drop: 'before' },
  { operation: 'createWorkflowExecution', probability: 0.04, status: 504 },
  { operation: 'createWorkflowExecution', probability: 0.02, delayAfterMs: 3000, drop: 'after' },
  { operation: 'downloadResult', probability: 0.04, truncateAfterBytes: 60 },
  // Longer than the links live.
  { operation: 'downloadResult', probability: 0.02, delayBeforeMs: 2300 },
  { operation: 'downloadResult', probability: 0.02, status: 500 },
  { operation: 'downloadResult', probability: 0.02, drop: 'before' },
  { operation: 'createToken', probability: 0.1, status: 429 },
  { operation: 'createToken', probability: 0.1, status: 500 },
  { operation: 'createToken', probability: 0.05, drop: 'before' },
  { operation: '*', probability: 0.02, status: 429 },
  { operation: '*', probability: 0.03, status: 429, retryAfterSeconds: 1 },
  { operation: '*', probability: 0.03, status: 500 },
  { operation: '*', probability: 0.03, status: 504 },
  { operation: '*', probability: 0.03, delayBeforeMs: 400 },
  { operation: '*', probability: 0.03, delayAfterMs: 400 },
  { operation: '*', probability: 0.02, drop: 'before' },
  { operation: '*', probability: 0.03, drop: 'after' },
  { operation: '*', probability: 0.03, token: 'expire' },
]

/** Small times at Amazon, so that links and tokens expire in the middle of the work, and results have several parts. */
export const chaosSettings = [
  'pendingMs=100',
  'runningMs=200',
  'linkSeconds=2',
  'accessTokenSeconds=15',
  'partBytes=800',
]

/** Small times here; leases stay the product's own. A submission is repeated only well after the longest delay. */
export const chaosEnv = {
  EXECUTION_SETTLE_SECONDS: '10',
  EXECUTION_POLL_INTERVAL_SECONDS: '1',
  TOKEN_REFRESH_BUFFER_SECONDS: '3',
  LOG_LEVEL: 'warn',
}
