import { useRouter } from '@tanstack/react-router'
import { Check } from 'lucide-react'
import { type KeyboardEvent, type RefObject, memo, useCallback, useEffect, useId, useRef, useState } from 'react'
import { dataSources as t } from '#messages/data-sources.ts'
import { useWidth } from '#platform/width.ts'
import { figure } from '#platform/words.ts'
import { CutMiddle } from '#ui/data-marks.tsx'
import { Highlighted } from '#ui/highlighted.tsx'
import { PrivacyBar } from '#ui/privacy-bar.tsx'
import { useScrolledRows } from '#ui/scrolled-rows.ts'
import type { FoundSource, SourceRow } from './source-rows.ts'

const rowHeight = matchMedia('(pointer: coarse)').matches ? 40 : 29

interface SourceListProps {
  rows: readonly SourceRow[]
  /** The table of the preview. */
  previewed: string | null
  selected: ReadonlySet<string>
  onOpen: (row: FoundSource) => void
  onPreview: (name: string | null) => void
  onSelect: (names: readonly string[]) => void
  onCompare: () => void
  ref: RefObject<HTMLDivElement | null>
}

/**
 * The dense list: arrows move, Enter opens, P shows a preview, Space selects (with Shift and an arrow a range), C compares the
 * selection, Escape takes the preview away and then the selection.
 */
export const SourceList = memo(function SourceList(props: SourceListProps) {
  const { rows, previewed, selected, onOpen, onPreview, onSelect, onCompare, ref } = props
  const id = useId()
  const [current, setCurrent] = useState(previewed)
  const aim = useAskAhead(current)
  const { attach, first, last, reveal } = useScrolledRows(rows.length, rowHeight)
  const attached = useCallback(
    (element: HTMLDivElement | null) => {
      attach(element)
      ref.current = element
    },
    [attach, ref],
  )
  const places = rows.flatMap((row, at) => (row.kind === 'source' ? [at] : []))
  const place = places.findIndex((at) => rows[at]?.key === current)
  const at = places[place] ?? -1
  const row = rows[at]

  const toggle = (name: string) =>
    onSelect(selected.has(name) ? [...selected].filter((one) => one !== name) : [...selected, name])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.altKey) return
    const act = actions[event.ctrlKey || event.metaKey ? `Ctrl ${event.key}` : event.key]
    if (act !== undefined) {
      event.preventDefault()
      act()
      return
    }
    if (event.ctrlKey || event.metaKey) return
    const next = nextPlace(event.key, place, places.length)
    const target = next === null ? undefined : rows[places[next] ?? -1]
    if (next === null || target === undefined) return
    event.preventDefault()
    if (event.shiftKey && row?.kind === 'source') onSelect([...new Set([...selected, row.key, target.key])])
    setCurrent(target.key)
    reveal(next === 0 ? 0 : (places[next] ?? 0))
  }
  const actions: Partial<Record<string, () => void>> = {
    Enter: () => row?.kind === 'source' && onOpen(row),
    ' ': () => row?.kind === 'source' && toggle(row.key),
    p: () => row?.kind === 'source' && onPreview(row.key === previewed ? null : row.key),
    c: onCompare,
    'Ctrl a': () => onSelect(places.flatMap((place) => rows[place]?.key ?? [])),
    Escape: () => (previewed === null ? onSelect([]) : onPreview(null)),
  }

  return (
    <div
      ref={attached}
      role="grid"
      aria-label={t.title}
      aria-multiselectable
      aria-rowcount={rows.length}
      tabIndex={0}
      aria-activedescendant={at >= first && at < last ? `${id}-${at}` : undefined}
      className="tree border-line border-t"
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        const [begin] = places
        if (event.target === event.currentTarget && at === -1 && begin !== undefined)
          setCurrent(rows[begin]?.key ?? null)
      }}
    >
      <div role="rowgroup" style={{ position: 'relative', height: rows.length * rowHeight }}>
        {rows.slice(first, last).map((row, index) => {
          const style = { top: (first + index) * rowHeight, height: rowHeight }
          if (row.kind === 'category')
            return (
              <div key={row.key} role="row" aria-rowindex={first + index + 1} className="absolute w-full" style={style}>
                <div
                  role="gridcell"
                  className="bg-sunken border-line-subtle text-11 text-text-3 font-medium flex h-full items-center gap-1.5 border-b px-4 tablet:px-6"
                >
                  {row.title} <span>{row.count}</span>
                </div>
              </div>
            )
          const isSelected = selected.has(row.key)
          return (
            // The grid has the focus and the keys; its rows are pointed at by aria-activedescendant.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
            <div
              key={row.key}
              id={`${id}-${first + index}`}
              role="row"
              aria-rowindex={first + index + 1}
              aria-selected={isSelected}
              className={`source-row ${isSelected ? 'selected' : ''} ${row.key === current ? 'current' : ''}`}
              style={style}
              onClick={() => {
                setCurrent(row.key)
                onPreview(row.key)
              }}
            >
              <SourceCells
                row={row}
                isSelected={isSelected}
                onToggle={() => toggle(row.key)}
                onOpen={onOpen}
                onAim={aim}
              />
            </div>
          )
        })}
      </div>
    </div>
  )
})

