import { rangesOf } from '@recomamp/amc-catalogue/search'
import type { DataSourceDetail, DataSourceField } from '@recomamp/contracts'
import { ChevronDown, ChevronRight } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, memo, useCallback, useId, useLayoutEffect, useRef } from 'react'
import { dataSource as words } from '#messages/data-source.ts'
import type { Width } from '#platform/width.ts'
import { PrivacyMeter, TypeChip } from '#ui/data-marks.tsx'
import { Highlighted } from '#ui/highlighted.tsx'
import { FieldDetails } from './field-details.tsx'
import { type FieldRow, noPrefix, unknown } from './field-rows.ts'
import type { FieldGrouping } from './field-search.ts'
import { topOfRow } from './row-layout.ts'
import type { FieldExplorerState } from './use-field-explorer.ts'
import { useRowsInView } from './use-rows-in-view.ts'
import { coveredTop } from './use-section-in-view.ts'

const t = words.fields

interface FieldListProps {
  source: DataSourceDetail
  explorer: FieldExplorerState
  lacking: ReadonlySet<string> | null
  /** The saved queries that use a field. */
  renderUses: (field: string) => ReactNode
}

/** The fields as rows of which those in view are drawn; arrows move, Enter opens one in place. */
export const FieldList = memo(function FieldList({ source, explorer, lacking, renderUses }: FieldListProps) {
  const id = useId()
  const {
    rows,
    layout,
    rowHeight,
    searched,
    scroller,
    list,
    setList,
    current,
    setCurrent,
    focusOn,
    setFocusOn,
    openAt,
    toggle,
    width,
  } = explorer
  const { first, last } = useRowsInView(scroller, list, layout)
  const currentAt = rows.findIndex((row) => row.kind === 'field' && row.key === current)
  const firstField = rows.findIndex((row) => row.kind === 'field')
  // The row with the focus and the open one stay in the page when they leave the view, or the focus would be lost.
  const drawn = new Set([currentAt === -1 ? firstField : currentAt, openAt])
  for (let at = first; at < last; at++) drawn.add(at)

  const focused = useRef(focusOn)
  useLayoutEffect(() => {
    const button = document.getElementById(`${id}-${focusOn?.name}`)
    if (focused.current === focusOn || button === null) return
    focused.current = focusOn
    button.focus({ preventScroll: true })
  })

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (!(event.target instanceof HTMLElement) || event.target.getAttribute('aria-expanded') === null) return
    const next = nextField(rows, currentAt === -1 ? firstField : currentAt, event.key)
    const row = next === null ? undefined : rows[next]
    if (next === null || row === undefined || scroller === null || list === null) return
    event.preventDefault()
    setCurrent(row.key)
    setFocusOn({ name: row.key })
    const top = list.getBoundingClientRect().top - scroller.getBoundingClientRect().top + topOfRow(layout, next)
    const below = top + rowHeight - scroller.clientHeight
    const covered = coveredTop(scroller) + rowHeight
    if (top < covered) scroller.scrollBy({ top: top - covered })
    else if (below > 0) scroller.scrollBy({ top: below })
  }

  const onPress = useCallback(
    (name: string) => {
      setCurrent(name)
      toggle(name)
    },
    [setCurrent, toggle],
  )

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the rows are buttons; arrows lead from one to the next
    <div
      ref={setList}
      className="border-line-subtle relative border-b"
      style={{ height: topOfRow(layout, rows.length) }}
      onKeyDown={onKeyDown}
    >
      {[...drawn]
        .filter((at) => at >= 0)
        .toSorted((a, b) => a - b)
        .map((at) => {
          const row = rows[at]
          if (row === undefined) return null
          const top = topOfRow(layout, at)
          if (row.kind === 'group')
            return (
              <h3
                key={row.key}
                className="bg-sunken border-line-subtle text-11 text-text-2 font-medium absolute inset-x-0 flex items-center gap-1.5 border-b px-4 tablet:px-6 desk:px-3"
                style={{ top, height: topOfRow(layout, at + 1) - top }}
              >
                {groupTitle(explorer.search.group ?? 'subject', row.title)} <span>{row.count}</span>
              </h3>
            )
          return (
            <FieldLine
              key={row.key}
              id={`${id}-${row.key}`}
              field={row.field}
              searched={searched}
              top={top}
              height={rowHeight}
              width={width}
              isOpen={at === openAt}
              isStop={row.key === current || (currentAt === -1 && at === firstField)}
              isLacking={lacking?.has(row.key) === true}
              onPress={onPress}
            />
          )
        })}
      {openAt !== -1 && (
        <FieldDetails
          source={source}
          name={rows[openAt]?.key ?? ''}
          id={`${id}-details`}
          top={topOfRow(layout, openAt) + rowHeight}
          onHeight={explorer.setOpenHeight}
          renderUses={renderUses}
        />
      )}
    </div>
  )
})

