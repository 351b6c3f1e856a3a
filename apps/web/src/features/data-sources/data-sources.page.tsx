import { mostCompared } from '@recomamp/amc-catalogue/compare'
import type { Schema } from '@recomamp/amc-sql'
import type { DataSourceSummary, SchemaReading } from '@recomamp/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { ListFilter } from 'lucide-react'
import {
  type KeyboardEvent,
  Suspense,
  memo,
  useCallback,
  useDeferredValue,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useChosenInstance } from '#features/instances/chosen-instance.tsx'
import { dataSources as t } from '#messages/data-sources.ts'
import { columnText, inCatalogue } from '#platform/compared-column.ts'
import { useTypedText } from '#platform/typed-text.ts'
import { type Width, useWidth } from '#platform/width.ts'
import { figure } from '#platform/words.ts'
import { Button } from '#ui/button.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { Field, searchIcon } from '#ui/field.tsx'
import { lazyPart } from '#ui/lazy-part.tsx'
import { Page } from '#ui/page.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { CatalogueButton } from './catalogue-origin.tsx'
import { dataSourceQueries } from './data-sources.queries.ts'
import { conditionInWords } from './filter/condition-words.ts'
import { conditionsIn, type FilterGroup } from './filter/edit-filter.ts'
import { toAddress, useFilter } from './filter/use-filter.ts'
import { SelectionBar } from './selection-bar.tsx'
import { searchIndexOf } from './source-index.ts'
import { SourceList } from './source-list.tsx'
import { SourcePreview } from './source-preview.tsx'
import { type FoundSource, sourceRows } from './source-rows.ts'

const route = getRouteApi('/app/data-sources')
const FilterBuilder = lazyPart(() => import('./filter/filter-builder.tsx').then((module) => module.FilterBuilder))

/** Every table of AMC, found by its name, its fields or what they mean. */
export function DataSourcesPage() {
  const { instance, instances, loading } = useChosenInstance()
  const { q, filter } = route.useSearch()
  const [hasStood, setHasStood] = useState(false)
  // Before it is known whether there is an instance, the answer for none would be thrown away at once.
  const enabled = !loading || instances.length > 0
  const list = useQuery({ ...dataSourceQueries.list(instance?.id), enabled })
  const schema = useQuery({ ...dataSourceQueries.schema(instance?.id), enabled })
  const error = list.error ?? schema.error
  const retry = () => {
    if (list.error) void list.refetch()
    if (schema.error) void schema.refetch()
  }
  // The fields are needed for what is searched or filtered; the list can stand before they are there, and what stands stays while
  // somebody types.
  const canStand = schema.data !== undefined || (!error && (hasStood || (q === undefined && filter === undefined)))
  if (list.data !== undefined && canStand && !hasStood) setHasStood(true)
  if (list.data !== undefined && canStand)
    return <Sources sources={list.data.items} reading={list.data.reading} schema={schema.data ?? noSchema} />
  return (
    <Page title={t.title}>{error ? <ErrorPanel error={error} onRetry={retry} /> : <Skeleton label={t.title} />}</Page>
  )
}

const noSchema: Schema = { tables: [] }

/** What the catalogue does not know, such as an upload, is looked at where it is. */
function columnOf({ name, documented }: DataSourceSummary, instance: string | undefined) {
  return { name, place: documented ? inCatalogue : (instance ?? inCatalogue) }
}

interface SourcesProps {
  sources: readonly DataSourceSummary[]
  reading: SchemaReading | null
  schema: Schema
}

