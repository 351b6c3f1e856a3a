import type { UserId, WorkflowId, WorkflowSummary } from '@recomamp/contracts'
import { ArrowDown, ArrowUp, Check } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, type Ref, useEffect, useId, useState } from 'react'
import { library as t } from '#messages/queries.ts'
import { type Width, useWidth } from '#platform/width.ts'
import { exactly, when } from '#platform/words.ts'
import { useScrolledRows } from '#ui/scrolled-rows.ts'
import { useRowHeight } from '#ui/use-row-height.ts'
import type { LibraryOrder } from './library-search.ts'
import { CopyMark, RunMark, RunOutcome, TagsOf, copyWords } from './query-marks.tsx'

const heights: Record<Width, number> = { desk: 29, tablet: 33, phone: 60 }

interface QueryListProps {
  queries: readonly WorkflowSummary[]
  total: number
  selected: ReadonlySet<WorkflowId>
  order: LibraryOrder
  /** What lies in the trash is not opened, and says when it goes. */
  inTrash: boolean
  me: UserId | undefined
  now: Date
  onOpen: (query: WorkflowSummary) => void
  onSelect: (ids: readonly WorkflowId[]) => void
  onSort: (column: LibraryOrder['sort']) => void
  onDelete: (queries: readonly WorkflowSummary[]) => void
  /** The end of what has been read comes into view. */
  onEnd: () => void
  renderActions: (query: WorkflowSummary, reachable: boolean) => ReactNode
  ref: Ref<HTMLDivElement>
}

/**
 * The dense list: arrows move, Enter opens, Space selects (with Shift and an arrow a range), Ctrl A selects all that are shown, Delete
 * moves to the trash, Tab goes on to the actions of the row.
 */
export function QueryList(props: QueryListProps) {
  const { queries, total, selected, inTrash, onOpen, onSelect, onDelete, onEnd, ref } = props
  const id = useId()
  const width = useWidth()
  const rowHeight = useRowHeight(heights[width], width === 'desk' ? 40 : 44)
  const [current, setCurrent] = useState<WorkflowId | null>(null)
  const { attach, first, last, reveal } = useScrolledRows(queries.length, rowHeight)
  const at = queries.findIndex((query) => query.id === current)
  const query = queries[at]
  const atEnd = last >= queries.length && queries.length < total
  useEffect(() => {
    if (atEnd) onEnd()
  }, [atEnd, onEnd])

  const toggle = (one: WorkflowId) =>
    onSelect(selected.has(one) ? [...selected].filter((each) => each !== one) : [...selected, one])
  const chosen = () => (selected.size > 0 ? queries.filter((each) => selected.has(each.id)) : query ? [query] : [])
  const acts: Partial<Record<string, () => void>> = {
    Enter: () => query && !inTrash && onOpen(query),
    ' ': () => query && toggle(query.id),
    Delete: () => !inTrash && chosen().length > 0 && onDelete(chosen()),
    'Ctrl a': () => onSelect(queries.map((each) => each.id)),
    Escape: () => onSelect([]),
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.altKey) return
    const held = event.ctrlKey || event.metaKey
    const act = acts[held ? `Ctrl ${event.key}` : event.key]
    const next = held ? null : nextRow(event.key, at, queries.length)
    const target = next === null ? undefined : queries[next]
    if (act === undefined && target === undefined) return
    event.preventDefault()
    act?.()
    if (next === null || target === undefined) return
    if (event.shiftKey && query) onSelect([...new Set([...selected, query.id, target.id])])
    setCurrent(target.id)
    reveal(next)
  }

  return (
    <div
      ref={ref}
      role="grid"
      aria-label={t.title}
      aria-multiselectable
      aria-rowcount={total + 1}
      tabIndex={0}
      aria-activedescendant={at >= first && at < last ? `${id}-${at}` : undefined}
      className="query-list border-line border-t"
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        if (event.target === event.currentTarget && at === -1) setCurrent(queries[0]?.id ?? null)
      }}
    >
      {width !== 'phone' && <Heads {...props} width={width} />}
      <div ref={attach} role="rowgroup" className="relative min-h-0 flex-1 overflow-auto">
        <div role="presentation" style={{ height: queries.length * rowHeight }}>
          {queries.slice(first, last).map((each, index) => (
            // The grid has the focus and the keys; its rows are pointed at by aria-activedescendant.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
            <div
              key={each.id}
              id={`${id}-${first + index}`}
              role="row"
              aria-rowindex={first + index + 2}
              aria-selected={selected.has(each.id)}
              className={`query-row ${width} ${selected.has(each.id) ? 'selected' : ''} ${each.id === current ? 'current' : ''}`}
              style={{ top: (first + index) * rowHeight, height: rowHeight }}
              onClick={(event) => {
                if (event.target instanceof Element && event.target.closest('a, button') !== null) return
                setCurrent(each.id)
                if (!inTrash) onOpen(each)
              }}
            >
              <Cells
                {...props}
                query={each}
                width={width}
                current={each.id === current}
                onToggle={() => toggle(each.id)}
              />
            </div>
          ))}
        </div>
      </div>
    </div>
  )
}

function nextRow(key: string, at: number, count: number): number | null {
  const page = 15
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page }
  if (count === 0) return null
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  const step = steps[key]
  return step === undefined ? null : Math.max(0, Math.min(count - 1, at + step))
}

type PartProps = QueryListProps & { width: Width }

