import { type DataSourceDetail, Problem, createWorkflow } from '@recomamp/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link, getRouteApi, useNavigate } from '@tanstack/react-router'
import { GitCompareArrows, SquareTerminal } from 'lucide-react'
import type { ReactNode } from 'react'
import { memo, useCallback, useEffect, useMemo, useRef } from 'react'
import { useChosenInstance } from '#features/instances/chosen-instance.tsx'
import { dataSource as t } from '#messages/data-source.ts'
import { dataSources } from '#messages/data-sources.ts'
import { columnText, inCatalogue } from '#platform/compared-column.ts'
import { handOverQuery } from '#platform/query-draft.ts'
import { Button } from '#ui/button.tsx'
import { CopyButton } from '#ui/copy-button.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { useTitle } from '#ui/page.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { CatalogueLine } from './catalogue-origin.tsx'
import { dataSourceQueries } from './data-sources.queries.ts'
import { BackLink, Contents, ContentsSelect, type Section } from './detail/contents.tsx'
import { Examples } from './detail/examples.tsx'
import { FactSources, KnownValues, Siblings } from './detail/facts-behind.tsx'
import { FieldList, groupTitle } from './detail/field-list.tsx'
import { everything } from './detail/field-search.ts'
import { FieldUses } from './field-uses.tsx'
import { FieldToolbar, ShownFields } from './detail/field-toolbar.tsx'
import { LiveMark, OnInstances } from './detail/on-instances.tsx'
import { FactsStrip, Overview, WindowAndHistory } from './detail/overview.tsx'
import { Relationships } from './detail/relationships.tsx'
import { starterQuery } from './detail/starter-query.ts'
import { type FieldExplorerState, useFieldExplorer } from './detail/use-field-explorer.ts'
import { useSectionInView } from './detail/use-section-in-view.ts'

const route = getRouteApi('/app/data-sources/$name')

/** Everything about one table: what it is for, its fields, examples, relationships, and where the facts come from. */
export function DataSourcePage() {
  const { name } = route.useParams()
  useTitle(name)
  const { instance } = useChosenInstance()
  const { data, error, refetch } = useQuery({
    ...dataSourceQueries.detail(name, instance?.id),
    // Another instance changes a few marks, no reason to lose one's place.
    placeholderData: (previous) => (previous?.name === name ? previous : undefined),
  })
  if (error instanceof Problem && error.type === 'data-source-not-found')
    return <UnknownSource name={name} nearest={error.extensions['nearest']} />
  if (error !== null) return <ErrorPanel error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton label={t.reading(name)} />
  return <Source key={name} source={data} />
}

function UnknownSource({ name, nearest }: { name: string; nearest: unknown }) {
  const names = Array.isArray(nearest) ? nearest.filter((one) => typeof one === 'string') : []
  return (
    <EmptyState
      action={
        <Link to="/data-sources" className="btn default">
          {t.all}
        </Link>
      }
    >
      {t.unknown(name)}{' '}
      {names.length > 0 && (
        <>
          {t.nearest}{' '}
          {names.map((near, at) => (
            <span key={near}>
              {at > 0 && ', '}
              <Link to="/data-sources/$name" params={{ name: near }} className="mono">
                {near}
              </Link>
            </span>
          ))}
        </>
      )}
    </EmptyState>
  )
}

