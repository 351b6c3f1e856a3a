import { type InstanceComparison, Problem } from '@recomamp/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { useChosenInstance } from '#features/instances/chosen-instance.tsx'
import { instanceComparison as t } from '#messages/instance-comparison.ts'
import { useNow } from '#platform/clock.ts'
import { when } from '#platform/words.ts'
import { EmptyState } from '#ui/empty-state.tsx'
import { Page } from '#ui/page.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Select } from '#ui/select.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { dataSourceQueries } from './data-sources.queries.ts'

const route = getRouteApi('/app/data-sources/compare-instances')

/** What one instance has and another lacks, and where the columns of their tables differ. */
export function InstanceComparisonPage() {
  const { instance, instances } = useChosenInstance()
  const { a = instance?.id, b } = route.useSearch()
  const navigate = route.useNavigate()
  const choose = (next: { a?: string; b?: string }) =>
    void navigate({ search: (old) => ({ ...old, ...(a === undefined ? {} : { a }), ...next }), replace: true })
  const choicesFor = (other: string | undefined) => [
    { value: '', label: t.pick },
    ...instances
      .filter(({ id }) => id !== other)
      .map(({ id, name, amcInstanceId }) => ({ value: String(id), label: `${name} (${amcInstanceId})` })),
  ]
  return (
    <Page
      title={t.title}
      actions={
        <div className="flex flex-wrap items-center gap-2">
          <Select
            label={t.first}
            labelAt="inside"
            choices={choicesFor(b)}
            value={a ?? ''}
            onChange={(id) => choose({ a: id })}
          />
          <Select
            label={t.second}
            labelAt="inside"
            choices={choicesFor(a)}
            value={b ?? ''}
            takesFocus
            onChange={(id) => choose({ b: id })}
          />
        </div>
      }
    >
      {a && b && a !== b ? <Compared a={a} b={b} /> : <EmptyState>{t.choose}</EmptyState>}
    </Page>
  )
}

function Compared({ a, b }: { a: string; b: string }) {
  const { data, error, refetch } = useQuery(dataSourceQueries.instanceComparison(a, b))
  if (error instanceof Problem && error.type === 'schema-not-read')
    return <EmptyState>{`${t.waiting} ${error.message}`}</EmptyState>
  if (error !== null) return <ErrorPanel error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton label={t.reading} />
  return <Differences comparison={data} />
}

function Differences({ comparison }: { comparison: InstanceComparison }) {
  const { places, onlyFirst, onlySecond, differing, same } = comparison
  const now = useNow(60_000)
  const [first, second] = places.map(({ instance }) => instance.name) as [string, string]
  return (
    <section
      aria-label={t.title}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long page scrolls, and keys must reach it
      tabIndex={0}
      className="min-h-0 flex-1 overflow-auto px-4 pb-10 tablet:px-6"
    >
      <p role="status">{t.counts(onlyFirst.length, onlySecond.length, differing.length, same)}</p>
      <p className="text-12 text-text-3">
        {places.map(({ instance, lastReadAt }) => `${instance.name} ${t.readAt(when(lastReadAt, now))}`).join(', ')}
      </p>
      <Only title={t.onlyIn(first, second)} tables={onlyFirst} />
      <Only title={t.onlyIn(second, first)} tables={onlySecond} />
      <h2 className="text-16 mt-5 mb-1">{t.differing}</h2>
      {differing.length === 0 && <p className="text-text-2">{t.same(same)}</p>}
      {differing.map(({ name, fields }) => (
        <table key={name} className="comparison mb-3">
          <thead>
            <tr>
              <th scope="col">
                <Link to="/data-sources/$name" params={{ name }} className="mono">
                  {name}
                </Link>
              </th>
              <th scope="col">{first}</th>
              <th scope="col">{second}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <tr key={field.name}>
                <th scope="row" className="mono">
                  {field.name}
                </th>
                {[field.first, field.second].map((column, at) => (
                  <td key={at} className={column === null ? 'absent' : ''}>
                    {column === null ? t.absent : (column.type ?? t.unsaid)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </section>
  )
}

function Only({ title, tables }: { title: string; tables: InstanceComparison['onlyFirst'] }) {
  return (
    <>
      <h2 className="text-16 mt-5 mb-1">{title}</h2>
      {tables.length === 0 && <p className="text-text-2">{t.none}</p>}
      <ul>
        {tables.map((table) => (
          <li key={table.name} className="border-line-subtle flex flex-wrap items-center gap-x-3 border-b py-1.5">
            <Link to="/data-sources/$name" params={{ name: table.name }} className="mono font-strong">
              {table.name}
            </Link>
            <span className="text-text-2 flex-1">{table.title}</span>
            {table.uploaded && <span className="tag lined">{t.uploaded}</span>}
            <span className="text-12 text-text-3">{t.fields(table.fields)}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
