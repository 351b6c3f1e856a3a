import { type Execution, type ResultFilter, valueKindOf } from '@recomamp/contracts'
import { Columns3, X } from 'lucide-react'
import { counts } from '#messages/counts.ts'
import { results as t } from '#messages/results.ts'
import { figure } from '#platform/words.ts'
import { LinkButton } from '#ui/button.tsx'
import { PopoverButton } from '#ui/popover-button.tsx'
import { ColumnChooser } from './column-chooser.tsx'
import { type Arrangement, shownColumns } from './result-arrangement.ts'

interface ResultToolbarProps {
  execution: Execution
  arrangement: Arrangement
  /** Rows that the filter leaves; null while they are counted. */
  matching: number | null
  onArrange: (arrangement: Arrangement) => void
}

/** Says in words how a result is arranged, and takes it back piece by piece. */
export function ResultToolbar({ execution, arrangement, matching, onArrange }: ResultToolbarProps) {
  const { sort, filter } = arrangement
  const shown = shownColumns(arrangement, execution.columns)
  return (
    <div
      role="group"
      aria-label={t.toolbar}
      className="text-12 flex flex-none flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1"
    >
      <PopoverButton
        label={t.chooser}
        button={
          <>
            <Columns3 size={14} strokeWidth={1.7} aria-hidden />
            {t.columns(shown.length, execution.columns.length)}
          </>
        }
        placement="bottom start"
        panel="max-h-[60vh] w-[300px] overflow-auto p-1"
      >
        <ColumnChooser
          columns={execution.columns}
          shown={shown.map(({ name }) => name)}
          onChange={(columns) => onArrange({ ...arrangement, columns })}
        />
      </PopoverButton>
      {sort.length > 0 && (
        <span className="flex items-center gap-1">
          <span className="text-text-2">{t.sortedBy(sort.map((key) => sortInWords(execution, key)).join('; '))}</span>
          <LinkButton onPress={() => onArrange({ ...arrangement, sort: [] })}>{t.unsort}</LinkButton>
        </span>
      )}
      {filter.length > 0 && (
        <ul aria-label={t.conditions} className="flex min-w-0 flex-wrap items-center gap-1">
          {filter.map((condition) => {
            const words = t.condition(condition.column, condition.operator, valueOf(condition))
            return (
              <li key={words} className="chip">
                <span className="cut">{words}</span>
                <button
                  type="button"
                  aria-label={t.removeCondition(words)}
                  onClick={() => onArrange({ ...arrangement, filter: filter.filter((each) => each !== condition) })}
                >
                  <X size={12} strokeWidth={2} aria-hidden />
                </button>
              </li>
            )
          })}
        </ul>
      )}
      <span role="status" className="text-text-2">
        {filter.length > 0 &&
          (matching === null ? t.filtering : t.matching(figure(matching), counts.rows(execution.rowCount ?? 0)))}
      </span>
    </div>
  )
}

function valueOf(condition: ResultFilter): string | null {
  return 'value' in condition ? condition.value : null
}

function sortInWords(execution: Execution, { column, direction }: Arrangement['sort'][number]): string {
  const { dataType = '' } = execution.columns.find(({ name }) => name === column) ?? {}
  return t.sortWords(column, direction, valueKindOf(dataType))
}