function Sources({ sources, reading, schema }: SourcesProps) {
  const { q = '', open, sel, filter: wanted } = route.useSearch()
  const navigate = route.useNavigate()
  const width = useWidth()
  const list = useRef<HTMLDivElement>(null)
  const instance = reading?.instance.id
  const tables = useMemo(() => new Map(schema.tables.map((table) => [table.name, table])), [schema])
  const { filter, errors, passing, values, removal } = useFilter(wanted, sources, tables)
  const [filtering, setFiltering] = useState(wanted !== undefined)
  const toggleFilter = useCallback(() => setFiltering((is) => !is), [])
  const send = useCallback(
    (text: string) =>
      void navigate({ search: (old) => ({ ...old, q: text === '' ? undefined : text }), replace: true }),
    [navigate],
  )
  const [typed, find] = useTypedText(q, send)
  const { rowsFor, rows, text } = useFoundSources(sources, passing, schema, tables, typed)
  const shown = useMemo(() => rows.filter((row) => row.kind === 'source').length, [rows])
  const previewed = sources.find(({ name }) => name === open)
  const selected = useMemo(
    () => (sel ?? []).flatMap((name) => sources.find((source) => source.name === name) ?? []),
    [sel, sources],
  )
  const selectedNames = useMemo(() => new Set(selected.map(({ name }) => name)), [selected])
  const filterBy = (next: FilterGroup) =>
    void navigate({ search: (old) => ({ ...old, filter: toAddress(next) }), replace: true })
  const preview = useCallback(
    (name: string | null) => void navigate({ search: (old) => ({ ...old, open: name ?? undefined }) }),
    [navigate],
  )
  const select = useCallback(
    (names: readonly string[]) =>
      void navigate({ search: (old) => ({ ...old, sel: names.length === 0 ? undefined : [...names] }), replace: true }),
    [navigate],
  )
  const compare = useCallback(() => {
    if (selected.length >= 2 && selected.length <= mostCompared)
      void navigate({
        to: '/data-sources/compare',
        search: { s: selected.map((source) => columnText(columnOf(source, instance))) },
      })
  }, [navigate, selected, instance])
  const openRow = useCallback(
    ({ key, name, fields }: FoundSource) => {
      const [field] = fields
      const byField = field !== undefined && name.ranges.length === 0
      void navigate({
        to: '/data-sources/$name',
        params: { name: key },
        search: {},
        ...(byField ? { hash: `field-${field.text}` } : {}),
      })
    },
    [navigate],
  )
  useEffect(() => {
    // The page that every row leads to is there before somebody goes.
    const timer = setTimeout(() => void import('./data-source.page.tsx'), 500)
    return () => clearTimeout(timer)
  }, [])
  const openFirst = (text: string) => {
    const first = rowsFor(text).find((row) => row.kind === 'source')
    if (first !== undefined) openRow(first)
  }
  /** What Enter was pressed for before the fields were there; it is opened once they are, unless something else is typed by then. */
  const [awaited, setAwaited] = useState<string | null>(null)
  const isDue = awaited !== null && awaited === typed.trim() && schema !== noSchema
  const openAwaited = useEffectEvent(openFirst)
  useEffect(() => {
    if (isDue) openAwaited(awaited)
  }, [isDue, awaited])
  /** From the search straight into what it found. */
  const onSearchKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') list.current?.focus()
    else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
      // The rows follow the typing a moment later; Enter means what stands in the field now.
      const text = event.target.value.trim()
      if (schema === noSchema) setAwaited(text)
      else openFirst(text)
    } else return
    event.preventDefault()
  }
  return (
    <Page
      title={t.title}
      beside={
        <span role="status" className="text-text-2">
          {t.count(figure(shown), figure(sources.length))}
          {reading?.state === 'waiting' && reading.readAt === null && ` · ${t.readingTables(reading.instance.name)}`}
        </span>
      }
      actions={
        <div className="flex max-w-full flex-wrap items-center gap-2">
          <ListActions conditions={conditionsIn(filter)} isFiltering={filtering} onFilter={toggleFilter} />
          <div className="w-[280px] max-w-full max-tablet:order-first max-tablet:w-full">
            <Field
              label={t.findLabel}
              labelAt="inside"
              aria-label={t.find}
              placeholder={t.findPlaceholder}
              value={typed}
              onChange={find}
              onKeyDown={onSearchKey}
              maxLength={200}
              data-page-search=""
              icon={searchIcon}
            />
          </div>
        </div>
      }
    >
      {errors.length > 0 && (
        <p role="alert" className="bg-warn-tint text-warn text-12 px-4 py-2 tablet:px-6">
          {t.filter.broken} {errors.map(({ path, message }) => `${path} ${message}`.trim()).join('; ')}
        </p>
      )}
      {filtering && (
        <Suspense>
          <FilterBuilder filter={filter} values={values} onChange={filterBy} />
        </Suspense>
      )}
      <div className="relative flex min-h-0 flex-1">
        {!(width === 'phone' && previewed) && (
          <div className="flex min-h-0 min-w-0 flex-1 flex-col">
            {passing.length === 0 ? (
              <EmptyState
                action={
                  <Button onPress={() => filterBy(removal?.without ?? { all: [] })}>
                    {removal === null ? t.filter.clear : t.filter.removeThat}
                  </Button>
                }
              >
                {t.filter.none} {removal && t.filter.helps(conditionInWords(removal.condition), removal.matches)}
              </EmptyState>
            ) : rows.length === 0 ? (
              <EmptyState action={<Button onPress={() => find('')}>{t.clear}</Button>}>{t.none(text)}</EmptyState>
            ) : (
              <>
                <Heads />
                <SourceList
                  ref={list}
                  rows={rows}
                  previewed={previewed?.name ?? null}
                  selected={selectedNames}
                  onOpen={openRow}
                  onPreview={preview}
                  onSelect={select}
                  onCompare={compare}
                />
              </>
            )}
          </div>
        )}
        {previewed && (
          <div className={`border-line bg-surface overflow-auto border-t ${previewPlace[width]}`}>
            <SourcePreview
              source={previewed}
              table={tables.get(previewed.name)}
              instanceId={instance}
              onClose={() => {
                preview(null)
                list.current?.focus()
              }}
            />
          </div>
        )}
      </div>
      {selected.length > 0 && <SelectionBar selected={selected} onSelect={select} onCompare={compare} />}
    </Page>
  )
}

