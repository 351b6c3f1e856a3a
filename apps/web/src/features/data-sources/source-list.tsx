import { type KeyboardEvent, useId, useState } from 'react'
import { dataSources as t } from '#messages/data-sources.ts'
import { useWidth } from '#platform/width.ts'
import { CutMiddle } from '#ui/data-marks.tsx'
import { Highlighted } from '#ui/highlighted.tsx'
import { PrivacyBar } from '#ui/privacy-bar.tsx'
import { useScrolledRows } from '#ui/scrolled-rows.ts'
import type { SourceRow } from './source-rows.ts'

const rowHeight = matchMedia('(pointer: coarse)').matches ? 40 : 29

interface SourceListProps {
  rows: readonly SourceRow[]
  chosen: string | null
  onChoose: (name: string | null) => void
}

/** The dense list: arrows move, Enter shows a table, Escape takes the preview away. */
export function SourceList({ rows, chosen, onChoose }: SourceListProps) {
  const id = useId()
  const [current, setCurrent] = useState(chosen)
  const { attach, first, last, reveal } = useScrolledRows(rows.length, rowHeight)
  const places = rows.flatMap((row, at) => (row.kind === 'source' ? [at] : []))
  const place = places.findIndex((at) => rows[at]?.key === current)
  const at = places[place] ?? -1

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      if (at >= 0) onChoose(current)
    } else if (event.key === 'Escape') onChoose(null)
    const next = nextPlace(event.key, place, places.length)
    const row = next === null ? undefined : rows[places[next] ?? -1]
    if (next === null || row === undefined) return
    event.preventDefault()
    setCurrent(row.key)
    reveal(next === 0 ? 0 : (places[next] ?? 0))
  }

  return (
    <div
      ref={attach}
      role="listbox"
      aria-label={t.title}
      tabIndex={0}
      aria-activedescendant={at >= first && at < last ? `${id}-${at}` : undefined}
      className="tree border-line border-t"
      onKeyDown={onKeyDown}
    >
      <div role="presentation" style={{ position: 'relative', height: rows.length * rowHeight }}>
        {rows.slice(first, last).map((row, index) => {
          const style = { top: (first + index) * rowHeight, height: rowHeight }
          if (row.kind === 'category')
            return (
              <div
                key={row.key}
                role="presentation"
                className="bg-sunken border-line-subtle text-11 text-text-3 font-medium absolute flex w-full items-center gap-1.5 border-b px-6"
                style={style}
              >
                {row.title} <span>{row.count}</span>
              </div>
            )
          return (
            // The list has the focus and the keys; its rows are pointed at by aria-activedescendant.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
            <div
              key={row.key}
              id={`${id}-${first + index}`}
              role="option"
              aria-selected={row.key === chosen}
              className={`border-line-subtle absolute flex w-full items-center border-b ${row.key === chosen || row.key === current ? 'current' : ''}`}
              style={style}
              onClick={() => {
                setCurrent(row.key)
                onChoose(row.key)
              }}
            >
              <SourceLine row={row} />
            </div>
          )
        })}
      </div>
    </div>
  )
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

function SourceLine({ row }: { row: Extract<SourceRow, { kind: 'source' }> }) {
  const width = useWidth()
  const { counts, retired } = row.source
  return (
    <span className="flex min-w-0 flex-1 items-center gap-3 px-6">
      <span className="mono font-strong min-w-[120px] max-w-[60%]">
        {row.name.ranges.length > 0 ? <Highlighted {...row.name} /> : <CutMiddle text={row.name.text} />}
      </span>
      {retired && <span className="tag lined">{t.retired}</span>}
      <span className="cut text-text-2 flex-1">
        {row.fields.length > 0
          ? row.fields.slice(0, 4).map((field, at) => (
              <span key={field.text} className="mono">
                {at > 0 && ', '}
                <Highlighted {...field} />
              </span>
            ))
          : width !== 'phone' && <Highlighted {...row.title} />}
      </span>
      <span className="num w-[44px] text-right">{counts.fields}</span>
      {width !== 'phone' && <PrivacyBar thresholds={counts.thresholds} />}
      {width === 'desk' && <span className="num text-text-2 w-[40px] text-right">{counts.dimensions}</span>}
      {width === 'desk' && <span className="num text-text-2 w-[40px] text-right">{counts.metrics}</span>}
    </span>
  )
}
