import { Problem } from '@recomamp/contracts'
import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { problems as t } from '#messages/problems.ts'
import { Unreachable } from '#platform/http.ts'
import { CopyButton } from './copy-button.tsx'

interface Explained {
  title: string
  detail: string
  next: string | null
  requestId: string | null
}

/** What happened, why, and what to do, for anything that can be thrown. */
export function explain(error: unknown): Explained {
  if (error instanceof Unreachable)
    return { title: t.unreachable.title, detail: t.unreachable.detail, next: t.next.wait, requestId: null }
  if (!(error instanceof Problem)) {
    const unreadable = error instanceof Error && error.name === 'ZodError'
    return { ...(unreadable ? t.unreadable : t.crashed), next: null, requestId: null }
  }
  const requestId = error.extensions['requestId']
  return {
    title: error.title,
    detail: [
      error.message === error.title ? '' : error.message,
      ...error.errors.map(({ path, message }) => `${path}: ${message}`),
    ]
      .filter((part) => part !== '')
      .join(' '),
    next: nextStep(error),
    requestId: typeof requestId === 'string' ? requestId : null,
  }
}

function nextStep(problem: Problem): string | null {
  if (problem.status === 401) return t.next.signIn
  if (problem.status === 429 || problem.status === 503) return t.next.wait
  if (problem.status === 409) return t.next.reload
  return problem.status >= 500 ? t.next.retry : null
}

interface ProblemPanelProps {
  title: string
  children?: ReactNode
  onRetry?: (() => void) | null
  requestId?: string | null
  actions?: ReactNode
}

/** Takes the place of the part that failed: what, why, the next step, and the id to report. */
export function ProblemPanel({ title, children, onRetry, requestId, actions }: ProblemPanelProps) {
  return (
    <section
      role="alert"
      className="border-bad-line bg-surface m-3 flex max-w-[76ch] flex-col gap-2 rounded-6 border px-4 py-2.5"
    >
      <h2 className="text-13 text-bad flex items-center gap-2">
        <CircleAlert size={16} strokeWidth={1.6} aria-hidden className="flex-none" />
        {title}
      </h2>
      <div className="text-13 flex flex-col gap-2">{children}</div>
      <div className="flex flex-wrap items-center gap-2">
        {onRetry && (
          <button type="button" className="btn" onClick={onRetry}>
            {t.retry}
          </button>
        )}
        {actions}
        {requestId && (
          <span className="text-12 text-text-3 flex items-center gap-1">
            {t.requestId} <span className="mono">{requestId}</span>
            <CopyButton text={requestId} label={`${t.copy}: ${t.requestId}`} />
          </span>
        )}
      </div>
    </section>
  )
}

/** A thrown error as a problem panel. */
export function ErrorPanel({ error, onRetry }: { error: unknown; onRetry?: (() => void) | null }) {
  const { title, detail, next, requestId } = explain(error)
  return (
    <ProblemPanel title={title} onRetry={onRetry ?? null} requestId={requestId}>
      {detail !== '' && <p>{detail}</p>}
      {next !== null && <p className="text-text-2">{next}</p>}
    </ProblemPanel>
  )
}
