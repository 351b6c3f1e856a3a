import { type ComparisonPage, type ExecutionId, RowChange } from '@recomamp/contracts'
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { Check, TriangleAlert } from 'lucide-react'
import { executionQueries } from './executions.queries.ts'
import { pagesOf, rowsPerPage } from './result-pages.ts'
import { executions } from '#messages/executions.ts'
import { figure } from '#platform/words.ts'
import { EmptyState } from '#ui/empty-state.tsx'
import { PopoverButton } from '#ui/popover-button.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { useScrolledRows } from '#ui/scrolled-rows.ts'
import { Segmented } from '#ui/segmented.tsx'
import { Select } from '#ui/select.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { ChangeCells, ChangeHeads, gridOf } from './change-cells.tsx'
import { type ComparisonSearch, leastChanges } from './comparison-search.ts'

const t = executions.comparison
const rowHeight = 29
/** What a browser can lay out at this height; the order puts the largest changes among them. */
const mostRows = 500_000

interface AnswerDifferencesProps {
  before: ExecutionId
  after: ExecutionId
  search: ComparisonSearch
  onSearch: (change: ComparisonSearch) => void
}

/** The rows of two results: changed, added, removed and the same, matched by columns that the person can choose. */
export function AnswerDifferences({ before, after, search, onSearch }: AnswerDifferencesProps) {
  const { kind = 'changed', by = null, least = '0' } = search
  const asked = { before, after, kind, keys: by, sort: search.order ?? null, least: Number(least) }
  // Another order or kind leaves the counts and the choices where they are while its rows are read.
  const head = useQuery({ ...executionQueries.comparison({ ...asked, page: 0 }), placeholderData: keepPreviousData })
  const { data } = head
  const isEmpty = data?.matchingCount === 0
  return (
    <section aria-label={t.answer} className="border-line flex min-h-[320px] flex-1 flex-col border-t">
      <div className="flex flex-none flex-wrap items-center gap-2 px-4 py-2.5 tablet:px-6">
        <h2 className="text-13 mr-1">{t.answer}</h2>
        <Segmented
          label={t.kinds}
          value={kind}
          onChange={(next) => onSearch({ ...search, kind: next === 'changed' ? undefined : next })}
          choices={RowChange.options.map((value) => ({
            value,
            label: (
              <>
                {t.kind[value]}
                {data !== undefined && <span className="text-text-3">{figure(data.counts[value])}</span>}
              </>
            ),
          }))}
        />
        {data !== undefined && <Controls data={data} search={search} onSearch={onSearch} />}
      </div>
      {head.error !== null && <ErrorPanel error={head.error} onRetry={() => void head.refetch()} />}
      {head.error === null && (data === undefined || (isEmpty && head.isPlaceholderData)) && (
        <Skeleton label={t.answer} />
      )}
      {isEmpty && !head.isPlaceholderData && (
        <EmptyState>{kind === 'changed' && Number(least) > 0 ? t.noneSoLarge : t.none[kind]}</EmptyState>
      )}
      {data !== undefined && data.matchingCount > 0 && (
        <Rows
          key={JSON.stringify(asked)}
          head={data}
          asked={asked}
          shown={shownColumns(data, search)}
          onOrder={(order) => onSearch({ ...search, order })}
        />
      )}
    </section>
  )
}

function shownColumns(data: ComparisonPage, { show }: ComparisonSearch): number[] {
  const places = data.columns.flatMap(({ name }, at) => (data.keys.includes(name) ? [] : [at]))
  const chosen = places.filter((at) => show?.includes(data.columns[at]?.name ?? ''))
  return chosen.length === 0 ? places.slice(0, 6) : chosen
}

interface ControlsProps {
  data: ComparisonPage
  search: ComparisonSearch
  onSearch: (change: ComparisonSearch) => void
}

