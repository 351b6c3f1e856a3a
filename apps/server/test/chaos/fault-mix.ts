import type { Fault } from '@recomamp/amc-emulator'

/** Every fault that a network and Amazon can have, each a part of the calls. The first that fits meets a call, so the special ones stand
 *  before those of every call. About one in five tries to fetch a result fails: tries that fail wait twice as long each, so that
 *  many more would show nothing else and last for hours. */
export const faultMix: readonly Fault[] = [
  { operation: 'createWorkflowExecution', probability: 0.06, drop: 'after' },
  { operation: 'createWorkflowExecution', probability: 0.04, drop: 'before' },
  { operation: 'createWorkflowExecution', probability: 0.04, status: 504 },
  { operation: 'createWorkflowExecution', probability: 0.02, delayAfterMs: 3000, drop: 'after' },
  { operation: 'downloadResult', probability: 0.015, truncateAfterBytes: 60 },
  // Longer than the links live.
  { operation: 'downloadResult', probability: 0.015, delayBeforeMs: 2300 },
  { operation: 'downloadResult', probability: 0.01, status: 500 },
  { operation: 'downloadResult', probability: 0.01, drop: 'before' },
  { operation: 'createToken', probability: 0.06, status: 429 },
  { operation: 'createToken', probability: 0.06, status: 500 },
  { operation: 'createToken', probability: 0.04, drop: 'before' },
  { operation: 'createToken', probability: 0.04, drop: 'after' },
  { operation: '*', probability: 0.01, status: 429 },
  { operation: '*', probability: 0.01, status: 429, retryAfterSeconds: 1 },
  { operation: '*', probability: 0.01, status: 500 },
  { operation: '*', probability: 0.01, status: 504 },
  { operation: '*', probability: 0.02, delayBeforeMs: 400 },
  { operation: '*', probability: 0.02, delayAfterMs: 400 },
  { operation: '*', probability: 0.01, drop: 'before' },
  { operation: '*', probability: 0.01, drop: 'after' },
  { operation: '*', probability: 0.01, token: 'expire' },
]

/** Small times at Amazon, so that links and tokens expire in the middle of the work, and results have several parts. */
export const chaosSettings = [
  'pendingMs=100',
  'runningMs=200',
  'linkSeconds=2',
  'accessTokenSeconds=15',
  'partBytes=150',
]

/** Small times here; leases stay the product's own. A submission is repeated only well after the longest delay. */
export const chaosEnv = {
  EXECUTION_SETTLE_SECONDS: '8',
  EXECUTION_POLL_INTERVAL_SECONDS: '1',
  TOKEN_REFRESH_BUFFER_SECONDS: '3',
  LOG_LEVEL: 'warn',
}
