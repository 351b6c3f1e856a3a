import type { ExecutionId, ResultColumn } from '@recomamp/contracts'
import { ArrowDown, ArrowUp, ChartNoAxesColumn, EyeOff } from 'lucide-react'
import { useRef, useState } from 'react'
import { Dialog, Popover } from 'react-aria-components'
import { results as t } from '#messages/results.ts'
import { PanelBoundary } from '#ui/panel-boundary.tsx'
import { ColumnFilter } from './column-filter.tsx'
import { ColumnStatistics } from './column-statistics.tsx'
import { type Arrangement, filteredBy } from './result-arrangement.ts'

interface ColumnMenuProps {
  executionId: ExecutionId
  column: ResultColumn
  anchor: HTMLElement
  arrangement: Arrangement
  onArrange: (arrangement: Arrangement) => void
  /** Null for the last column that is shown. */
  onHide: (() => void) | null
  onClose: () => void
}

/** What can be done with a column: its order, its filter, what its values are, hiding it. */
export function ColumnMenu(props: ColumnMenuProps) {
  const { executionId, column, anchor, arrangement, onArrange, onHide, onClose } = props
  const trigger = useRef(anchor)
  const [hasStatistics, setStatistics] = useState(false)
  const { name } = column
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
        <hr className="border-line-subtle my-1" />
        <ColumnFilter
          column={column}
          conditions={arrangement.filter.filter((condition) => condition.column === name)}
          onApply={(conditions) => arrange({ filter: filteredBy(arrangement.filter, name, conditions) })}
        />
        <hr className="border-line-subtle my-1" />
        {hasStatistics ? (
          <PanelBoundary label={t.statistics.open}>
            <ColumnStatistics executionId={executionId} column={column} filter={arrangement.filter} />
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
