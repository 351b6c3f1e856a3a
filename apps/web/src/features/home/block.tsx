import type { ReactNode } from 'react'
import { useId } from 'react'
import { PanelBoundary } from '#ui/panel-boundary.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'

interface BlockProps {
  title: string
  /** Stands at the end of the head. */
  aside?: ReactNode
  loading?: boolean
  error?: Error | null
  onRetry?: () => void
  children: ReactNode
}

/** One part of the page, which loads and fails alone. */
export function Block({ title, aside, loading = false, error = null, onRetry, children }: BlockProps) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="home-block">
      <div className="border-line flex min-h-9 items-center justify-between gap-3 border-b">
        <h2 id={id} className="text-13">
          {title}
        </h2>
        <div className="text-12 text-text-2">{aside}</div>
      </div>
      <PanelBoundary label={title}>
        {error !== null ? (
          <ErrorPanel error={error} onRetry={onRetry ?? null} />
        ) : loading ? (
          <Skeleton label={title} rows={3} />
        ) : (
          children
        )}
      </PanelBoundary>
    </section>
  )
}