/** The place that a key leads to from a field; heads of groups are no places. */
function nextField(rows: readonly FieldRow[], from: number, key: string): number | null {
  const fields = rows.flatMap((row, at) => (row.kind === 'field' ? [at] : []))
  const place = fields.indexOf(from)
  const steps: Record<string, number> = {
    ArrowDown: place + 1,
    ArrowUp: place - 1,
    PageDown: place + 15,
    PageUp: place - 15,
    Home: 0,
    End: fields.length - 1,
  }
  const next = steps[key]
  if (next === undefined) return null
  return fields[Math.max(0, Math.min(fields.length - 1, next))] ?? null
}

/** What stands over a group of fields. */
export function groupTitle(group: FieldGrouping, title: string): string {
  if (title === unknown) return t.heads.unknown
  if (group === 'subject') return words.subjects[title as keyof typeof words.subjects]
  if (group === 'role') return t.heads.role[title as keyof typeof t.heads.role]
  return title === noPrefix ? t.heads.prefix : title.replace('VERY_HIGH', 'VERY HIGH')
}

interface FieldLineProps {
  id: string
  field: DataSourceField
  searched: string
  top: number
  height: number
  width: Width
  isOpen: boolean
  /** The row at which Tab stops. */
  isStop: boolean
  isLacking: boolean
  onPress: (name: string) => void
}

/** One and the same in every row, so that they are drawn once. */
const openMark = <ChevronDown size={14} strokeWidth={1.7} aria-hidden className="text-text-3 flex-none" />
const closedMark = <ChevronRight size={14} strokeWidth={1.7} aria-hidden className="text-text-3 flex-none" />

const FieldLine = memo(function FieldLine(props: FieldLineProps) {
  const { id, field, searched, top, height, width, isOpen, isStop, isLacking, onPress } = props
  const ranges = rangesOf(field.name, searched)
  const type = field.typeDetail ?? field.dataType ?? t.unknownType
  const struck = isLacking || field.onInstance === false
  const name = (
    <span className={`mono font-strong flex min-w-0 ${struck ? 'line-through' : ''}`} title={field.name}>
      <Highlighted text={field.name} ranges={ranges} />
    </span>
  )
  const meaning = (
    <span className="flex min-w-0 items-center gap-1.5">
      {isLacking && <span className="tag lined">{t.notForAudiences}</span>}
      {field.onInstance === false && <span className="tag lined">{t.notHere}</span>}
      {!field.documented && <span className="tag lined">{t.onlyHere}</span>}
      {field.unit && <span className="tag warn">{field.unit}</span>}
      <span className="flex min-w-0 text-text-2">
        <Highlighted text={field.description} ranges={ranges.length > 0 ? [] : rangesOf(field.description, searched)} />
      </span>
    </span>
  )
  return (
    <button
      type="button"
      id={id}
      data-field={field.name}
      aria-expanded={isOpen}
      tabIndex={isStop ? 0 : -1}
      className={`field-row ${width} ${isOpen ? 'open' : ''}`}
      style={{ top, height }}
      onClick={() => onPress(field.name)}
    >
      {isOpen ? openMark : closedMark}
      <TypeChip type={field.dataType ?? type} metric={field.columnType === 'metric'} />
      {width === 'desk' ? (
        <>
          {name}
          <span className="text-12 text-text-2">{type}</span>
          <PrivacyMeter threshold={field.aggregationThreshold} word />
          {meaning}
        </>
      ) : (
        <>
          <span className="flex min-w-0 flex-col gap-0.5">
            {name}
            <span className="text-12 flex min-w-0">{meaning}</span>
          </span>
          {width === 'tablet' && <span className="text-12 text-text-2">{type}</span>}
          <PrivacyMeter threshold={field.aggregationThreshold} word={width === 'tablet'} />
        </>
      )}
    </button>
  )
})