/** As long as the pointer or the arrows rest on a table before its page is asked for: shorter than the way to a click or to Enter. */
const aimMs = 100

/** Has the page of a table on its way before it is opened: that of the row at which the arrows stand, or which the pointer is told to be at. */
function useAskAhead(current: string | null): (pointed: string | null) => void {
  const router = useRouter()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const aim = useCallback(
    (name: string | null) => {
      clearTimeout(timer.current)
      if (name === null) return
      timer.current = setTimeout(() => void router.preloadRoute({ to: '/data-sources/$name', params: { name } }), aimMs)
    },
    [router],
  )
  useEffect(() => {
    aim(current)
    return () => clearTimeout(timer.current)
  }, [aim, current])
  return aim
}

function nextPlace(key: string, place: number, count: number): number | null {
  const page = 15
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page }
  if (count === 0) return null
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  const step = steps[key]
  return step === undefined ? null : Math.max(0, Math.min(count - 1, place + step))
}

interface SourceCellsProps {
  row: FoundSource
  isSelected: boolean
  onToggle: () => void
  onOpen: (row: FoundSource) => void
  onAim: (name: string | null) => void
}

function SourceCells({ row, isSelected, onToggle, onOpen, onAim }: SourceCellsProps) {
  const width = useWidth()
  const { counts, retired, onInstance } = row.source
  return (
    <>
      {/* Space does it with the keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus */}
      <span
        role="gridcell"
        aria-label={t.selectOne(row.key)}
        className="grid h-full w-7 flex-none place-items-center"
        onClick={(event) => {
          event.stopPropagation()
          onToggle()
        }}
      >
        <span className={`check ${isSelected ? 'on' : ''}`}>
          {isSelected && <Check size={11} strokeWidth={2.5} aria-hidden />}
        </span>
      </span>
      <span role="gridcell" className="flex min-w-0 flex-1 items-center gap-3">
        <a
          href={`/data-sources/${encodeURIComponent(row.key)}`}
          tabIndex={-1}
          className="mono font-strong text-text min-w-[120px] max-w-[60%]"
          onMouseEnter={() => onAim(row.key)}
          onMouseLeave={() => onAim(null)}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return
            event.preventDefault()
            event.stopPropagation()
            onOpen(row)
          }}
        >
          {row.name.ranges.length > 0 ? <Highlighted {...row.name} /> : <CutMiddle text={row.name.text} />}
        </a>
        {retired && <span className="tag lined">{t.retired}</span>}
        <span className="cut text-text-2 flex-1">
          <FoundIn row={row} phone={width === 'phone'} />
        </span>
      </span>
      <span role="gridcell" className="num w-[44px]">
        {figure(counts.fields)}
      </span>
      <span role="gridcell" className="w-[40px] tablet:w-[96px]">
        <PrivacyBar thresholds={counts.thresholds} wide />
      </span>
      {width === 'desk' && (
        <>
          <span role="gridcell" className="num text-text-2 w-[40px]">
            {figure(counts.dimensions)}
          </span>
          <span role="gridcell" className="num text-text-2 w-[40px]">
            {figure(counts.metrics)}
          </span>
          <span role="gridcell" className="text-12 w-[96px]">
            {onInstance === null ? (
              <span className="text-text-3">{t.onInstance.unknown}</span>
            ) : onInstance.state === 'here' ? (
              <span className="text-ok">{t.onInstance.here}</span>
            ) : (
              <span className="text-text-3">{t.onInstance.lacking}</span>
            )}
          </span>
        </>
      )}
    </>
  )
}

const fewFields = 4

/** What of a row the search found, or its title. */
function FoundIn({ row: { fields, excerpt, title }, phone }: { row: FoundSource; phone: boolean }) {
  if (excerpt !== null)
    return (
      <>
        {fields[0] && <span className="mono">{fields[0].text}: </span>}
        <Highlighted {...excerpt} />
      </>
    )
  if (fields.length === 0) return !phone && <Highlighted {...title} />
  return (
    <>
      {fields.slice(0, fewFields).map((field, at) => (
        <span key={field.text} className="mono">
          {at > 0 && ', '}
          <Highlighted {...field} />
        </span>
      ))}
      {fields.length > fewFields && <span className="text-12 text-text-3"> {t.more(fields.length - fewFields)}</span>}
    </>
  )
}
