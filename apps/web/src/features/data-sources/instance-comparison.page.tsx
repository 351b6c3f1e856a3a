import { type InstanceComparison, InstanceId } from '@recomamp/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { useChosenInstance } from '#features/instances/chosen-instance.tsx'
import { InstanceSelect } from '#features/instances/instance-select.tsx'
import { instanceComparison as t } from '#messages/instance-comparison.ts'
import { useNow } from '#platform/clock.ts'
import { columnText } from '#platform/compared-column.ts'
import { useWidth } from '#platform/width.ts'
import { exactly, when } from '#platform/words.ts'
import { EmptyState } from '#ui/empty-state.tsx'
import { Page } from '#ui/page.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Select } from '#ui/select.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { placeWords } from './comparison/compared-places.ts'
import { dataSourceQueries, isBeingRead } from './data-sources.queries.ts'

const route = getRouteApi('/app/data-sources/compare-instances')

/** What one instance has and another lacks, or what it had at another time, and where the columns of their tables differ. */
export function InstanceComparisonPage() {
  const { instance } = useChosenInstance()
  const { a = instance?.id, b, ar, br } = route.useSearch()
  const navigate = route.useNavigate()
  const choose = (next: Sides) =>
    void navigate({ search: (old) => ({ ...old, ...(a === undefined ? {} : { a }), ...next }), replace: true })
  const [first, second] = [ar ?? a, br ?? b]
  return (
    <Page
      title={t.title}
      actions={
        <div className="flex flex-wrap items-center gap-2">
          <Side
            label={t.first}
            reading={t.firstReading}
            id={a}
            snapshot={ar}
            onChange={(id, snapshot) => choose({ a: id, ar: snapshot })}
          />
          <Side
            label={t.second}
            reading={t.secondReading}
            id={b}
            snapshot={br}
            takesFocus
            onChange={(id, snapshot) => choose({ b: id, br: snapshot })}
          />
        </div>
      }
    >
      {first && second && first !== second ? (
        <Compared a={first} b={second} />
      ) : (
        <EmptyState>{first !== undefined && first === second ? t.chooseReading : t.choose}</EmptyState>
      )}
    </Page>
  )
}

interface Sides {
  a?: string
  b?: string
  ar?: string | undefined
  br?: string | undefined
}

interface SideProps {
  label: string
  /** Names the choice of a reading. */
  reading: string
  id: string | undefined
  snapshot: string | undefined
  takesFocus?: boolean
  onChange: (id: string, snapshot: string | undefined) => void
}

/** An instance and, once its tables have changed, which of its readings. */
function Side({ label, reading, id, snapshot, takesFocus = false, onChange }: SideProps) {
  const instanceId = InstanceId.safeParse(id).data
  const { data } = useQuery({
    ...dataSourceQueries.latestReadings(instanceId ?? noInstance),
    enabled: instanceId !== undefined,
  })
  const items = data?.items ?? []
  const choices = [
    { value: '', label: t.latest },
    ...items.slice(1).map(({ id: value, firstReadAt }) => ({ value, label: t.asOf(exactly(firstReadAt)) })),
  ]
  const known = choices.some(({ value }) => value === (snapshot ?? ''))
  return (
    <>
      <InstanceSelect
        label={label}
        others={[{ value: '', label: t.pick }]}
        value={id ?? ''}
        takesFocus={takesFocus}
        onChange={(next) => onChange(next, undefined)}
      />
      {id !== undefined && (items.length > 1 || snapshot !== undefined) && (
        <Select
          label={reading}
          labelAt="hidden"
          choices={known ? choices : [...choices, { value: snapshot ?? '', label: t.thisReading }]}
          value={snapshot ?? ''}
          onChange={(next) => onChange(id, next === '' ? undefined : next)}
        />
      )}
    </>
  )
}

/** Only a text of the right form: nothing is asked with it. */
const noInstance = InstanceId.parse('00000000-0000-4000-8000-000000000000')

function Compared({ a, b }: { a: string; b: string }) {
  const { data, error, refetch } = useQuery(dataSourceQueries.instanceComparison(a, b))
  if (isBeingRead(error)) return <EmptyState>{`${t.waiting} ${error?.message}`}</EmptyState>
  if (error !== null) return <ErrorPanel error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton label={t.reading} />
  return <Differences comparison={data} a={a} b={b} />
}

function Differences({ comparison, a, b }: { comparison: InstanceComparison; a: string; b: string }) {
  const { places, onlyFirst, onlySecond, differing, same } = comparison
  const now = useNow(60_000)
  const phone = useWidth() === 'phone'
  const isOneInstance = places[0].instance.id === places[1].instance.id
  const [first = '', second = ''] = placeWords(places)
  return (
    <section
      aria-label={t.title}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long page scrolls, and keys must reach it
      tabIndex={0}
      className="min-h-0 flex-1 overflow-auto px-4 pb-10 tablet:px-6"
    >
      <p role="status">{t.counts(onlyFirst.length, onlySecond.length, differing.length, same)}</p>
      {!isOneInstance && (
        <p className="text-12 text-text-3">
          {places
            .map(({ lastReadAt }, at) => `${at === 0 ? first : second} ${t.readAt(when(lastReadAt, now))}`)
            .join(', ')}
        </p>
      )}
      <Only title={t.onlyIn(first, second)} tables={onlyFirst} />
      <Only title={t.onlyIn(second, first)} tables={onlySecond} />
      <h2 className="text-16 mt-5 mb-1">{t.differing}</h2>
      {differing.length === 0 && <p className="text-text-2">{t.same(same)}</p>}
      {differing.map(({ name, fields }) => (
        <table key={name} className={`comparison mb-3 ${phone ? 'compact' : ''}`}>
          <thead>
            <tr>
              <th scope="col">
                <Link to="/data-sources/$name" params={{ name }} className="mono">
                  {name}
                </Link>{' '}
                <Link
                  to="/data-sources/compare"
                  search={{ s: [columnText({ name, place: a }), columnText({ name, place: b })] }}
                  aria-label={t.sideBySideOf(name)}
                  className="font-regular"
                >
                  {t.sideBySide}
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
      <h2 className="text-16 mt-5 mb-1 first-letter:uppercase">{title}</h2>
      {tables.length === 0 && <p className="text-text-2">{t.none}</p>}
      <ul>
        {tables.map((table) => (
          <li key={table.name} className="border-line-subtle flex flex-wrap items-center gap-x-3 border-b py-1.5">
            <Link
              to="/data-sources/$name"
              params={{ name: table.name }}
              className="mono font-strong min-w-0 flex-1 break-all tablet:flex-none"
            >
              {table.name}
            </Link>
            <span className="text-text-2 order-last min-w-0 basis-full tablet:order-none tablet:flex-1">
              {table.title}
            </span>
            {table.uploaded && <span className="tag lined">{t.uploaded}</span>}
            <span className="text-12 text-text-3">{t.fields(table.fields)}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
