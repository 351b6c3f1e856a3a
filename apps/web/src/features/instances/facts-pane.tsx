import type { Instance } from '@recomamp/contracts'
import { defaultWindow } from '@recomamp/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { instance as t } from '#messages/instance.ts'
import { instances } from '#messages/instances.ts'
import { dayInWords, windowInWords } from '#platform/words.ts'
import { CopyButton } from '#ui/copy-button.tsx'
import { DayStrip, settledTo } from '#ui/day-strip.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { instanceQueries } from './instances.queries.ts'

/** Who and where the instance is, how far its data goes, and how busy it is. */
export function FactsPane({ instance, now }: { instance: Instance; now: Date }) {
  const { account, connection, defaults } = instance
  return (
    <div className="flex flex-col">
      <Block title={t.who.title}>
        <Fact name={t.who.entity}>
          <span className="mono break-all">{account.entityId}</span>
          <CopyButton text={account.entityId} label={instances.copyEntity(instance.name)} />
        </Fact>
        <Fact name={t.who.account}>{account.name}</Fact>
        <Fact name={t.who.marketplace}>
          {account.countryCode} <span className="mono text-text-3">{account.marketplaceId}</span>
        </Fact>
        <Fact name={t.who.region}>{instances.regions[connection.region]}</Fact>
        {instance.customerName !== null && <Fact name={t.who.advertiser}>{instance.customerName}</Fact>}
        {instance.brands.length > 0 && <Fact name={t.who.brands}>{instance.brands.join(', ')}</Fact>}
        {instance.amcName !== instance.name && <Fact name={t.who.amcName}>{instance.amcName}</Fact>}
        <Fact name={t.who.connection}>{instances.connection[connection.provider]}</Fact>
        {instance.notes !== '' && <Fact name={t.who.notes}>{instance.notes}</Fact>}
      </Block>
      <Block
        title={t.data.title}
        picture={
          <div>
            <DayStrip
              defaults={defaults}
              now={now}
              withWindow
              label={t.data.strip(windowInWords(defaultWindow(now, defaults)), dayInWords(settledTo(defaults, now)))}
            />
            <div className="text-11 text-text-3 mt-1 mb-1 flex justify-between gap-2" aria-hidden>
              <span>{windowInWords(defaultWindow(now, defaults))}</span>
              <span>{t.data.today}</span>
            </div>
          </div>
        }
      >
        <Fact name={t.data.window}>{t.data.windowIs(defaults.windowDays)}</Fact>
        <Fact name={t.data.settled}>
          {t.data.settledIs(defaults.settledAfterDays)}{' '}
          <Link
            to="/instances/$instanceId"
            params={{ instanceId: instance.id }}
            search={{ tab: 'settings' }}
            className="font-medium"
          >
            {t.data.change}
          </Link>
        </Fact>
        <Fact name={t.data.zone}>{defaults.timeZone}</Fact>
      </Block>
      <Slots instance={instance} />
      <Block title={t.results.title}>
        <Fact name={t.results.kept}>{t.results.note}</Fact>
      </Block>
    </div>
  )
}

function Slots({ instance }: { instance: Instance }) {
  const { data, error, refetch } = useQuery(instanceQueries.activity(instance.id))
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />
  const unknown = '–'
  return (
    <Block title={t.slots.title}>
      <Fact name={t.slots.running}>{data ? t.slots.runningIs(data.running, data.slots) : unknown}</Fact>
      <Fact name={t.slots.waiting}>{data ? data.waiting || t.slots.none : unknown}</Fact>
      <Fact name={t.slots.week}>
        {data ? t.slots.weekIs(data.lastSevenDays.runs, data.lastSevenDays.completed) : unknown}
      </Fact>
    </Block>
  )
}

function Block({ title, picture, children }: { title: string; picture?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={title} className="border-line-subtle border-b py-3.5 last:border-b-0">
      <h2 className="text-13 mb-1.5">{title}</h2>
      {picture}
      <dl className="text-12 grid grid-cols-[112px_minmax(0,1fr)] items-baseline gap-x-3 gap-y-1">{children}</dl>
    </section>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-text-3">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  )
}
