import type { ReactNode } from 'react'
import type { Glyph, Mark } from './status-words.ts'

const ring = <circle cx="7" cy="7" r="5.2" fill="none" stroke="currentColor" strokeWidth="1.5" />
const line = { fill: 'none', stroke: 'currentColor', strokeLinecap: 'round', strokeLinejoin: 'round' } as const

const shapes: Record<Glyph, ReactNode> = {
  draft: <circle cx="7" cy="7" r="5.2" fill="none" stroke="currentColor" strokeWidth="1.5" strokeDasharray="1.6 2.2" />,
  queued: (
    <>
      {ring}
      <circle cx="7" cy="7" r="1.4" fill="currentColor" />
    </>
  ),
  submitting: (
    <>
      <circle cx="7" cy="7" r="5.2" fill="none" stroke="currentColor" strokeWidth="1.6" opacity=".3" />
      <path d="M7 1.8A5.2 5.2 0 0 1 12.2 7" strokeWidth="1.7" {...line} />
    </>
  ),
  pending: (
    <>
      {ring}
      <path d="M7 4.2V7l1.9 1.2" strokeWidth="1.4" {...line} />
    </>
  ),
  running: (
    <>
      <circle cx="7" cy="7" r="5.2" fill="none" stroke="currentColor" strokeWidth="1.7" opacity=".25" />
      <path className="turning" d="M7 1.8a5.2 5.2 0 1 1-5.2 5.2" strokeWidth="1.7" {...line} />
    </>
  ),
  publishing: (
    <>
      {ring}
      <path d="M7 9.4V5M5 6.8 7 4.8l2 2" strokeWidth="1.4" {...line} />
    </>
  ),
  fetching: (
    <>
      {ring}
      <path d="M7 4.6V9M5 7.2l2 2 2-2" strokeWidth="1.4" {...line} />
    </>
  ),
  succeeded: (
    <>
      <circle cx="7" cy="7" r="6" fill="var(--c-ok-solid)" />
      <path d="m4.5 7.2 1.8 1.8 3.3-3.7" strokeWidth="1.6" {...line} stroke="var(--c-surface)" />
    </>
  ),
  failed: (
    <>
      <circle cx="7" cy="7" r="6" fill="var(--c-bad-solid)" />
      <path d="m5 5 4 4m0-4L5 9" strokeWidth="1.6" {...line} stroke="var(--c-surface)" />
    </>
  ),
  rejected: (
    <>
      <path
        d="M4.6 1.3h4.8l3.3 3.3v4.8l-3.3 3.3H4.6L1.3 9.4V4.6z"
        strokeWidth="1.6"
        {...line}
        stroke="var(--c-bad-solid)"
      />
      <path d="M4.5 7h5" strokeWidth="1.7" {...line} stroke="var(--c-bad-solid)" />
    </>
  ),
  cancelled: (
    <>
      <circle cx="7" cy="7" r="6" fill="var(--c-text-3)" />
      <path d="M4.5 7h5" strokeWidth="1.7" {...line} stroke="var(--c-surface)" />
    </>
  ),
}

/** The glyph of a state, for places where the word stands beside it already. */
export function StatusGlyph({ glyph }: { glyph: Glyph }) {
  return (
    <svg viewBox="0 0 14 14" width="14" height="14" aria-hidden className="flex-none">
      {shapes[glyph]}
    </svg>
  )
}

/** A state as shape and word; `boxed` is the tinted pill of page heads. */
export function StatusMark({ mark, boxed }: { mark: Mark; boxed?: boolean }) {
  return (
    <span className={`status ${mark.tone} ${boxed ? 'boxed' : ''}`}>
      <StatusGlyph glyph={mark.glyph} />
      <span className="word">{mark.word}</span>
    </span>
  )
}
