import { Problem } from '@recomamp/contracts'
import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { problems as t } from '#messages/problems.ts'
import { CopyButton } from './copy-button.tsx'
import { explain } from './explain-problem.ts'

/** What went wrong as one text for whoever helps: nothing that was typed, no token. */
function reportOf(error: unknown): string {
  const { title, detail, requestId } = explain(error)
  return [
    title,
    detail,
    requestId === null ? '' : `${t.requestId} ${requestId}`,
    error instanceof Error && !(error instanceof Problem) ? `${error.name}: ${error.message}` : '',
    `${location.pathname}, ${new Date().toISOString()}`,
  ]
    .filter((line) => line !== '')
    .join('\n')
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

interface ErrorPanelProps {
  error: unknown
  onRetry?: (() => void) | null
  /** It takes the place of a page, not of a part. */
  isPage?: boolean
}

/** A thrown error as a problem panel. */
export function ErrorPanel({ error, onRetry, isPage = false }: ErrorPanelProps) {
  const { title, detail, next, requestId } = explain(error, isPage)
  return (
    <ProblemPanel
      title={title}
      onRetry={onRetry ?? null}
      requestId={requestId}
      actions={<CopyButton text={reportOf(error)} label={t.copyDetails} />}
    >
      {detail !== '' && <p>{detail}</p>}
      {next !== null && <p className="text-text-2">{next}</p>}
    </ProblemPanel>
  )
}
