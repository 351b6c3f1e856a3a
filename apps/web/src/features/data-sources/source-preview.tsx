import type { Table } from '@recomamp/amc-sql'
import { type DataSourceSummary, type InstanceId, createWorkflow } from '@recomamp/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { ArrowRight, SquareTerminal, X } from 'lucide-react'
import { dataSources as t } from '#messages/data-sources.ts'
import { handOverQuery } from '#platform/query-draft.ts'
import { Button } from '#ui/button.tsx'
import { CopyButton } from '#ui/copy-button.tsx'
import { PrivacyMeter, TypeChip } from '#ui/data-marks.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { dataSourceQueries } from './data-sources.queries.ts'
import { starterQuery } from './detail/starter-query.ts'

interface SourcePreviewProps {
  source: DataSourceSummary
  /** Its columns; undefined where they are not public. */
  table: Table | undefined
  instanceId: InstanceId | undefined
  onClose: () => void
}

/** What a table holds and the fields to know first, beside the list. */
export function SourcePreview({ source, table, instanceId, onClose }: SourcePreviewProps) {
  const known = source.keyFields.flatMap((name) => table?.columns.find((column) => column.name === name) ?? [])
  // Of an upload nobody says which fields to know first.
  const columns = source.keyFields.length > 0 ? known : (table?.columns.slice(0, 10) ?? [])
  const isQueried = source.counts.examples > 0 || (!source.retired && columns.length > 0)
  const facts = [
    [t.facts.rowIs, source.rowIs ?? ''],
    [t.facts.window, source.timeColumn ?? t.window(source.kind)],
    [t.facts.audience, source.audienceVariant ?? t.noAudience],
    [t.facts.availability, source.availability ?? ''],
    [t.facts.history, source.lookbackNote ?? ''],
    [t.facts.joins, source.joinKeys.join(', ')],
  ].filter(([, value]) => value !== '')
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long preview scrolls, and keys must reach it
    <section aria-label={t.preview(source.name)} tabIndex={0} className="flex flex-col gap-3 p-4">
      <header className="flex items-start gap-1">
        <div className="min-w-0 flex-1">
          <h2 className="mono text-14 font-strong break-all">{source.name}</h2>
          <p className="text-text-2">{source.title}</p>
        </div>
        <CopyButton text={source.name} label={t.copyName(source.name)} />
        <Button look="quiet" size="small" square aria-label={t.close} onPress={onClose}>
          <X size={14} strokeWidth={1.7} aria-hidden />
        </Button>
      </header>
      <div className="flex gap-2">
        <Link to="/data-sources/$name" params={{ name: source.name }} className="btn default flex-1">
          <ArrowRight size={14} strokeWidth={1.7} aria-hidden />
          {t.open}
        </Link>
        {isQueried && <QueryIt name={source.name} instanceId={instanceId} />}
      </div>
      <p className="flex flex-wrap gap-1.5">
        <span className="tag">{source.category}</span>
        {source.retired && <span className="tag warn">{t.retired}</span>}
        {source.tags.map((tag) => (
          <span key={tag} className="tag lined">
            {tag}
          </span>
        ))}
      </p>
      <p>{source.description}</p>
      <dl className="text-12 grid grid-cols-[104px_minmax(0,1fr)] gap-x-2 gap-y-1.5">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-text-2">{name}</dt>
            <dd className="break-words">{value}</dd>
          </div>
        ))}
      </dl>
      <h3 className="text-12 flex justify-between">
        {source.keyFields.length > 0 ? t.keyFields : t.firstFields}
        <span className="text-text-3">{t.ofFields(columns.length, source.counts.fields)}</span>
      </h3>
      {columns.length === 0 && <p className="text-12 text-text-2">{t.noFields}</p>}
      <ul>
        {columns.map((column) => (
          <li key={column.name} className="border-line-subtle flex items-center gap-2 border-b py-1">
            <TypeChip type={column.type} metric={column.role === 'metric'} />
            <span className="mono flex-1 break-all">{column.name}</span>
            {column.unit && <span className="tag warn">{column.unit}</span>}
            <PrivacyMeter threshold={column.threshold} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Opens the workbench with a query on the table; its examples are asked for when somebody wants one. */
function QueryIt({ name, instanceId }: { name: string; instanceId: InstanceId | undefined }) {
  const navigate = useNavigate()
  const client = useQueryClient()
  const begin = useMutation({
    mutationFn: () => client.fetchQuery(dataSourceQueries.detail(name, instanceId)),
    onSuccess(source) {
      const starter = starterQuery(source)
      if (starter !== null) handOverQuery(starter)
      void navigate({ to: '/workbench/new', search: {} })
    },
  })
  return (
    <>
      <Button look="primary" needs={createWorkflow} busy={begin.isPending} onPress={() => begin.mutate()}>
        <SquareTerminal size={14} strokeWidth={1.7} aria-hidden />
        {t.queryIt}
      </Button>
      {begin.error !== null && <ErrorPanel error={begin.error} />}
    </>
  )
}
