import { createSearchIndex } from '@recomamp/amc-catalogue/search'
import type { Schema } from '@recomamp/amc-sql'
import type { DataSourceSummary } from '@recomamp/contracts'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { useDeferredValue, useMemo } from 'react'
import { dataSources as t } from '#messages/data-sources.ts'
import { useWidth } from '#platform/width.ts'
import { figure } from '#platform/words.ts'
import { Button } from '#ui/button.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { Field } from '#ui/field.tsx'
import { Page } from '#ui/page.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { dataSourceQueries } from './data-sources.queries.ts'
import { SourceList } from './source-list.tsx'
import { SourcePreview } from './source-preview.tsx'
import { sourceRows } from './source-rows.ts'

const route = getRouteApi('/app/data-sources')

/** Every table of AMC, found by its name, its fields or what they mean. */
export function DataSourcesPage() {
  const list = useQuery(dataSourceQueries.list())
  const schema = useQuery(dataSourceQueries.schema())
  const error = list.error ?? schema.error
  const retry = () => {
    if (list.error) void list.refetch()
    if (schema.error) void schema.refetch()
  }
  if (list.data !== undefined && schema.data !== undefined)
    return <Sources sources={list.data.items} schema={schema.data} />
  return (
    <Page title={t.title}>{error ? <ErrorPanel error={error} onRetry={retry} /> : <Skeleton label={t.title} />}</Page>
  )
}

function Sources({ sources, schema }: { sources: readonly DataSourceSummary[]; schema: Schema }) {
  const { q = '', open } = route.useSearch()
  const navigate = route.useNavigate()
  const phone = useWidth() === 'phone'
  const tables = useMemo(() => new Map(schema.tables.map((table) => [table.name, table])), [schema])
  const index = useMemo(
    () => createSearchIndex(sources.map((source) => ({ ...source, fields: tables.get(source.name)?.columns ?? [] }))),
    [sources, tables],
  )
  const text = useDeferredValue(q.trim())
  const rows = useMemo(() => sourceRows(sources, index, text), [sources, index, text])
  const shown = rows.filter((row) => row.kind === 'source').length
  const chosen = sources.find(({ name }) => name === open)
  const find = (next: string) =>
    void navigate({ search: (old) => ({ ...old, q: next === '' ? undefined : next }), replace: true })
  const choose = (name: string | null) => void navigate({ search: (old) => ({ ...old, open: name ?? undefined }) })
  return (
    <Page
      title={t.title}
      beside={
        <span role="status" className="text-text-2">
          {t.count(figure(shown), figure(sources.length))}
        </span>
      }
      actions={
        <div className="w-[280px] max-w-full">
          <Field
            label={t.findLabel}
            labelAt="inside"
            aria-label={t.find}
            placeholder={t.findPlaceholder}
            value={q}
            onChange={find}
            maxLength={200}
            icon={<Search size={14} strokeWidth={1.7} aria-hidden className="text-text-3 flex-none" />}
          />
        </div>
      }
    >
      <div className="flex min-h-0 flex-1">
        {!(phone && chosen) && (
          <div className="flex min-h-0 min-w-0 flex-1 flex-col">
            {rows.length === 0 ? (
              <EmptyState action={<Button onPress={() => find('')}>{t.clear}</Button>}>{t.none(text)}</EmptyState>
            ) : (
              <>
                <Heads />
                <SourceList rows={rows} chosen={chosen?.name ?? null} onChoose={choose} />
              </>
            )}
          </div>
        )}
        {chosen && (
          <div className={`border-line overflow-auto border-t ${phone ? 'flex-1' : 'w-[344px] flex-none border-l'}`}>
            <SourcePreview source={chosen} table={tables.get(chosen.name)} onClose={() => choose(null)} />
          </div>
        )}
      </div>
    </Page>
  )
}

/** The rows say their numbers to assistive technology only in order; the heads are for the eye. */
function Heads() {
  const width = useWidth()
  return (
    <div aria-hidden className="text-11 text-text-3 font-medium flex items-center gap-3 px-6 pb-1.5">
      <span className="flex-1">{t.columns.table}</span>
      <span className="w-[44px] text-right">{t.columns.fields}</span>
      {width !== 'phone' && <span className="w-[96px]">{t.columns.classes}</span>}
      {width === 'desk' && <span className="w-[40px] text-right">{t.columns.dimensions}</span>}
      {width === 'desk' && <span className="w-[40px] text-right">{t.columns.metrics}</span>}
    </div>
  )
}