function Source({ source }: { source: DataSourceDetail }) {
  const { explorer, text, setText } = useFieldExplorer(source)
  const { rows, layout, scroller, setScroller, list, goToSection, width } = explorer
  const sections = useMemo(() => sectionsOf(source, rows, explorer.search.group), [source, rows, explorer.search.group])
  const current = useSectionInView(scroller, list, rows, layout)
  const lacking = useLackingFields(source, explorer)
  useFocusOnArrival(scroller)
  const contents = { sections, current, onGo: goToSection }
  const desk = width === 'desk'
  const siblings = useMemo(() => source.siblings.map(({ name }) => name), [source])
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex min-h-0 flex-1">
        {desk && <Contents {...contents} siblings={siblings} />}
        <div
          ref={setScroller}
          role="region"
          aria-label={source.name}
          tabIndex={-1}
          className="relative min-w-0 flex-1 overflow-auto outline-none"
        >
          <div className="px-4 pt-4 tablet:px-6">
            {!desk && <BackLink />}
            <Head source={source} hasActions={desk} />
          </div>
          <div className="px-4 tablet:px-6">
            <FactsStrip source={source} />
            <Part id="overview" title={t.sections.overview} hidden>
              <Overview source={source} />
            </Part>
          </div>
          <Fields source={source} explorer={explorer} text={text} onText={setText} lacking={lacking}>
            {!desk && <ContentsSelect {...contents} />}
          </Fields>
          <div className="px-4 tablet:px-6">
            <Part id="examples" title={t.sections.examples}>
              <Examples source={source} />
            </Part>
            {sections.some(({ id }) => id === 'values') && (
              <Part id="values" title={t.sections.values}>
                <KnownValues source={source} />
              </Part>
            )}
            <Part id="window" title={t.sections.window}>
              <WindowAndHistory source={source} />
            </Part>
            <Part id="relationships" title={t.sections.relationships}>
              <Relationships source={source} pictured={width !== 'phone'} />
            </Part>
            <Part id="siblings" title={t.sections.siblings}>
              <Siblings source={source} />
            </Part>
            <Part id="instances" title={t.sections.instances}>
              <OnInstances source={source} />
            </Part>
            <Part id="sources" title={t.sections.sources}>
              <FactSources source={source} />
              {source.documented && <CatalogueLine />}
            </Part>
            <div className="h-16" />
          </div>
        </div>
      </div>
      {!desk && (
        <div className="bg-sunken border-line flex flex-none justify-between border-t px-4 py-2 tablet:px-6">
          <Actions source={source} />
        </div>
      )}
    </div>
  )
}

const Head = memo(function Head({ source, hasActions }: { source: DataSourceDetail; hasActions: boolean }) {
  return (
    <header className="mb-3 flex flex-wrap items-start gap-x-4 gap-y-2">
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <h1 className="mono text-20! break-all">{source.name}</h1>
          <CopyButton text={source.name} label={dataSources.copyName(source.name)} />
          <span className="tag">{source.category}</span>
          {source.retired && <span className="tag warn">{dataSources.retired}</span>}
          <LiveMark source={source} />
        </div>
        <p className="text-14 text-text-2 mt-1 max-w-[84ch]">{source.description}</p>
      </div>
      {hasActions && <Actions source={source} />}
    </header>
  )
})

const Actions = memo(function Actions({ source }: { source: DataSourceDetail }) {
  const navigate = useNavigate()
  const starter = starterQuery(source)
  return (
    <div className="flex flex-1 justify-between gap-2 desk:flex-none">
      <Link
        to="/data-sources/compare"
        search={{
          s: [
            source.documented
              ? source.name
              : columnText({ name: source.name, place: source.reading?.instance.id ?? inCatalogue }),
          ],
        }}
        className="btn default"
        aria-label={t.compareWith(source.name)}
      >
        <GitCompareArrows size={14} strokeWidth={1.7} aria-hidden />
        {t.compare}
      </Link>
      {starter !== null && (
        <Button
          look="primary"
          needs={createWorkflow}
          onPress={() => {
            handOverQuery(starter)
            void navigate({ to: '/workbench/new', search: {} })
          }}
        >
          <SquareTerminal size={14} strokeWidth={1.7} aria-hidden />
          {t.queryIt}
        </Button>
      )}
    </div>
  )
})

interface FieldsProps {
  source: DataSourceDetail
  explorer: FieldExplorerState
  text: string
  onText: (text: string) => void
  lacking: ReadonlySet<string> | null
  /** Before the search. */
  children: ReactNode
}

