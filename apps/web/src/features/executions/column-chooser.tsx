import type { ResultColumn } from '@recomamp/contracts'
import { ArrowLeft, ArrowRight } from 'lucide-react'
import { results as t } from '#messages/results.ts'
import { TypeChip } from '#ui/data-marks.tsx'
import { moved, toggled } from './result-arrangement.ts'

interface ColumnChooserProps {
  columns: readonly ResultColumn[]
  /** Names of the columns that are shown, in their order. */
  shown: readonly string[]
  onChange: (shown: readonly string[] | null) => void
}

/** Which columns are shown, and in which order; at least one stays. */
export function ColumnChooser({ columns, shown, onChange }: ColumnChooserProps) {
  const all = columns.map(({ name }) => name)
  const hidden = all.filter((name) => !shown.includes(name))
  return (
    <>
      <ul>
        {[...shown, ...hidden].map((name) => {
          const column = columns.find((each) => each.name === name)
          const place = shown.indexOf(name)
          return (
            <li key={name} className="hover:bg-hover flex items-center gap-1 rounded pr-1">
              <label className="flex min-h-[28px] min-w-0 flex-1 items-center gap-2 pl-2">
                <input
                  type="checkbox"
                  checked={place !== -1}
                  aria-disabled={place !== -1 && shown.length === 1}
                  onChange={() => onChange(toggled(shown, all, name))}
                />
                {column && <TypeChip type={column.dataType} metric={column.columnType === 'METRIC'} />}
                <span className="mono cut text-12">{name}</span>
              </label>
              {place > 0 && (
                <button
                  type="button"
                  className="btn quiet small square"
                  aria-label={t.moveLeft(name)}
                  onClick={() => onChange(moved(shown, all, name, -1))}
                >
                  <ArrowLeft size={12} strokeWidth={2} aria-hidden />
                </button>
              )}
              {place !== -1 && place < shown.length - 1 && (
                <button
                  type="button"
                  className="btn quiet small square"
                  aria-label={t.moveRight(name)}
                  onClick={() => onChange(moved(shown, all, name, 1))}
                >
                  <ArrowRight size={12} strokeWidth={2} aria-hidden />
                </button>
              )}
            </li>
          )
        })}
      </ul>
      {hidden.length > 0 && (
        <button type="button" className="btn small m-1" onClick={() => onChange(null)}>
          {t.showAll}
        </button>
      )}
    </>
  )
}
