import { mostCompared, toComparisonCsv } from '@recomamp/amc-catalogue/compare'
import type { DataSourceComparison, DataSourceSummary } from '@recomamp/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { Download, Link2, Search } from 'lucide-react'
import type { ReactNode } from 'react'
import { comparison as t } from '#messages/comparison.ts'
import { saveFile } from '#platform/save-file.ts'
import { useWidth } from '#platform/width.ts'
import { figure } from '#platform/words.ts'
import { Button } from '#ui/button.tsx'
import { CopyWordButton } from '#ui/copy-word-button.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { Field } from '#ui/field.tsx'
import { Page } from '#ui/page.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Segmented } from '#ui/segmented.tsx'
import { Select } from '#ui/select.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { fieldGroups } from './comparison/comparison-rows.ts'
import type { ComparisonSearch } from './comparison/comparison-search.ts'
import { ComparisonTable } from './comparison/comparison-table.tsx'
import { dataSourceQueries } from './data-sources.queries.ts'
import { thresholdOrder } from './detail/field-search.ts'

const route = getRouteApi('/app/data-sources/compare')

/** Two to four data sources side by side; the address holds which and what of them is shown. */
export function ComparisonPage() {
  const { s = [] } = route.useSearch()
  const list = useQuery(dataSourceQueries.list())
  if (list.error !== null) return <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />
  if (list.data === undefined) return <Skeleton label={t.reading} />
  const sources = list.data.items
  const known = s.filter((name) => sources.some((source) => source.name === name))
  const unknown = s.filter((name) => !known.includes(name))
  const notices = unknown.map((name) => <UnknownSource key={name} name={name} />)
  if (known.length < 2)
    return (
      <Page title={t.titleNone} actions={<AddSource sources={sources} names={s} />}>
        {notices}
        <TooFew name={known[0]} sources={sources} />
      </Page>
    )
  return <Compared names={known} sources={sources} notices={notices} />
}

function UnknownSource({ name }: { name: string }) {
  const remove = useRemove()
  return (
    <p className="text-12 bg-warn-tint text-warn flex items-center gap-3 px-6 py-1.5">
      {t.unknown(name)}
      <button type="button" className="link-button" onClick={() => remove(name)}>
        {t.remove(name)}
      </button>
    </p>
  )
}

function TooFew({ name, sources }: { name: string | undefined; sources: readonly DataSourceSummary[] }) {
  const own = sources.find((source) => source.name === name)
  const near = sources.filter((source) => source.category === own?.category && source.name !== name).slice(0, 6)
  return (
    <EmptyState
      action={
        <Link to="/data-sources" className="btn default">
          {t.backToList}
        </Link>
      }
    >
      {name === undefined ? t.none : t.one(name)}
      {name !== undefined && near.length > 0 && (
        <>
          {' '}
          {t.near}{' '}
          {near.map((source, at) => (
            <span key={source.name}>
              {at > 0 && ', '}
              <Link to="/data-sources/compare" search={{ s: [name, source.name] }} className="mono">
                {source.name}
              </Link>
            </span>
          ))}
        </>
      )}
    </EmptyState>
  )
}

interface ComparedProps {
  names: readonly string[]
  sources: readonly DataSourceSummary[]
  notices: ReactNode
}

function Compared({ names, sources, notices }: ComparedProps) {
  const search = route.useSearch()
  const width = useWidth()
  const remove = useRemove()
  const { data, error, refetch } = useQuery(dataSourceQueries.comparison(names))
  const differing = data?.fields.filter(({ same }) => !same).length ?? 0
  const all = data?.fields.length ?? 0
  return (
    <Page
      title={t.title(names.length)}
      beside={
        data && (
          <span role="status" className="text-text-2">
            {t.counts(figure(differing), figure(all), figure(all - differing))}
          </span>
        )
      }
      actions={data && <Files comparison={data} />}
    >
      {notices}
      <Toolbar sources={sources} names={names} all={all} differing={differing} />
      {error !== null && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton label={t.reading} />}
      {data !== undefined && (
        <section
          aria-label={t.table}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long table scrolls, and keys must reach it
          tabIndex={0}
          className="border-line min-h-0 flex-1 overflow-auto border-t"
        >
          <ComparisonTable
            comparison={data}
            search={search}
            onRemove={remove}
            compact={width === 'phone' || (width === 'tablet' && names.length > 2)}
          />
          {fieldGroups(data, search).length === 0 && <NothingShown comparison={data} />}
        </section>
      )}
    </Page>
  )
}

