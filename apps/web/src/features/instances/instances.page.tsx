import type { Connection, Instance } from '@recomamp/contracts'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { RefreshCw, Search, SquareTerminal } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { instances as t } from '#messages/instances.ts'
import { useNow } from '#platform/clock.ts'
import { useSession } from '#platform/session.tsx'
import { useWidth } from '#platform/width.ts'
import { exactly, when } from '#platform/words.ts'
import { Button } from '#ui/button.tsx'
import { CopyButton } from '#ui/copy-button.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { Field } from '#ui/field.tsx'
import { Page } from '#ui/page.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { useChosenInstance } from './chosen-instance.tsx'
import { ConnectionHead } from './connection-head.tsx'
import { instanceQueries } from './instances.queries.ts'

export function InstancesPage() {
  const { user } = useSession()
  const [text, setText] = useState('')
  const list = useInfiniteQuery(instanceQueries.list(useDeferredValue(text.trim())))
  const discover = useMutation(instanceQueries.discover())
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const total = list.data?.pages[0]?.total ?? 0
  const connections = user?.connections ?? []
  const reading = discover.isPending || connections.some((each) => each.discovering)
  return (
    <Page
      title={t.title}
      beside={list.data && <span className="text-text-2">{t.count(total, connections.length)}</span>}
      actions={
        <Button busy={reading} onPress={() => discover.mutate()}>
          <RefreshCw size={14} strokeWidth={1.7} aria-hidden />
          {reading ? t.reading : t.read}
        </Button>
      }
    >
      <div className="px-4 pb-2.5 tablet:px-6">
        <Field
          label="Find"
          labelAt="inside"
          placeholder="a name, id or entity"
          value={text}
          onChange={setText}
          icon={<Search size={14} strokeWidth={1.7} aria-hidden className="text-text-3 flex-none" />}
        />
      </div>
      <p role="status" className="sr-only">
        {reading ? t.reading : ''}
      </p>
      {discover.error && <ErrorPanel error={discover.error} onRetry={() => discover.mutate()} />}
      <div className="border-line min-h-0 flex-1 overflow-auto border-t">
        {list.error && <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />}
        {list.isPending && <Skeleton label={t.title} />}
        {list.data && items.length === 0 && (
          <EmptyState action={<Button onPress={() => discover.mutate()}>{t.read}</Button>}>
            {reading ? t.emptyReading : t.empty}
          </EmptyState>
        )}
        {items.length > 0 && <Groups items={items} connections={connections} />}
        {list.hasNextPage && (
          <div className="text-12 text-text-2 flex items-center gap-3 px-6 py-3">
            {t.more(items.length, total)}
            <Button size="small" busy={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
              {t.showMore}
            </Button>
          </div>
        )}
      </div>
    </Page>
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
        {phone ? <Cards items={members} /> : <Rows items={members} />}
      </section>
    )
  })
}

function Rows({ items }: { items: readonly Instance[] }) {
  return (
    <div className="overflow-x-auto">
      <table className="rows min-w-[1224px]">
        <colgroup>
          <col />
          <col style={{ width: '150px' }} />
          <col style={{ width: '150px' }} />
          <col style={{ width: '210px' }} />
          <col style={{ width: '168px' }} />
          <col style={{ width: '104px' }} />
          <col style={{ width: '104px' }} />
          <col style={{ width: '130px' }} />
        </colgroup>
        <thead>
          <tr>
            <th>{t.columns.name}</th>
            <th>{t.columns.amcId}</th>
            <th>{t.columns.id}</th>
            <th>{t.columns.entity}</th>
            <th>{t.columns.marketplace}</th>
            <th>{t.columns.type}</th>
            <th>{t.columns.lastRun}</th>
            <th>{t.columns.actions}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((each) => (
            <tr key={each.id} className="opens">
              <td className="font-medium" title={each.name}>
                {each.name}
                {!each.available && <span className="tag warn ml-2">{t.gone}</span>}
              </td>
              <td>
                <WithCopy text={each.amcInstanceId} label={t.copyAmcId(each.name)} />
              </td>
              <td>
                <WithCopy text={each.id} shown={shortId(each.id)} label={t.copyId(each.name)} />
              </td>
              <td>
                <WithCopy text={each.account.entityId} label={t.copyEntity(each.name)} />
              </td>
              <td title={each.account.marketplaceId}>
                {each.account.countryCode} <span className="mono text-text-3">{each.account.marketplaceId}</span>
              </td>
              <td>
                <InstanceTypeTag type={each.type} />
              </td>
              <td>
                <LastRun instance={each} />
              </td>
              <td>
                <OpenButton instance={each} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Cards({ items }: { items: readonly Instance[] }) {
  return (
    <ul>
      {items.map((each) => (
        <li key={each.id} className="border-line-subtle flex flex-col gap-2 border-b px-4 py-3">
          <div className="flex items-center justify-between gap-2">
            <span className="font-medium">{each.name}</span>
            <InstanceTypeTag type={each.type} />
          </div>
          <dl className="text-12 grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-3">
            <dt className="text-text-3">{t.columns.amcId}</dt>
            <dd>
              <WithCopy text={each.amcInstanceId} label={t.copyAmcId(each.name)} />
            </dd>
            <dt className="text-text-3">{t.columns.id}</dt>
            <dd>
              <WithCopy text={each.id} shown={shortId(each.id)} label={t.copyId(each.name)} />
            </dd>
            <dt className="text-text-3">{t.columns.entity}</dt>
            <dd>
              <WithCopy text={each.account.entityId} label={t.copyEntity(each.name)} />
            </dd>
            <dt className="text-text-3">{t.columns.marketplace}</dt>
            <dd>
              {each.account.countryCode} <span className="mono text-text-3">{each.account.marketplaceId}</span>
            </dd>
          </dl>
          <span className="-ml-2">
            <OpenButton instance={each} />
          </span>
        </li>
      ))}
    </ul>
  )
}

function WithCopy({ text, shown, label }: { text: string; shown?: string; label: string }) {
  return (
    <span className="flex items-center gap-0.5">
      <span className="mono cut" title={text}>
        {shown ?? text}
      </span>
      <CopyButton text={text} label={label} />
    </span>
  )
}

function shortId(id: string): string {
  return `${id.slice(0, 8)}…${id.slice(-4)}`
}

function InstanceTypeTag({ type }: { type: Instance['type'] }) {
  return <span className={`tag ${type === 'SANDBOX' ? 'lined' : ''}`}>{type}</span>
}

function LastRun({ instance }: { instance: Instance }) {
  const now = useNow(60_000)
  if (instance.lastRun === null) return <span className="text-text-3">{t.never}</span>
  return <span title={exactly(instance.lastRun.at)}>{when(instance.lastRun.at, now)}</span>
}

function OpenButton({ instance }: { instance: Instance }) {
  const { choose } = useChosenInstance()
  const navigate = useNavigate()
  return (
    <Button
      size="small"
      look="quiet"
      aria-label={t.openIn(instance.name)}
      onPress={() => {
        choose(instance.id)
        void navigate({ to: '/workbench', search: { i: instance.id } })
      }}
    >
      <SquareTerminal size={14} strokeWidth={1.7} aria-hidden />
      {t.openInShort}
    </Button>
  )
}
