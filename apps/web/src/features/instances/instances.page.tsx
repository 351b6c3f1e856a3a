import { type Connection, type Instance, addInstances } from '@recomamp/contracts'
import { InstanceType, Region } from '@recomamp/contracts'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { getRouteApi, useLocation } from '@tanstack/react-router'
import { Plus, RefreshCw } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { instances as t } from '#messages/instances.ts'
import { useSession } from '#platform/session.tsx'
import { useWidth } from '#platform/width.ts'
import { Button } from '#ui/button.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { Field, searchIcon } from '#ui/field.tsx'
import { Page } from '#ui/page.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Select } from '#ui/select.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { ShowMore } from '#ui/show-more.tsx'
import { ConnectionHead } from './connection-head.tsx'
import { instanceQueries } from './instances.queries.ts'
import { AddById } from './add-by-id.tsx'
import { InstanceCards, InstanceRows } from './instance-rows.tsx'
import { RemovedNotice } from './removed-notice.tsx'

const route = getRouteApi('/app/instances')

export function InstancesPage() {
  const { user } = useSession()
  const { q = '', connection, region, type } = route.useSearch()
  const navigate = route.useNavigate()
  const [isAdding, setAdding] = useState(false)
  const list = useInfiniteQuery(
    instanceQueries.list({ q: useDeferredValue(q.trim()) || undefined, connectionId: connection, region, type }),
  )
  const discover = useMutation(instanceQueries.discover())
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const total = list.data?.pages[0]?.total ?? 0
  const connections = user?.connections ?? []
  const reading = discover.isPending || connections.some((each) => each.discovering)
  const isFiltered = q !== '' || connection !== undefined || region !== undefined || type !== undefined
  return (
    <Page
      title={t.title}
      beside={list.data && <span className="text-text-2">{t.count(total, connections.length)}</span>}
      actions={
        <>
          <Button needs={addInstances} busy={reading} onPress={() => discover.mutate()}>
            <RefreshCw size={14} strokeWidth={1.7} aria-hidden />
            {reading ? t.reading : t.read}
          </Button>
          {connections.length > 0 && (
            <Button needs={addInstances} onPress={() => setAdding(true)}>
              <Plus size={14} strokeWidth={1.7} aria-hidden />
              {t.add.open}
            </Button>
          )}
        </>
      }
    >
      <div className="flex flex-wrap gap-2 px-4 pb-2.5 tablet:px-6">
        <div data-page-search className="min-w-[220px] flex-1">
          <Field
            label={t.find}
            labelAt="inside"
            placeholder={t.findHint}
            value={q}
            onChange={(text) =>
              void navigate({ search: (old) => ({ ...old, q: text === '' ? undefined : text }), replace: true })
            }
            icon={searchIcon}
          />
        </div>
        {connections.length > 1 && (
          <Filter
            label={t.filter.connection}
            value={connection}
            choices={connections.map(({ id, provider, region: where }) => ({
              value: id,
              label: `${t.connection[provider]}, ${t.regions[where]}`,
            }))}
            onChange={(next) => void navigate({ search: (old) => ({ ...old, connection: next }) })}
          />
        )}
        <Filter
          label={t.filter.region}
          value={region}
          choices={Region.options.map((value) => ({ value, label: t.regions[value] }))}
          onChange={(next) => void navigate({ search: (old) => ({ ...old, region: next }) })}
        />
        <Filter
          label={t.filter.type}
          value={type}
          choices={InstanceType.options.map((value) => ({ value, label: value }))}
          onChange={(next) => void navigate({ search: (old) => ({ ...old, type: next }) })}
        />
      </div>
      <p role="status" className="sr-only">
        {reading ? t.reading : ''}
      </p>
      <RemovedNotice />
      {discover.error && <ErrorPanel error={discover.error} onRetry={() => discover.mutate()} />}
      <div className="border-line min-h-0 flex-1 overflow-auto border-t">
        {list.error && <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />}
        {list.isPending && <Skeleton label={t.title} />}
        {list.data && items.length === 0 && isFiltered && (
          <EmptyState action={<Button onPress={() => void navigate({ search: {} })}>{t.filter.showAll}</Button>}>
            {t.filter.none}
          </EmptyState>
        )}
        {list.data && items.length === 0 && !isFiltered && (
          <EmptyState
            action={
              <Button needs={addInstances} onPress={() => discover.mutate()}>
                {t.read}
              </Button>
            }
          >
            {reading ? t.emptyReading : t.empty}
          </EmptyState>
        )}
        {items.length > 0 && <Groups items={items} connections={connections} />}
        <ShowMore list={list} label={t.showMore} inset="px-6">
          {t.more(items.length, total)}
        </ShowMore>
      </div>
      {isAdding && <AddById connections={connections} onClose={() => setAdding(false)} />}
    </Page>
  )
}

interface FilterProps<T extends string> {
  label: string
  value: T | undefined
  choices: readonly { value: T; label: string }[]
  onChange: (value: T | undefined) => void
}

function Filter<T extends string>({ label, value, choices, onChange }: FilterProps<T>) {
  const any = { value: 'any', label: t.filter.any }
  return (
    <div className="min-w-[140px]">
      <Select
        label={label}
        labelAt="inside"
        value={value ?? any.value}
        onChange={(next) => onChange(choices.find((each) => each.value === next)?.value)}
        choices={[any, ...choices]}
      />
    </div>
  )
}

function Groups({ items, connections }: { items: readonly Instance[]; connections: readonly Connection[] }) {
  const phone = useWidth() === 'phone'
  const location = useLocation()
  const groups = Map.groupBy(items, (each) => each.connection.id)
  return [...groups].map(([connectionId, members]) => {
    const first = members[0]
    if (first === undefined) return null
    return (
      <section key={connectionId} aria-label={t.connection[first.connection.provider]}>
        <ConnectionHead
          provider={first.connection.provider}
          connection={connections.find((each) => each.id === connectionId) ?? null}
          count={members.length}
          returnTo={location.href}
        />
        {phone ? <InstanceCards items={members} /> : <InstanceRows items={members} />}
      </section>
    )
  })
}
