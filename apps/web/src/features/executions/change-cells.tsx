import { type ComparisonPage, type ResultColumn, type RowChange, valueKindOf } from '@recomamp/contracts'
import { ArrowDown } from 'lucide-react'
import { Fragment } from 'react'
import { executions } from '#messages/executions.ts'
import { results } from '#messages/results.ts'
import { TypeChip } from '#ui/data-marks.tsx'

const t = executions.comparison

interface Layout {
  template: string
  width: number
}

/** The columns of the grid: one for a key, three for a value that is told before and after. */
export function gridOf(keys: number, values: number, kind: RowChange): Layout {
  const [key, value] = ['minmax(150px, 1.6fr)', kind === 'changed' ? '108px 108px 168px' : 'minmax(120px, 1fr)']
  const width = keys * 150 + values * (kind === 'changed' ? 384 : 120) + 24
  return { template: [...Array(keys).fill(key), ...Array(values).fill(value)].join(' '), width }
}

interface HeadsProps {
  columns: readonly ResultColumn[]
  keys: readonly number[]
  shown: readonly number[]
  kind: RowChange
  order: string | null
  layout: Layout
  onOrder: (order: string | undefined) => void
}

/** The heads of the grid; changes are ordered by a column with its button. */
export function ChangeHeads({ columns, keys, shown, kind, order, layout, onOrder }: HeadsProps) {
  const style = { gridTemplateColumns: layout.template }
  const names = (
    <div role="row" style={style}>
      {keys.map((at) => (
        <span key={at} role="columnheader" className="mono cut" title={columns[at]?.name}>
          {columns[at]?.name}
        </span>
      ))}
      {shown.map((at) => {
        const column = columns[at]
        if (column === undefined) return null
        return (
          <span
            key={at}
            role="columnheader"
            aria-colspan={kind === 'changed' ? 3 : 1}
            className="value flex items-center gap-1.5"
            style={kind === 'changed' ? { gridColumn: 'span 3' } : {}}
            title={column.name}
          >
            <TypeChip type={column.dataType} metric={column.columnType === 'METRIC'} />
            <span className="mono cut">{column.name}</span>
          </span>
        )
      })}
    </div>
  )
  return (
    <div role="rowgroup" className="change-heads">
      {names}
      {kind === 'changed' && shown.length > 0 && (
        <div role="row" style={style} className="sides">
          {keys.map((at) => (
            <span key={at} role="cell" />
          ))}
          {shown.map((at) => {
            const column = columns[at]
            if (column === undefined) return null
            const isOrder = order === column.name
            return (
              <Fragment key={at}>
                <span role="columnheader" className="value num">
                  {t.before}
                </span>
                <span role="columnheader" className="num">
                  {t.after}
                </span>
                <span role="columnheader" className="num" aria-sort={isOrder ? 'descending' : 'none'}>
                  {isNumber(column) ? (
                    <button
                      type="button"
                      className="link-button"
                      aria-label={t.orderBy(column.name)}
                      onClick={() => onOrder(isOrder ? undefined : column.name)}
                    >
                      {isOrder && <ArrowDown size={12} strokeWidth={2} aria-hidden />}
                      {isOrder ? t.changeBySize : t.change}
                    </button>
                  ) : (
                    t.change
                  )}
                </span>
              </Fragment>
            )
          })}
        </div>
      )}
    </div>
  )
}

interface CellsProps extends Pick<HeadsProps, 'columns' | 'keys' | 'shown' | 'kind'> {
  /** Undefined while it is fetched. */
  row: ComparisonPage['rows'][number] | undefined
}

/** The cells of one row. */
export function ChangeCells({ row, columns, keys, shown, kind }: CellsProps) {
  const side = row?.after ?? row?.before
  return (
    <>
      {keys.map((at) => (
        <span key={at} role="cell" className="cut font-medium" title={side?.[at] ?? ''}>
          <Value value={side?.[at]} />
        </span>
      ))}
      {shown.map((at) => {
        const column = columns[at]
        const align = column !== undefined && isNumber(column) ? 'num cut' : 'cut'
        if (kind !== 'changed')
          return (
            <span key={at} role="cell" className={align} title={side?.[at] ?? ''}>
              <Value value={side?.[at]} isNumber={align !== 'cut'} />
            </span>
          )
        return (
          <Fragment key={at}>
            <span role="cell" className={`value ${align} text-text-2`} title={row?.before?.[at] ?? ''}>
              <Value value={row?.before?.[at]} isNumber={align !== 'cut'} />
            </span>
            <span role="cell" className={align} title={row?.after?.[at] ?? ''}>
              <Value value={row?.after?.[at]} isNumber={align !== 'cut'} />
            </span>
            <span role="cell" className="num flex items-center justify-end gap-2">
              {row !== undefined && (
                <Change
                  change={row.changes[at] ?? null}
                  isSame={row.before?.[at] === row.after?.[at]}
                  isNumber={align !== 'cut'}
                />
              )}
            </span>
          </Fragment>
        )
      })}
    </>
  )
}

interface ValueProps {
  value: string | null | undefined
  /** Shown with separators and few decimals; the exact text is the cell's title. */
  isNumber?: boolean
}

function Value({ value, isNumber = false }: ValueProps) {
  if (value === undefined) return <span className="text-text-3">…</span>
  if (value === null) return <i className="text-text-3">{results.nullValue}</i>
  return <>{isNumber ? shortNumber(value) : value}</>
}

function shortNumber(text: string): string {
  const number = Number(text)
  if (!Number.isFinite(number) || Math.abs(number) > Number.MAX_SAFE_INTEGER) return text
  return number.toLocaleString('en-US', { maximumFractionDigits: Math.abs(number) < 1 ? 5 : 2 })
}

/** A change in words with a bar to its side: longer is more, and neither side is good or bad. */
function Change({ change, isSame, isNumber }: { change: number | null; isSame: boolean; isNumber: boolean }) {
  if (isSame || change === 0) return <span className="text-text-3">{t.same}</span>
  if (change === null) return <span className="text-text-2">{isNumber ? t.noRatio : t.other}</span>
  const share = Math.min(1, Math.abs(change))
  return (
    <>
      <span aria-hidden className={`change-bar ${change > 0 ? 'up' : 'down'}`}>
        <i style={{ width: `${Math.max(2, share * 30)}px` }} className={share >= 0.2 ? 'strong' : ''} />
      </span>
      <span className="w-[72px] text-right">{t.relative(change)}</span>
    </>
  )
}

function isNumber({ dataType }: ResultColumn): boolean {
  return valueKindOf(dataType) === 'number'
}