function NothingShown({ comparison }: { comparison: DataSourceComparison }) {
  const { q, role, class: threshold, diff } = route.useSearch()
  const change = useChange()
  const filtered = q !== undefined || role !== undefined || threshold !== undefined
  if (filtered)
    return (
      <EmptyState
        action={<Button onPress={() => change({ q: undefined, role: undefined, class: undefined })}>{t.clear}</Button>}
      >
        {t.noMatch}
      </EmptyState>
    )
  if (diff === 0) return null
  return (
    <EmptyState action={<Button onPress={() => change({ diff: 0 })}>{t.showAll}</Button>}>
      {t.noDifference(figure(comparison.fields.length))}
    </EmptyState>
  )
}

function Files({ comparison }: { comparison: DataSourceComparison }) {
  const file = `compare-${comparison.sources.map(({ name }) => name).join('-')}`.slice(0, 120)
  const icon = <Download size={14} strokeWidth={1.7} aria-hidden />
  return (
    <div className="flex flex-wrap gap-2">
      <CopyWordButton text={location.href} label={t.copyLink} icon={<Link2 size={14} strokeWidth={1.7} aria-hidden />}>
        {t.copyLink}
      </CopyWordButton>
      <Button onPress={() => saveFile(`${file}.csv`, 'text/csv', toComparisonCsv(comparison))}>
        {icon}
        {t.csv}
      </Button>
      <Button onPress={() => saveFile(`${file}.json`, 'application/json', `${JSON.stringify(comparison, null, 2)}\n`)}>
        {icon}
        {t.json}
      </Button>
    </div>
  )
}

interface ToolbarProps {
  sources: readonly DataSourceSummary[]
  names: readonly string[]
  all: number
  differing: number
}

function Toolbar({ sources, names, all, differing }: ToolbarProps) {
  const { diff, q = '' } = route.useSearch()
  const width = useWidth()
  const change = useChange()
  return (
    <div className="flex flex-wrap items-center gap-2 px-4 pb-3 tablet:px-6">
      <Segmented
        label={t.show}
        value={diff === 0 ? 'all' : 'differences'}
        onChange={(value) => change({ diff: value === 'all' ? 0 : undefined })}
        choices={[
          { value: 'all', label: <Counted word={t.all} count={all} /> },
          { value: 'differences', label: <Counted word={t.differences} count={differing} /> },
        ]}
      />
      <div className="w-[180px]">
        <Field
          label={t.findLabel}
          labelAt="inside"
          aria-label={t.find}
          placeholder={t.findPlaceholder}
          value={q}
          onChange={(next) => change({ q: next === '' ? undefined : next })}
          maxLength={200}
          data-page-search=""
          icon={<Search size={14} strokeWidth={1.7} aria-hidden className="text-text-3 flex-none" />}
        />
      </div>
      {width !== 'phone' && <Filters />}
      <div className="flex-1" />
      <AddSource sources={sources} names={names} />
    </div>
  )
}

function Filters() {
  const { role, class: threshold } = route.useSearch()
  const change = useChange()
  return (
    <>
      <Select
        label={t.role}
        labelAt="inside"
        choices={[
          { value: 'any', label: t.any },
          { value: 'dimension', label: t.roles.dimension },
          { value: 'metric', label: t.roles.metric },
        ]}
        value={role ?? 'any'}
        onChange={(value) => change({ role: value === 'any' ? undefined : value })}
      />
      <Select
        label={t.class}
        labelAt="inside"
        choices={[
          { value: 'any', label: t.anyClass },
          ...thresholdOrder.map((value) => ({ value, label: value.replace('_', ' ') })),
        ]}
        value={threshold ?? 'any'}
        onChange={(value) => change({ class: value === 'any' ? undefined : value })}
      />
    </>
  )
}

function Counted({ word, count }: { word: string; count: number }) {
  return (
    <>
      {word} <span className="text-text-3">{figure(count)}</span>
    </>
  )
}

function AddSource({ sources, names }: { sources: readonly DataSourceSummary[]; names: readonly string[] }) {
  const change = useChange()
  if (names.length >= mostCompared) return null
  return (
    <div className="w-[240px] max-w-full">
      <Select
        label={t.add}
        labelAt="inside"
        choices={[
          { value: '', label: t.addPlaceholder },
          ...sources.filter(({ name }) => !names.includes(name)).map(({ name }) => ({ value: name, label: name })),
        ]}
        value=""
        onChange={(name) => name !== '' && change({ s: [...names, name] }, false)}
      />
    </div>
  )
}

function useChange() {
  const navigate = route.useNavigate()
  return (next: ComparisonSearch, replace = true) => void navigate({ search: (old) => ({ ...old, ...next }), replace })
}

function useRemove() {
  const { s = [] } = route.useSearch()
  const change = useChange()
  return (name: string) => change({ s: s.filter((one) => one !== name) }, false)
}
