import type { Execution } from '@recomamp/contracts'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { request as t } from '#messages/request.ts'
import { Button } from '#ui/button.tsx'
import { RequestDrawer } from './request/request-drawer.tsx'
import { RunBar, runBarProps } from './run-bar.tsx'
import type { RunBody } from './use-run.ts'
import type { Bench } from './use-workbench.ts'
import { workbenchQueries } from './workbench.queries.ts'

interface RequestPaneProps {
  bench: Bench
  body: RunBody
  instance: NonNullable<Bench['instance']>
  /** The run whose result is on screen. */
  last: Execution | null
  onClose: () => void
}

/** The request of the run that is at hand, compiled by the server as it would be for the run itself. */
export function RequestPane({ bench, body, instance, last, onClose }: RequestPaneProps) {
  const { data, error, refetch } = useQuery(workbenchQueries.preview(bench.workflowId, body))
  const template = bench.state.content.sqlQuery
  const question = useMemo(() => {
    if (body.window === undefined || data === undefined) return null
    const { values, privacyFilteringBehavior = 'REMOVE_ROWS' } = body
    return { template, values, privacyFilteringBehavior, instanceId: instance.id, window: data.window }
  }, [body, data, template, instance.id])
  return (
    <RequestDrawer
      question={question}
      preview={data}
      error={error}
      onRetry={() => void refetch()}
      instance={instance}
      last={last}
      now={bench.now}
      onClose={onClose}
      foot={
        <>
          <RunBar {...runBarProps(bench)} phone={false} onRequest={null} />
          <Button look="quiet" onPress={onClose}>
            {t.close} <span className="kbd">Esc</span>
          </Button>
        </>
      }
    />
  )
}
