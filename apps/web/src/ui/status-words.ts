import type { Cancellation, ExecutionStatus } from '@recomamp/contracts'
import { isFinal } from '@recomamp/contracts'
import { status as words } from '#messages/status.ts'

export type Tone = 'quiet' | 'accent' | 'ok' | 'bad' | 'warn'
export type Glyph =
  | 'draft'
  | 'queued'
  | 'submitting'
  | 'pending'
  | 'running'
  | 'publishing'
  | 'fetching'
  | 'succeeded'
  | 'failed'
  | 'rejected'
  | 'cancelled'

export interface Mark {
  glyph: Glyph
  tone: Tone
  word: string
}

/** Keyed by the lifecycle, so that a new status does not compile until it has a shape and a word. */
const marks = {
  queued: { glyph: 'queued', tone: 'quiet', word: words.queued },
  submitting: { glyph: 'submitting', tone: 'accent', word: words.submitting },
  pending: { glyph: 'pending', tone: 'quiet', word: words.pending },
  running: { glyph: 'running', tone: 'accent', word: words.running },
  ingesting: { glyph: 'fetching', tone: 'accent', word: words.fetching },
  completed: { glyph: 'succeeded', tone: 'ok', word: words.succeeded },
  failed: { glyph: 'failed', tone: 'bad', word: words.failed },
  cancelled: { glyph: 'cancelled', tone: 'quiet', word: words.cancelled },
} as const satisfies Record<ExecutionStatus, Mark>

/** AMC's own words that need no comment beside our state. */
const knownToAmc = new Set(['PENDING', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED', 'REJECTED', 'PUBLISHING'])

/** The glyph, tone and word of an execution; an AMC status that nobody has described is shown in AMC's word. */
export function markOf(execution: {
  status: ExecutionStatus
  amcStatus: string | null
  cancellation?: Cancellation | null
}): Mark {
  const { status, amcStatus, cancellation = null } = execution
  const isUnwanted = cancellation !== null && cancellation.failure?.again !== false
  if (isUnwanted && !isFinal(status)) return { ...marks.cancelled, word: words.cancelling }
  if (status === 'failed' && amcStatus === 'REJECTED') return { glyph: 'rejected', tone: 'bad', word: words.rejected }
  const open = status === 'pending' || status === 'running'
  if (open && amcStatus === 'PUBLISHING') return { glyph: 'publishing', tone: 'accent', word: words.publishing }
  if (open && amcStatus !== null && !knownToAmc.has(amcStatus))
    return { ...marks.running, word: words.runningUnknown(amcStatus) }
  return marks[status]
}