function Controls({ data, search, onSearch }: ControlsProps) {
  const names = data.columns.map(({ name }) => name)
  const values = names.filter((name) => !data.keys.includes(name))
  const shown = shownColumns(data, search).flatMap((at) => names[at] ?? [])
  const missing = [...data.onlyBefore, ...data.onlyAfter]
  return (
    <>
      <PopoverButton
        label={t.matchBy}
        button={t.matchByWords(data.keys.length === 0 ? t.order : data.keys.join(', '))}
        placement="bottom start"
        panel="w-[320px] p-2"
      >
        <Checks
          names={names}
          chosen={data.keys}
          onChange={(keys) => onSearch({ ...search, by: keys, order: undefined })}
        />
      </PopoverButton>
      <span className="text-12 text-text-2 flex items-center gap-1">
        {data.isUnique ? (
          <Check size={13} strokeWidth={2} aria-hidden className="text-ok" />
        ) : (
          <TriangleAlert size={13} strokeWidth={1.7} aria-hidden className="text-warn" />
        )}
        {data.isUnique ? t.unique : t.notUnique}
      </span>
      <div className="flex-1" />
      {missing.length > 0 && (
        <span className="text-12 text-text-2" title={missing.join(', ')}>
          {t.onlyInOne(missing.length)}
        </span>
      )}
      <PopoverButton
        label={t.columns}
        button={t.columnsOf(shown.length, values.length)}
        placement="bottom end"
        panel="w-[320px] p-2"
      >
        <Checks names={values} chosen={shown} onChange={(show) => onSearch({ ...search, show })} />
      </PopoverButton>
      {(search.kind ?? 'changed') === 'changed' && (
        <div className="w-[168px]">
          <Select
            label={t.hideUnder}
            labelAt="inside"
            value={search.least ?? '0'}
            onChange={(next) => onSearch({ ...search, least: next === '0' ? undefined : next })}
            choices={leastChanges.map((value) => ({ value, label: t.percent(Number(value) * 100) }))}
          />
        </div>
      )}
    </>
  )
}

interface ChecksProps {
  names: readonly string[]
  chosen: readonly string[]
  onChange: (chosen: string[]) => void
}

function Checks({ names, chosen, onChange }: ChecksProps) {
  return (
    <ul className="max-h-[50vh] overflow-auto">
      {names.map((name) => (
        <li key={name}>
          <label className="hover:bg-hover flex min-h-[28px] items-center gap-2 rounded-4 px-2">
            <input
              type="checkbox"
              checked={chosen.includes(name)}
              onChange={() =>
                onChange(names.filter((one) => (one === name ? !chosen.includes(one) : chosen.includes(one))))
              }
            />
            <span className="mono cut text-12">{name}</span>
          </label>
        </li>
      ))}
    </ul>
  )
}

type Asked = Omit<Parameters<typeof executionQueries.comparison>[0], 'page'>

interface RowsProps {
  head: ComparisonPage
  asked: Asked
  /** Places of the columns that are shown beside the keys. */
  shown: readonly number[]
  onOrder: (order: string | undefined) => void
}

function Rows({ head, asked, shown, onOrder }: RowsProps) {
  const count = Math.min(head.matchingCount, mostRows)
  const { attach, first, last } = useScrolledRows(count, rowHeight)
  const pages = pagesOf(first, Math.max(first + 1, last))
  const found = useQueries({ queries: pages.map((page) => executionQueries.comparison({ ...asked, page })) })
  const failed = found.find((each) => each.error !== null)
  const rowAt = (row: number) => {
    const at = pages.indexOf(Math.floor(row / rowsPerPage))
    return found[at]?.data?.rows[row % rowsPerPage]
  }
  const keys = head.keys.map((name) => head.columns.findIndex((column) => column.name === name))
  const layout = gridOf(keys.length, shown.length, asked.kind)
  return (
    <>
      {failed !== undefined && <ErrorPanel error={failed.error} onRetry={() => void failed.refetch()} />}
      <div ref={attach} className="border-line min-h-0 flex-1 overflow-auto border-t">
        <div
          role="table"
          aria-label={t.answer}
          aria-rowcount={head.matchingCount}
          style={{ minWidth: layout.width }}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and keys must reach it
          tabIndex={0}
        >
          <ChangeHeads
            columns={head.columns}
            keys={keys}
            shown={shown}
            kind={asked.kind}
            order={asked.sort}
            layout={layout}
            onOrder={onOrder}
          />
          <div role="rowgroup" className="relative" style={{ height: count * rowHeight }}>
            {Array.from({ length: Math.max(0, last - first) }, (_, index) => {
              const row = first + index
              return (
                <div
                  key={row}
                  role="row"
                  aria-rowindex={row + 1}
                  className="change-row"
                  style={{ top: row * rowHeight, height: rowHeight, gridTemplateColumns: layout.template }}
                >
                  <ChangeCells row={rowAt(row)} columns={head.columns} keys={keys} shown={shown} kind={asked.kind} />
                </div>
              )
            })}
          </div>
        </div>
      </div>
      {head.matchingCount > count && (
        <p className="text-12 text-text-2 border-line border-t px-6 py-2">
          {executions.more(figure(count), figure(head.matchingCount))}
        </p>
      )}
    </>
  )
}
