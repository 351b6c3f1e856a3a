import { mostCompared, toComparisonCsv } from '@recomamp/amc-catalogue/compare'
import { type DataSourceComparison, type DataSourceSummary, InstanceId } from '@recomamp/contracts'
import { useQueries, useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { Download, Link2, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useChosenInstance } from '#features/instances/chosen-instance.tsx'
import { InstanceSelect } from '#features/instances/instance-select.tsx'
import { comparison as t } from '#messages/comparison.ts'
import { type ComparedColumn, columnText, inCatalogue, readColumn } from '#platform/compared-column.ts'
import { saveFile } from '#platform/save-file.ts'
import { useWidth } from '#platform/width.ts'
import { exactly, figure } from '#platform/words.ts'
import { Button } from '#ui/button.tsx'
import { CopyWordButton } from '#ui/copy-word-button.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { Field, searchIcon } from '#ui/field.tsx'
import { Page } from '#ui/page.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Segmented } from '#ui/segmented.tsx'
import { Select } from '#ui/select.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { columnLabels } from './comparison/compared-places.ts'
import { fieldGroups } from './comparison/comparison-rows.ts'
import type { ComparisonSearch } from './comparison/comparison-search.ts'
import { ComparisonTable, letterOf } from './comparison/comparison-table.tsx'
import { dataSourceQueries, isBeingRead } from './data-sources.queries.ts'
import { thresholdOrder } from './detail/field-search.ts'

const route = getRouteApi('/app/data-sources/compare')

/** Two to four data sources side by side, or one in several places; the address holds which and what of them is shown. */
export function ComparisonPage() {
  const { s = [] } = route.useSearch()
  const { instance, instances } = useChosenInstance()
  const list = useQuery(dataSourceQueries.list(instance?.id))
  if (list.error !== null) return <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />
  if (list.data === undefined) return <Skeleton label={t.reading} />
  const sources = list.data.items
  const columns = s.map(readColumn)
  // What an instance has the catalogue need not know.
  const known = columns.filter(({ name, place }) => place !== inCatalogue || sources.some((one) => one.name === name))
  const unknown = columns.filter((column) => !known.includes(column))
  const notices = unknown.map((column) => <UnknownSource key={column.name} name={column.name} />)
  const add = <AddSource sources={sources} columns={columns} instances={instances} chosen={instance?.id ?? null} />
  if (known.length < 2)
    return (
      <Page title={t.titleNone} actions={add}>
        {notices}
        <TooFew column={known[0]} sources={sources} />
      </Page>
    )
  return <Compared columns={known} add={add} notices={notices} />
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

function TooFew({ column, sources }: { column: ComparedColumn | undefined; sources: readonly DataSourceSummary[] }) {
  const name = column?.name
  const own = sources.find((source) => source.name === name)
  const near = sources.filter((source) => source.category === own?.category && source.name !== name).slice(0, 6)
  const { data } = useQuery({ ...dataSourceQueries.detail(name ?? ''), enabled: own?.documented === true })
  const there = (data?.instances ?? []).filter(({ state, id }) => state === 'here' && id !== column?.place).slice(0, 6)
  return (
    <EmptyState
      action={
        <Link to="/data-sources" className="btn default">
          {t.backToList}
        </Link>
      }
    >
      {column === undefined ? t.none : t.one(column.name)}
      {column !== undefined && near.length > 0 && (
        <>
          {' '}
          {t.near}{' '}
          {near.map((source, at) => (
            <span key={source.name}>
              {at > 0 && ', '}
              <Link to="/data-sources/compare" search={{ s: [columnText(column), source.name] }} className="mono">
                {source.name}
              </Link>
            </span>
          ))}
          .
        </>
      )}
      {column !== undefined && there.length > 0 && (
        <>
          {' '}
          {t.elsewhere}{' '}
          {there.map(({ id, name: instance }, at) => (
            <span key={id}>
              {at > 0 && ', '}
              <Link
                to="/data-sources/compare"
                search={{ s: [columnText(column), columnText({ name: column.name, place: id })] }}
              >
                {instance}
              </Link>
            </span>
          ))}
          .
        </>
      )}
    </EmptyState>
  )
}

interface ComparedProps {
  columns: readonly ComparedColumn[]
  add: ReactNode
  notices: ReactNode
}

function Compared({ columns, add, notices }: ComparedProps) {
  const search = route.useSearch()
  const width = useWidth()
  const phone = width === 'phone'
  const remove = useRemove()
  const { data, error, refetch } = useQuery(dataSourceQueries.comparison(columns))
  const renderPlace = usePlaceSelects(columns, data)
  const labels = data === undefined ? [] : columnLabels(data.sources)
  const differing = data?.fields.filter(({ same }) => !same).length ?? 0
  const all = data?.fields.length ?? 0
  const [first] = columns
  const isOneTable = first !== undefined && columns.every(({ name }) => name === first.name)
  const removeAt = (at: number) => {
    const column = columns[at]
    if (column !== undefined) remove(columnText(column))
  }
  return (
    <Page
      title={isOneTable ? t.titleOne(first.name, columns.length) : t.title(columns.length)}
      beside={
        data && (
          <span role="status" className="text-text-2">
            {t.counts(figure(differing), figure(all), figure(all - differing))}
          </span>
        )
      }
      actions={data && <Files comparison={data} labels={labels} />}
    >
      {notices}
      <Toolbar all={all} differing={differing}>
        {columns.length < mostCompared && add}
      </Toolbar>
      {isBeingRead(error) && data === undefined && <EmptyState>{t.waiting}</EmptyState>}
      {error !== null && !isBeingRead(error) && (
        <>
          <ErrorPanel error={error} onRetry={() => void refetch()} />
          <p className="px-4 tablet:px-6">{t.notThere}</p>
          <ColumnList columns={columns} renderPlace={renderPlace} onRemove={removeAt} />
        </>
      )}
      {data === undefined && error === null && <Skeleton label={t.reading} />}
      {data !== undefined && (
        <section
          aria-label={t.table}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long table scrolls, and keys must reach it
          tabIndex={0}
          className="border-line min-h-0 flex-1 overflow-auto border-t"
        >
          {phone && <ColumnList columns={columns} renderPlace={renderPlace} onRemove={removeAt} />}
          <ComparisonTable
            comparison={data}
            search={search}
            labels={labels}
            onRemove={removeAt}
            renderPlace={renderPlace}
            compact={phone || (width === 'tablet' && columns.length > 2)}
            lettered={phone}
          />
          {fieldGroups(data, search).length === 0 && <NothingShown comparison={data} />}
        </section>
      )}
    </Page>
  )
}

/** A place for each column, with the earlier readings of the instance that it shows. */
function usePlaceSelects(columns: readonly ComparedColumn[], comparison: DataSourceComparison | undefined) {
  const change = useChange()
  const shown = columns.map((_, at) => comparison?.sources[at]?.place?.instance ?? null)
  const readings = useQueries({
    queries: shown.map((instance) => ({
      ...dataSourceQueries.latestReadings(instance?.id ?? noInstance),
      enabled: instance !== null,
    })),
  })
  return (at: number) => {
    const column = columns[at]
    if (column === undefined) return null
    const instance = shown[at] ?? null
    const earlier = (readings[at]?.data?.items ?? [])
      .filter(({ id }, index) => index > 0 || id === column.place)
      .map(({ id, firstReadAt }) => ({ value: id, label: t.asRead(instance?.name ?? '', exactly(firstReadAt)) }))
    const reading = earlier.find(({ value }) => value === column.place)?.label
    return (
      <InstanceSelect
        label={t.place(column.name)}
        labelAt="hidden"
        value={column.place}
        others={[{ value: inCatalogue, label: t.catalogue }]}
        behind={(id) => (id === instance?.id ? earlier : [])}
        {...(column.place === instance?.id || instance === null ? {} : { shown: reading ?? instance.name })}
        onChange={(place) =>
          change({ s: columns.map((each, index) => columnText(index === at ? { ...each, place } : each)) }, false)
        }
      />
    )
  }
}

/** Only a text of the right form: nothing is asked with it. */
const noInstance = InstanceId.parse('00000000-0000-4000-8000-000000000000')

interface ColumnListProps {
  columns: readonly ComparedColumn[]
  renderPlace: (at: number) => ReactNode
  onRemove: (at: number) => void
}

/** The columns as a list: where a comparison cannot be made, so that it can be mended, and where the table has no room for their names. */
function ColumnList({ columns, renderPlace, onRemove }: ColumnListProps) {
  return (
    <section aria-label={t.columns} className="compared-columns flex max-w-[76ch] flex-col gap-2 px-4 py-3 tablet:px-6">
      {columns.map((column, at) => (
        <div key={columnText(column)} className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="text-text-3 w-3 font-medium">{letterOf(at)}</span>
          <Link to="/data-sources/$name" params={{ name: column.name }} className="mono min-w-0 flex-1 break-all">
            {column.name}
          </Link>
          <span className="w-[260px] max-w-full max-tablet:order-last max-tablet:ml-5 max-tablet:w-[calc(100%-20px)]">
            {renderPlace(at)}
          </span>
          <Button
            look="quiet"
            size="small"
            square
            aria-label={t.remove(columnText(column))}
            onPress={() => onRemove(at)}
          >
            <X size={14} strokeWidth={1.7} aria-hidden />
          </Button>
        </div>
      ))}
    </section>
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

function Files({ comparison, labels }: { comparison: DataSourceComparison; labels: readonly string[] }) {
  const named = {
    ...comparison,
    sources: comparison.sources.map((source, at) => ({ ...source, name: labels[at] ?? source.name })),
  }
  const file = `compare-${comparison.sources.map(({ name }) => name).join('-')}`.slice(0, 120)
  const icon = <Download size={14} strokeWidth={1.7} aria-hidden />
  return (
    <div className="flex flex-wrap gap-2">
      <CopyWordButton text={location.href} label={t.copyLink} icon={<Link2 size={14} strokeWidth={1.7} aria-hidden />}>
        {t.copyLink}
      </CopyWordButton>
      <Button onPress={() => saveFile(`${file}.csv`, 'text/csv', toComparisonCsv(named))}>
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
  all: number
  differing: number
  children: ReactNode
}

function Toolbar({ all, differing, children }: ToolbarProps) {
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
          icon={searchIcon}
        />
      </div>
      {width !== 'phone' && <Filters />}
      <div className="flex-1" />
      {children}
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

interface AddSourceProps {
  sources: readonly DataSourceSummary[]
  columns: readonly ComparedColumn[]
  instances: readonly { id: string }[]
  chosen: string | null
}

/** One more table, or one of those that are there on another instance. */
function AddSource({ sources, columns, instances, chosen }: AddSourceProps) {
  const change = useChange()
  const texts = columns.map(columnText)
  /** Where a table is not yet looked at: the catalogue, the chosen instance, any other. */
  const freePlace = (name: string) =>
    [
      ...(sources.some((source) => source.name === name && source.documented) ? [inCatalogue] : []),
      ...(chosen === null ? [] : [chosen]),
      ...instances.map(({ id }) => id),
    ].find((place) => !texts.includes(columnText({ name, place })))
  const isThere = (name: string) => columns.some((column) => column.name === name)
  const named = sources.map(({ name }) => ({ value: name, label: isThere(name) ? t.again(name) : name }))
  return (
    <div className="w-[240px] max-w-full">
      <Select
        label={t.add}
        labelAt="inside"
        choices={[
          { value: '', label: t.addPlaceholder },
          ...named.filter(({ value }) => isThere(value) && freePlace(value) !== undefined),
          ...named.filter(({ value }) => !isThere(value)),
        ]}
        value=""
        onChange={(name) => {
          const place = name === '' ? undefined : freePlace(name)
          if (place !== undefined) change({ s: [...texts, columnText({ name, place })] }, false)
        }}
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
  return (text: string) => change({ s: s.filter((one) => one !== text) }, false)
}