/** Beside the list, over it where there is no room, in its place on a phone. */
const previewPlace: Record<Width, string> = {
  desk: 'w-[344px] flex-none border-l',
  tablet: 'absolute inset-y-0 right-0 z-10 w-[min(480px,90%)] border-l shadow-3',
  phone: 'flex-1',
}

function useFoundSources(
  sources: readonly DataSourceSummary[],
  passing: readonly DataSourceSummary[],
  schema: Schema,
  tables: ReadonlyMap<string, Schema['tables'][number]>,
  typed: string,
) {
  // Not before the list stands, and before somebody has found the search.
  useEffect(() => {
    const timer = setTimeout(() => searchIndexOf(sources, schema), 300)
    return () => clearTimeout(timer)
  }, [sources, schema])
  const text = useDeferredValue(typed.trim())
  const rowsFor = useCallback(
    (wanted: string) => {
      const describe = (source: string, field: string) =>
        tables.get(source)?.columns.find(({ name }) => name === field)?.description ?? ''
      return sourceRows(passing, () => searchIndexOf(sources, schema), wanted, describe)
    },
    [sources, passing, schema, tables],
  )
  const rows = useMemo(() => rowsFor(text), [rowsFor, text])
  return { rowsFor, rows, text }
}

interface ListActionsProps {
  /** How many conditions the list is filtered by. */
  conditions: number
  isFiltering: boolean
  onFilter: () => void
}

/** What can be done with all tables; drawn apart from the search, so that a key in it draws none of these anew. */
const ListActions = memo(function ListActions({ conditions, isFiltering, onFilter }: ListActionsProps) {
  return (
    <>
      <Link to="/data-sources/compare-instances" className="btn default">
        {t.compareInstances}
      </Link>
      <Link to="/data-sources/changes" className="btn default">
        {t.changes}
      </Link>
      <CatalogueButton />
      <button type="button" className="btn default" aria-expanded={isFiltering} onClick={onFilter}>
        <ListFilter size={14} strokeWidth={1.7} aria-hidden />
        {t.filter.open(conditions)}
      </button>
    </>
  )
})

/** The rows say their numbers to assistive technology only in order; the heads are for the eye. */
function Heads() {
  const width = useWidth()
  const desk = width === 'desk'
  return (
    <div
      aria-hidden
      className="text-11 text-text-3 font-medium flex items-center gap-2 pr-4 pb-1.5 pl-2 tablet:gap-3 tablet:pr-6 tablet:pl-4"
    >
      <span className="w-7" />
      <span className="flex-1">{t.columns.table}</span>
      <span className="w-[44px] text-right">{t.columns.fields}</span>
      <span className="w-[40px] tablet:w-[96px]">
        <span className="sr-only tablet:not-sr-only">{t.columns.classes}</span>
      </span>
      {desk && <span className="w-[40px] text-right">{t.columns.dimensions}</span>}
      {desk && <span className="w-[40px] text-right">{t.columns.metrics}</span>}
      {desk && <span className="w-[96px]">{t.columns.instance}</span>}
    </div>
  )
}
