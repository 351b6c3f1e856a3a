import type { ExecutionId, MoneyColumn, ResultColumn } from '@recomamp/contracts'
import { ArrowDown, ArrowUp, ChartNoAxesColumn, Coins, EyeOff, Minus, Pin, PinOff, Plus } from 'lucide-react'
import { useRef, useState } from 'react'
import { Dialog, Popover } from 'react-aria-components'
import { results as t } from '#messages/results.ts'
import { columnWidth } from '#ui/grid-geometry.ts'
import { PanelBoundary } from '#ui/panel-boundary.tsx'
import { ColumnFilter } from './column-filter.tsx'
import { ColumnStatistics } from './column-statistics.tsx'
import type { MoneyUnits } from './money-text.ts'
import { type Arrangement, filteredBy } from './result-arrangement.ts'

interface ColumnMenuProps {
  executionId: ExecutionId
  column: ResultColumn
  anchor: HTMLElement
  arrangement: Arrangement
  onArrange: (arrangement: Arrangement) => void
  /** The money that is shown as such. */
  units: MoneyUnits
  /** The unit in which its amounts came; null where it is not known to hold money. */
  sent: MoneyColumn['unit'] | null
  /** Shows its amounts as they came. */
  onSent: (isSent: boolean) => void
  width: number
  /** Null: the usual one. */
  onWidth: (width: number | null) => void
  /** Null for the last column that is shown. */
  onHide: (() => void) | null
  onClose: () => void
}

/** What can be done with a column: its order, its place and width, its filter, what its values are, hiding it. */
export function ColumnMenu(props: ColumnMenuProps) {
  const { executionId, column, anchor, arrangement, onArrange, units, sent, width, onWidth, onHide, onClose } = props
  const trigger = useRef(anchor)
  const [hasStatistics, setStatistics] = useState(false)
  const { name } = column
  const { pinned } = arrangement
  const isPinned = pinned.includes(name)
  const arrange = (change: Partial<Arrangement>) => {
    onClose()
    onArrange({ ...arrangement, ...change })
  }
  const sortButton = (direction: 'asc' | 'desc') => {
    const Arrow = direction === 'asc' ? ArrowUp : ArrowDown
    return (
      <button
        type="button"
        className="menu-item w-full"
        onClick={() => arrange({ sort: [{ column: name, direction }] })}
      >
        <Arrow size={14} strokeWidth={1.7} aria-hidden />
        {direction === 'asc' ? t.menu.ascending : t.menu.descending}
      </button>
    )
  }
  return (
    <Popover
      className="popover"
      triggerRef={trigger}
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      placement="bottom start"
    >
      <Dialog aria-label={t.menuOf(name)} className="w-[280px] max-w-[90vw] p-1 outline-none">
        {sortButton('asc')}
        {sortButton('desc')}
        <PinButton
          isPinned={isPinned}
          onPress={() => arrange({ pinned: isPinned ? pinned.filter((each) => each !== name) : [...pinned, name] })}
        />
        {onHide !== null && (
          <button
            type="button"
            className="menu-item w-full"
            onClick={() => {
              onClose()
              onHide()
            }}
          >
            <EyeOff size={14} strokeWidth={1.7} aria-hidden />
            {t.menu.hide}
          </button>
        )}
        {sent !== null && sent !== 'currency' && (
          <button
            type="button"
            className="menu-item w-full"
            onClick={() => {
              onClose()
              props.onSent(units.has(name))
            }}
          >
            <Coins size={14} strokeWidth={1.7} aria-hidden />
            {units.has(name) ? t.menu.asSent(sent) : t.menu.asMoney}
          </button>
        )}
        <WidthRow width={width} onWidth={onWidth} />
        <hr className="border-line-subtle my-1" />
        {sent !== null && sent !== 'currency' && (
          <p className="text-12 text-text-3 px-2">{t.menu.comparesAsSent(sent)}</p>
        )}
        <ColumnFilter
          column={column}
          conditions={arrangement.filter.filter((condition) => condition.column === name)}
          onApply={(conditions) => arrange({ filter: filteredBy(arrangement.filter, name, conditions) })}
        />
        <hr className="border-line-subtle my-1" />
        {hasStatistics ? (
          <PanelBoundary label={t.statistics.open}>
            <ColumnStatistics
              executionId={executionId}
              column={column}
              unit={units.get(name) ?? null}
              filter={arrangement.filter}
            />
          </PanelBoundary>
        ) : (
          <button type="button" className="menu-item w-full" onClick={() => setStatistics(true)}>
            <ChartNoAxesColumn size={14} strokeWidth={1.7} aria-hidden />
            {t.statistics.open}
          </button>
        )}
      </Dialog>
    </Popover>
  )
}

function PinButton({ isPinned, onPress }: { isPinned: boolean; onPress: () => void }) {
  const Mark = isPinned ? PinOff : Pin
  return (
    <button type="button" className="menu-item w-full" onClick={onPress}>
      <Mark size={14} strokeWidth={1.7} aria-hidden />
      {isPinned ? t.menu.unpin : t.menu.pin}
    </button>
  )
}

/** Stays open, since a width is found by trying. */
function WidthRow({ width, onWidth }: Pick<ColumnMenuProps, 'width' | 'onWidth'>) {
  return (
    <div role="group" aria-label={t.menu.width} className="text-12 flex min-h-[28px] items-center gap-1 px-2">
      <span aria-hidden className="flex-1">
        {t.menu.width}
      </span>
      <button
        type="button"
        className="btn small square"
        aria-label={t.menu.narrower}
        onClick={() => onWidth(columnWidth(width - 32))}
      >
        <Minus size={12} strokeWidth={2} aria-hidden />
      </button>
      <button
        type="button"
        className="btn small square"
        aria-label={t.menu.wider}
        onClick={() => onWidth(columnWidth(width + 32))}
      >
        <Plus size={12} strokeWidth={2} aria-hidden />
      </button>
      <button type="button" className="btn small" onClick={() => onWidth(null)}>
        {t.menu.usualWidth}
      </button>
    </div>
  )
}
