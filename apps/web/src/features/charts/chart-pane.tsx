import type { ChartDescription, Execution, ResultFilter } from '@recomamp/contracts'
import { dayState as stateOf } from '@recomamp/contracts'
import { useQuery } from '@tanstack/react-query'
import { ChartNoAxesColumn, Download, SlidersHorizontal, Table2 } from 'lucide-react'
import { Suspense, useCallback, useMemo, useRef, useState } from 'react'
import { charts as t } from '#messages/charts.ts'
import { saveBlob } from '#platform/save-file.ts'
import { Button } from '#ui/button.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { lazyPart } from '#ui/lazy-part.tsx'
import { PopoverButton } from '#ui/popover-button.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import type { ChartPicture } from './chart-canvas.tsx'
import { ChartKindSelect, ChartSettings } from './chart-settings.tsx'
import { ChartTable } from './chart-table.tsx'
import { headingOf, notesOf, sentenceOf } from './chart-words.ts'
import { chartQueries } from './charts.queries.ts'
import { fits, proposeChart } from './propose-chart.ts'

const ChartCanvas = lazyPart(() => import('./chart-canvas.tsx').then((module) => module.ChartCanvas))

interface ChartPaneProps {
  execution: Execution
  filter: readonly ResultFilter[]
  /** The chart of the query; null where nobody chose one. */
  chosen: ChartDescription | null
  onChoose: (chart: ChartDescription | null) => void
  /** Whether the last choice could not be kept. */
  isNotKept: boolean
}

/** The chart of a result: as it was chosen for its query, or as its columns suggest, and what else it could be. */
export function ChartPane({ execution, filter, chosen, onChoose, isNotKept }: ChartPaneProps) {
  const { columns, rowCount } = execution
  const isChosen = chosen !== null && fits(chosen, columns)
  const suggested = useMemo(() => proposeChart(columns, rowCount), [columns, rowCount])
  const chart = isChosen ? chosen : suggested
  if (chart === null) return <EmptyState>{t.empty}</EmptyState>
  return (
    <section aria-label={t.title} className="flex min-h-0 flex-1 flex-col">
      {chosen !== null && !isChosen && <p className="text-12 text-warn px-3 pt-1.5">{t.doesNotFit}</p>}
      {isNotKept && (
        <p role="alert" className="text-12 text-bad px-3 pt-1.5">
          {t.notKept}
        </p>
      )}
      <Drawn execution={execution} filter={filter} chart={chart} onChoose={onChoose} />
    </section>
  )
}

function Drawn({
  execution,
  filter,
  chart,
  onChoose,
}: Pick<ChartPaneProps, 'execution' | 'filter' | 'onChoose'> & { chart: ChartDescription }) {
  const [isTable, setTable] = useState(false)
  const picture = useRef<ChartPicture>(null)
  const { data: read, error, refetch, isPlaceholderData } = useQuery(chartQueries.data(execution.id, chart, filter))
  const { window, requestedAt } = execution
  const dayState = useCallback(
    (date: string) => stateOf(date, window.timeZone, new Date(requestedAt)),
    [window.timeZone, requestedAt],
  )
  const heading = read === undefined ? '' : headingOf(read.chart, read.data)
  const name = `${execution.workflow.name} ${heading}`.replaceAll(/[^\w-]+/g, '-').slice(0, 80)
  const save = async (kind: 'png' | 'svg') => {
    const blob = kind === 'png' ? await picture.current?.png() : picture.current?.svg()
    if (blob) saveBlob(`${name}.${kind}`, blob)
  }
  return (
    <>
      <div className="flex flex-none flex-wrap items-center gap-x-2 gap-y-1 px-3 py-1">
        <p className="text-12 mono cut min-w-0 flex-1 basis-[160px] font-medium" title={heading}>
          {heading}
        </p>
        <div className="w-[132px]">
          <ChartKindSelect chart={chart} columns={execution.columns} onChange={onChoose} />
        </div>
        <PopoverButton
          label={t.settingsTitle}
          button={
            <>
              <SlidersHorizontal size={14} strokeWidth={1.7} aria-hidden />
              {t.settings}
            </>
          }
          placement="bottom end"
          panel="max-h-[70vh] w-[280px] overflow-auto"
        >
          <ChartSettings chart={chart} columns={execution.columns} onChange={onChoose} />
        </PopoverButton>
        <Button
          look="quiet"
          size="small"
          square
          aria-label={isTable ? t.asChart : t.asTable}
          onPress={() => setTable(!isTable)}
        >
          {isTable ? (
            <ChartNoAxesColumn size={14} strokeWidth={1.7} aria-hidden />
          ) : (
            <Table2 size={14} strokeWidth={1.7} aria-hidden />
          )}
        </Button>
        {!isTable && (
          <PopoverButton
            label={t.save}
            button={
              <>
                <Download size={14} strokeWidth={1.7} aria-hidden />
                <span className="sr-only">{t.save}</span>
              </>
            }
            placement="bottom end"
            panel="flex w-[120px] flex-col gap-1 p-2"
          >
            <Button look="quiet" size="small" onPress={() => void save('png')}>
              {t.png}
            </Button>
            <Button look="quiet" size="small" onPress={() => void save('svg')}>
              {t.svg}
            </Button>
          </PopoverButton>
        )}
      </div>
      {error !== null && read === undefined && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {error === null && read === undefined && <Skeleton label={t.loading} rows={4} />}
      {read !== undefined && read.data.points.length === 0 && <EmptyState>{t.noPoints}</EmptyState>}
      {read !== undefined && read.data.points.length > 0 && (
        <div
          className={`flex min-h-[180px] flex-1 flex-col px-3 pb-2 ${isPlaceholderData ? 'opacity-60' : ''}`}
          aria-busy={isPlaceholderData}
        >
          {isTable ? (
            <ChartTable data={read.data} caption={heading} />
          ) : (
            <Suspense fallback={<Skeleton label={t.loading} rows={4} />}>
              <ChartCanvas
                chart={read.chart}
                data={read.data}
                dayState={dayState}
                sentence={sentenceOf(read.chart, read.data)}
                picture={picture}
              />
            </Suspense>
          )}
          <Notes notes={notesOf(read.chart, read.data, dayState)} />
        </div>
      )}
    </>
  )
}

function Notes({ notes }: { notes: readonly string[] }) {
  if (notes.length === 0) return null
  return <p className="text-11 text-text-3 flex-none pt-1">{notes.join(' · ')}</p>
}
