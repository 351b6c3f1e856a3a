import type { ExecutionStatus } from '@recomamp/contracts'

/** What can happen to an execution, whatever state it is in. */
export type ExecutionEvent =
  /** A worker took it and is about to call AMC. */
  | 'claimed'
  /** AMC took nothing and may be asked again: throttled, down, not reachable. */
  | 'postponed'
  /** AMC answered the call with an execution, or one was found after a lost answer. */
  | 'accepted'
  /** AMC said no to the call itself. */
  | 'refused'
  /** AMC's word is RUNNING, or any other that is neither PENDING nor final. */
  | 'started'
  | 'succeeded'
  /** AMC's word is FAILED or REJECTED. */
  | 'failed'
  /** AMC's word is SUCCEEDED for a run that only checks: there is nothing to fetch. */
  | 'checked'
  /** The rows stand in our store. */
  | 'stored'
  /** AMC no longer gives the rows of a run that succeeded. */
  | 'results-lost'
  | 'cancelled'

/** The event changes nothing in this state. */
export const ignored = 'ignored'

const nothing = {
  claimed: ignored,
  postponed: ignored,
  accepted: ignored,
  refused: ignored,
  started: ignored,
  succeeded: ignored,
  failed: ignored,
  checked: ignored,
  stored: ignored,
  'results-lost': ignored,
  cancelled: ignored,
} as const satisfies Record<ExecutionEvent, typeof ignored>

/** Every state answers every event, so that a new status does not compile before its answers are written here. */
export const lifecycle = {
  queued: {
    claimed: 'submitting',
    postponed: ignored,
    accepted: ignored,
    refused: ignored,
    started: ignored,
    succeeded: ignored,
    failed: ignored,
    checked: ignored,
    stored: ignored,
    'results-lost': ignored,
    cancelled: 'cancelled',
  },
  submitting: {
    claimed: ignored,
    postponed: 'queued',
    accepted: 'pending',
    refused: 'failed',
    // After a lost answer the run may be found in any of AMC's states.
    started: 'running',
    succeeded: 'ingesting',
    failed: 'failed',
    checked: 'completed',
    stored: ignored,
    'results-lost': ignored,
    cancelled: 'cancelled',
  },
  pending: {
    claimed: ignored,
    postponed: ignored,
    accepted: ignored,
    refused: ignored,
    started: 'running',
    succeeded: 'ingesting',
    failed: 'failed',
    checked: 'completed',
    stored: ignored,
    'results-lost': ignored,
    cancelled: 'cancelled',
  },
  running: {
    claimed: ignored,
    postponed: ignored,
    accepted: ignored,
    refused: ignored,
    started: ignored,
    succeeded: 'ingesting',
    failed: 'failed',
    checked: 'completed',
    stored: ignored,
    'results-lost': ignored,
    cancelled: 'cancelled',
  },
  ingesting: {
    claimed: ignored,
    postponed: ignored,
    accepted: ignored,
    refused: ignored,
    started: ignored,
    succeeded: ignored,
    failed: ignored,
    checked: ignored,
    stored: 'completed',
    'results-lost': 'failed',
    cancelled: 'cancelled',
  },
  completed: nothing,
  failed: nothing,
  cancelled: nothing,
} as const satisfies Record<ExecutionStatus, Record<ExecutionEvent, ExecutionStatus | typeof ignored>>

/** The state after an event, or null when the event changes nothing. */
export function afterEvent(status: ExecutionStatus, event: ExecutionEvent): ExecutionStatus | null {
  const next = lifecycle[status][event]
  return next === ignored ? null : next
}

/** What AMC's word says about a run; a word that nobody knows yet means that it is still going. */
export function eventOfAmcStatus(amcStatus: string): ExecutionEvent {
  switch (amcStatus) {
    case 'PENDING':
      return 'accepted'
    case 'SUCCEEDED':
      return 'succeeded'
    case 'FAILED':
    case 'REJECTED':
      return 'failed'
    case 'CANCELLED':
      return 'cancelled'
    default:
      return 'started'
  }
}
