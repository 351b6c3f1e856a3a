import { QueryErrorResetBoundary } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Component, Suspense } from 'react'
import { ErrorPanel } from './problem-panel.tsx'
import { Skeleton } from './skeleton.tsx'

interface BoundaryProps {
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
      this.setState({ error: null })
    }
    return <ErrorPanel error={this.state.error} onRetry={retry} />
  }
}

/** One part of a page that loads and fails alone, so that the rest stays readable. */
export function PanelBoundary({ label, children }: { label: string; children: ReactNode }) {
  return (
    <QueryErrorResetBoundary>
      {({ reset }) => (
        <ErrorBoundary onRetry={reset}>
          <Suspense fallback={<Skeleton label={label} />}>{children}</Suspense>
        </ErrorBoundary>
      )}
    </QueryErrorResetBoundary>
  )
}
