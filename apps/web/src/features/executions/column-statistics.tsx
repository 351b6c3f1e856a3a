import type { ColumnStatistics as Statistics, ExecutionId, MoneyColumn, ResultColumn } from '@recomamp/contracts'
import { useQuery } from '@tanstack/react-query'
import { counts } from '#messages/counts.ts'
import { results as t } from '#messages/results.ts'
import { figure } from '#platform/words.ts'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { cellText } from './cell-text.ts'
import { executionQueries } from './executions.queries.ts'
import { moneyText } from './money-text.ts'
import type { Arrangement } from './result-arrangement.ts'

const topShown = 6

interface ColumnStatisticsProps {
  executionId: ExecutionId
  column: ResultColumn
  /** Of the money that it is shown as; null where it is shown as sent. */
  unit: MoneyColumn['unit'] | null
  filter: Arrangement['filter']
}

/** What the values of a column are, in the rows that the filter leaves. */
export function ColumnStatistics({ executionId, column, unit, filter }: ColumnStatisticsProps) {
  const { data, error, refetch } = useQuery(executionQueries.statistics(executionId, column.name, filter))
  const text = (value: string) => (unit === null ? cellText(value, column) : moneyText(value, unit))
  if (data === undefined)
    return error === null ? (
      <Skeleton label={t.statistics.open} rows={4} />
    ) : (
      <ErrorPanel error={error} onRetry={() => void refetch()} />
    )
  return (
    <section aria-label={t.statistics.of(column.name)} className="text-12 flex flex-col gap-2 p-2">
      {filter.length > 0 && <p className="text-text-3">{t.statistics.inMatching}</p>}
      {data.histogram.length > 0 && (
        <Histogram steps={data.histogram} text={unit === null ? shortNumber : (value) => text(String(value))} />
      )}
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5">
        {factsOf(data, text).map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-text-3">{name}</dt>
            <dd className="cut text-right tabular-nums" title={value}>
              {value}
            </dd>
          </div>
        ))}
      </dl>
      {data.top.length > 0 && (
        <>
          <h3 className="text-12 font-medium">{t.statistics.top}</h3>
          <ol className="flex flex-col gap-0.5">
            {data.top.slice(0, topShown).map(({ value, isCut, count }) => (
              <li key={value} className="flex gap-3">
                <span className="cut flex-1" title={value}>
                  {isCut ? t.statistics.cut(value) : text(value)}
                </span>
                <span className="tabular-nums">{figure(count)}</span>
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  )
}

function factsOf(data: Statistics, text: (value: string) => string): [string, string][] {
  const facts: [string, string | null][] = [
    [t.statistics.rows, figure(data.count)],
    [t.statistics.nulls, figure(data.nulls)],
    [t.statistics.distinct, figure(data.distinct)],
    [t.statistics.min, data.min && text(data.min)],
    [t.statistics.max, data.max && text(data.max)],
    [t.statistics.sum, data.sum && text(data.sum)],
    [t.statistics.mean, data.mean && text(data.mean)],
  ]
  return facts.flatMap(([name, value]) => (value === null ? [] : [[name, value]]))
}

function shortNumber(value: number): string {
  return String(Number(value.toPrecision(4)))
}

function Histogram({ steps, text }: { steps: Statistics['histogram']; text: (value: number) => string }) {
  const most = Math.max(...steps.map(({ count }) => count))
  return (
    <div role="img" aria-label={t.statistics.histogram(steps.length)} className="flex h-10 items-end gap-px">
      {steps.map(({ from, to, count }) => (
        <i
          key={from}
          className="bg-accent flex-1"
          style={{ height: `${count === 0 ? 0 : Math.max(3, (100 * count) / most)}%` }}
          title={t.statistics.step(text(from), text(to), counts.rows(count))}
        />
      ))}
    </div>
  )
}