function Heads({ queries, selected, order, inTrash, width, onSelect, onSort }: PartProps) {
  const all = queries.length > 0 && queries.every((query) => selected.has(query.id))
  const sortable = (column: LibraryOrder['sort'], label: string) => (
    <button
      type="button"
      className="flex items-center gap-1"
      aria-label={t.sortBy(label)}
      onClick={() => onSort(column)}
    >
      {label}
      {order.sort === column &&
        (order.order === 'asc' ? <ArrowUp size={12} aria-hidden /> : <ArrowDown size={12} aria-hidden />)}
    </button>
  )
  const sorted = (column: LibraryOrder['sort']) =>
    order.sort === column ? (order.order === 'asc' ? 'ascending' : 'descending') : 'none'
  return (
    <div role="rowgroup" className="flex-none">
      <div role="row" aria-rowindex={1} className={`query-row head ${width}`}>
        <span role="columnheader" aria-label={t.selectAll}>
          <button
            type="button"
            className="grid size-6 place-items-center"
            aria-label={t.selectAll}
            aria-pressed={all}
            onClick={() => onSelect(all ? [] : queries.map(({ id }) => id))}
          >
            <span className={`check ${all ? 'on' : ''}`}>
              {all && <Check size={11} strokeWidth={2.5} aria-hidden />}
            </span>
          </button>
        </span>
        <span role="columnheader" aria-sort={sorted('name')}>
          {sortable('name', t.columns.name)}
        </span>
        <span role="columnheader">{t.columns.instance}</span>
        <span role="columnheader">{t.columns.run}</span>
        <span role="columnheader">{t.columns.outcome}</span>
        <span role="columnheader" aria-sort={sorted('run')} className="justify-self-end">
          {sortable('run', t.columns.when)}
        </span>
        <span role="columnheader" className="pl-3">
          {t.columns.copy}
        </span>
        <span role="columnheader" aria-sort={sorted('updated')}>
          {inTrash ? t.columns.deleted : sortable('updated', t.columns.edited)}
        </span>
        {width === 'desk' && <span role="columnheader">{t.columns.owner}</span>}
      </div>
    </div>
  )
}

interface CellsProps extends PartProps {
  query: WorkflowSummary
  current: boolean
  onToggle: () => void
}

function Cells(props: CellsProps) {
  const { query, width, inTrash, me, now, current, selected, onToggle, renderActions } = props
  const { latestExecution: run, copies } = query
  const isSelected = selected.has(query.id)
  const box = (
    // Space does it with the keyboard.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <span
      role="gridcell"
      aria-label={t.selectOne(query.name)}
      className="grid h-full min-w-6 place-items-center"
      onClick={(event) => {
        event.stopPropagation()
        onToggle()
      }}
    >
      <span className={`check ${isSelected ? 'on' : ''}`}>
        {isSelected && <Check size={11} strokeWidth={2.5} aria-hidden />}
      </span>
    </span>
  )
  const actions = (
    <span role="gridcell" className="row-actions" data-shown={current || width === 'phone'}>
      {renderActions(query, current || width === 'phone')}
    </span>
  )
  if (width === 'phone')
    return (
      <>
        {box}
        <span role="gridcell" className="flex min-w-0 flex-col gap-0.5">
          <QueryLink {...props} />
          <span className="text-12 text-text-2 flex min-w-0 gap-2">
            <RunMark run={run} />
            <span className="cut">
              <RunOutcome run={run} />
            </span>
          </span>
        </span>
        {actions}
      </>
    )
  return (
    <>
      {box}
      <span role="gridcell" className="flex min-w-0 items-center gap-2">
        <QueryLink {...props} />
        {width === 'desk' && <TagsOf query={query} />}
      </span>
      <span role="gridcell" className="cut text-text-2" title={query.instance?.name}>
        {query.instance?.name ?? <span className="text-text-3">{t.noInstance}</span>}
      </span>
      <span role="gridcell">
        <RunMark run={run} />
      </span>
      <span role="gridcell" className="cut" title={run?.failure ?? undefined}>
        <RunOutcome run={run} />
      </span>
      <span role="gridcell" className="num text-text-2" title={run === null ? undefined : exactly(run.requestedAt)}>
        {run === null ? <span className="text-text-3">{t.neverRun}</span> : when(run.requestedAt, now)}
      </span>
      <span role="gridcell" className="min-w-0 pl-3" title={copies === null ? undefined : copyWords(copies)}>
        <CopyMark copies={copies} />
      </span>
      <span role="gridcell" className="cut text-text-2" title={exactly(query.deletedAt ?? query.updatedAt)}>
        {when(query.deletedAt ?? query.updatedAt, now)}
        {inTrash && <span className="text-text-3"> · {leaving(query, now)}</span>}
      </span>
      {width === 'desk' && (
        <span role="gridcell" className="cut text-text-2">
          {query.author.id === me ? t.you : query.author.name}
        </span>
      )}
      {actions}
    </>
  )
}

const trashDays = 30

/** When it goes for good. */
function leaving({ deletedAt, copies }: WorkflowSummary, now: Date): string {
  if (copies !== null) return t.staysForCopy
  const goes = new Date(Date.parse(deletedAt ?? now.toISOString()) + trashDays * 86_400_000)
  return t.goesOn(goes.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' }))
}

function QueryLink({ query, inTrash, onOpen }: CellsProps) {
  if (inTrash)
    return (
      <span className="query-name" title={query.name}>
        {query.name}
      </span>
    )
  return (
    <a
      href={`/workbench/${query.id}`}
      tabIndex={-1}
      title={query.name}
      className="query-name"
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return
        event.preventDefault()
        onOpen(query)
      }}
    >
      {query.name}
    </a>
  )
}