function Fields({ source, explorer, text, onText, lacking, children }: FieldsProps) {
  const { rows, searched, change } = explorer
  const empty = source.fields.length === 0
  // The same as long as the source is: the list draws nothing anew while somebody types.
  const renderUses = useCallback((field: string) => <FieldUses source={source} field={field} />, [source])
  return (
    <section id="fields" data-section="" aria-label={t.sections.fields} className="pt-6">
      {empty ? (
        <div className="px-4 tablet:px-6">
          {children}
          <h2 className="text-16 my-2">{t.sections.fields}</h2>
          <p className="text-text-2">{t.fields.unknown}</p>
        </div>
      ) : (
        <>
          <div data-sticky="" className="bg-surface sticky top-0 z-10 px-4 py-3 tablet:px-6">
            <FieldToolbar
              source={source}
              explorer={explorer}
              text={text}
              onText={onText}
              before={children || <h2 className="text-16 mr-1">{t.sections.fields}</h2>}
            />
          </div>
          <div className="px-4 tablet:px-6">
            <ShownFields source={source} explorer={explorer} lacking={lacking} />
          </div>
          <div className="desk:px-6">
            <FieldList source={source} explorer={explorer} lacking={lacking} renderUses={renderUses} />
          </div>
          {rows.length === 0 && (
            <EmptyState
              action={
                <Button
                  onPress={() => {
                    onText('')
                    change(everything)
                  }}
                >
                  {t.fields.clear}
                </Button>
              }
            >
              {t.fields.none} {searched !== '' && `“${searched}”`}
            </EmptyState>
          )}
        </>
      )}
    </section>
  )
}

function Part({ id, title, hidden, children }: { id: string; title: string; hidden?: boolean; children: ReactNode }) {
  return (
    <section id={id} data-section="" aria-label={title} className="scroll-mt-[64px] pt-6">
      <h2 className={hidden === true ? 'sr-only' : 'text-16 mb-2'}>{title}</h2>
      {children}
    </section>
  )
}

function sectionsOf(
  source: DataSourceDetail,
  rows: FieldExplorerState['rows'],
  group: FieldExplorerState['search']['group'] = 'subject',
): Section[] {
  const parts = rows.flatMap((row) =>
    row.kind === 'group' ? [{ id: row.key, title: groupTitle(group, row.title), count: row.count }] : [],
  )
  return [
    { id: 'overview', title: t.sections.overview },
    { id: 'fields', title: t.sections.fields, count: source.counts.fields, parts },
    { id: 'examples', title: t.sections.examples, count: source.examples.length },
    ...(hasKnownValues(source) ? [{ id: 'values', title: t.sections.values }] : []),
    { id: 'window', title: t.sections.window },
    { id: 'relationships', title: t.sections.relationships, count: source.relationships.length },
    { id: 'siblings', title: t.sections.siblings, count: source.siblings.length },
    { id: 'instances', title: t.sections.instances, count: source.instances.length },
    { id: 'sources', title: t.sections.sources },
  ]
}

function hasKnownValues(source: DataSourceDetail): boolean {
  return source.fields.some(({ knownValues }) => knownValues !== undefined)
}

/** The names that the table for audiences lacks, while they are to be marked. */
function useLackingFields(source: DataSourceDetail, { search }: FieldExplorerState): ReadonlySet<string> | null {
  const wanted = search.variant === 'audience' && source.audienceVariant !== null
  const { data: schema } = useQuery({ ...dataSourceQueries.schema(), enabled: wanted })
  return useMemo(() => {
    const twin = schema?.tables.find(({ name }) => name === source.audienceVariant)
    if (!wanted || twin === undefined) return null
    const there = new Set(twin.columns.map(({ name }) => name))
    return new Set(source.fields.filter(({ name }) => !there.has(name)).map(({ name }) => name))
  }, [wanted, schema, source])
}

/** The page takes the keys when it opens, unless something in it has them already: arrows scroll, Tab goes on from here. */
function useFocusOnArrival(scroller: HTMLElement | null): void {
  const done = useRef(false)
  useEffect(() => {
    if (scroller === null || done.current) return
    done.current = true
    if (document.activeElement === document.body) scroller.focus({ preventScroll: true })
  }, [scroller])
}
