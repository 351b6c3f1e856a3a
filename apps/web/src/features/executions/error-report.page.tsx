import { type ErrorReport, Problem } from '@recomamp/contracts'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Copy, Download, Link2, X } from 'lucide-react'
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { executions } from '#messages/executions.ts'
import { saveFile } from '#platform/save-file.ts'
import { useWidth } from '#platform/width.ts'
import { spanInWords } from '#platform/words.ts'
import { Button } from '#ui/button.tsx'
import { CopyButton } from '#ui/copy-button.tsx'
import { CopyWordButton } from '#ui/copy-word-button.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { useTitle } from '#ui/page.tsx'
import { PanelBoundary } from '#ui/panel-boundary.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { StatusMark } from '#ui/status-mark.tsx'
import { markOf } from '#ui/status-words.ts'
import { Tabs } from '#ui/tabs.tsx'
import { executionQueries } from './executions.queries.ts'
import { RawAnswer } from './raw-answer.tsx'
import { ReportCorrection } from './report-correction.tsx'
import { ReportSections } from './report-sections.tsx'
import { ReportSql, type Side } from './report-sql.tsx'
import { reportInWords } from './report-text.ts'

const route = getRouteApi('/app/executions/$executionId/error')
const t = executions.report

/** Why an execution failed, on the whole screen: what, where, why, what to do; closed, it leads back to the execution. */
export function ErrorReportPage() {
  const { executionId } = route.useParams()
  const navigate = route.useNavigate()
  const { data, error, refetch } = useQuery(executionQueries.errorReport(executionId))
  const close = () => void navigate({ to: '/executions/$executionId', params: { executionId }, search: {} })
  useTitle(data?.title ?? t.label)
  const hasNotFailed = error instanceof Problem && error.type === 'execution-not-failed'
  return (
    <ModalOverlay isOpen onOpenChange={(open) => !open && close()} className="full-screen">
      <Modal className="h-full">
        <Dialog aria-label={t.label} className="flex h-full flex-col outline-none">
          {data !== undefined && <Report report={data} onClose={close} />}
          {data === undefined && (
            <div className="flex flex-col gap-3 p-4">
              <div className="flex justify-end">
                <CloseButton onClose={close} />
              </div>
              {error === null && <Skeleton label={t.label} />}
              {error !== null && !hasNotFailed && <ErrorPanel error={error} onRetry={() => void refetch()} />}
              {hasNotFailed && (
                <EmptyState action={<Button onPress={close}>{t.toExecution}</Button>}>{t.notFailed}</EmptyState>
              )}
            </div>
          )}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

function CloseButton({ onClose }: { onClose: () => void }) {
  return (
    <Button look="quiet" square aria-label={t.close} onPress={onClose}>
      <X size={16} strokeWidth={1.6} aria-hidden />
    </Button>
  )
}

function Report({ report, onClose }: { report: ErrorReport; onClose: () => void }) {
  const { view = 'structured', side = 'sent' } = route.useSearch()
  const navigate = route.useNavigate()
  const { execution } = report
  const onSide = (next: Side) =>
    void navigate({ search: (old) => ({ ...old, side: next === 'sent' ? undefined : next }), replace: true })
  return (
    <>
      <header className="relative flex flex-wrap items-start gap-x-4 gap-y-2 px-4 pt-3.5 pb-1.5 tablet:px-6">
        <div className="flex min-w-0 flex-col gap-1 pr-9 desk:pr-0">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <StatusMark mark={markOf(execution)} boxed />
            <Heading slot="title" level={1} className="text-20 tracking-[-0.015em]">
              {report.title}
            </Heading>
          </div>
          <p className="text-text-2">
            {execution.workflow.name} · {executions.version(execution)} · {execution.instance.name}{' '}
            <span className="mono">{execution.instance.amcInstanceId}</span>
            {execution.finishedAt !== null &&
              ` · ${t.after(spanInWords(Date.parse(execution.finishedAt) - Date.parse(execution.requestedAt)))}`}
          </p>
        </div>
        <div className="flex-1" />
        <div className="flex flex-wrap items-center gap-2">
          <CopyWordButton
            text={reportInWords(report)}
            label={t.copyAll}
            icon={<Copy size={14} strokeWidth={1.7} aria-hidden />}
          >
            {t.copyAll}
          </CopyWordButton>
          <CopyWordButton
            text={location.href}
            label={t.copyLink}
            icon={<Link2 size={14} strokeWidth={1.7} aria-hidden />}
          >
            {t.copyLink}
          </CopyWordButton>
          <Button
            onPress={() => saveFile(`error-${execution.id}.json`, 'application/json', JSON.stringify(report, null, 2))}
          >
            <Download size={14} strokeWidth={1.7} aria-hidden />
            {t.asJson}
          </Button>
          <span className="absolute top-2.5 right-2.5 desk:static">
            <CloseButton onClose={onClose} />
          </span>
        </div>
      </header>
      <Tabs
        label={t.label}
        inset
        value={view}
        onChange={(next) =>
          void navigate({ search: (old) => ({ ...old, view: next === 'structured' ? undefined : next }) })
        }
        tabs={[
          {
            id: 'structured',
            title: t.views.structured,
            content: <Structured report={report} side={side} onSide={onSide} />,
          },
          {
            id: 'raw',
            title: t.views.raw,
            content: (
              <PanelBoundary label={t.views.raw}>
                <RawAnswer report={report} />
              </PanelBoundary>
            ),
          },
          { id: 'sql', title: t.views.sql, content: <ReportSql report={report} side={side} onSide={onSide} /> },
        ]}
      />
    </>
  )
}

function Structured({ report, side, onSide }: { report: ErrorReport; side: Side; onSide: (side: Side) => void }) {
  const navigate = route.useNavigate()
  const wide = useWidth() === 'desk'
  return (
    <div className="flex min-h-0 flex-1 flex-col desk:grid desk:grid-cols-[452px_minmax(0,1fr)] desk:overflow-hidden">
      <div className="border-line flex-none overflow-y-auto px-4 pb-4 tablet:px-6 desk:min-h-0 desk:border-r">
        {report.corrections.map((correction) => (
          <ReportCorrection
            key={correction.title}
            report={report}
            correction={correction}
            onStarted={({ id }) =>
              void navigate({ to: '/executions/$executionId', params: { executionId: id }, search: {} })
            }
          />
        ))}
        <ReportSections report={report} />
      </div>
      <div className={`flex min-w-0 flex-col ${wide ? 'min-h-0' : 'border-line border-t'}`}>
        <PanelBoundary label={t.views.sql}>
          <ReportSql report={report} side={side} onSide={onSide} />
        </PanelBoundary>
        <section aria-label={t.words} className="border-line bg-sunken flex-none border-t px-4 py-2.5">
          <h2 className="text-12 text-text-2 flex items-center justify-between gap-2">
            {t.words}
            {report.amcMessage !== null && <CopyButton text={report.amcMessage} label={executions.copyOf(t.words)} />}
          </h2>
          <p className="mono max-h-[120px] overflow-auto break-words whitespace-pre-wrap">
            {report.amcMessage ?? t.noWords}
          </p>
        </section>
      </div>
    </div>
  )
}
