import { QueryErrorResetBoundary } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Component, Suspense } from 'react'
import { forgetFailedParts } from './lazy-part.tsx'
import { ErrorPanel } from './problem-panel.tsx'
import { Skeleton } from './skeleton.tsx'

interface BoundaryProps {
  isPage: boolean
  onRetry: () => void
  children: ReactNode
}

class ErrorBoundary extends Component<BoundaryProps, { error: unknown }> {
  override state: { error: unknown } = { error: null }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override render() {
    if (this.state.error === null) return this.props.children
    const retry = () => {
      this.props.onRetry()
      forgetFailedParts()
      this.setState({ error: null })
    }
    return <ErrorPanel error={this.state.error} onRetry={retry} isPage={this.props.isPage} />
  }
}

interface PanelBoundaryProps {
  label: string
  /** It is around everything. */
  isPage?: boolean
  children: ReactNode
}

/** One part of a page that loads and fails alone, so that the rest stays readable. */
export function PanelBoundary({ label, isPage = false, children }: PanelBoundaryProps) {
  return (
    <QueryErrorResetBoundary>
      {({ reset }) => (
        <ErrorBoundary onRetry={reset} isPage={isPage}>
          <Suspense fallback={<Skeleton label={label} />}>{children}</Suspense>
        </ErrorBoundary>
      )}
    </QueryErrorResetBoundary>
  )
}
