import { type Connection, type Instance, checkConnection } from '@recomamp/contracts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, getRouteApi, useLocation } from '@tanstack/react-router'
import { Play } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { instanceQueries } from '#features/instances/instances.queries.ts'
import { signInQueries } from '#features/sign-in/sign-in.queries.ts'
import { instances as instanceWords } from '#messages/instances.ts'
import { settings } from '#messages/settings.ts'
import { useNow } from '#platform/clock.ts'
import { useSession } from '#platform/session.tsx'
import { useWidth } from '#platform/width.ts'
import { exactly, instantDay, when } from '#platform/words.ts'
import { Button } from '#ui/button.tsx'
import { HealthMark, connectionName, minutesLeft, minutesToRenewal } from '#ui/connection-health.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { PanelBoundary } from '#ui/panel-boundary.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { ConnectAmazon } from './connect.tsx'
import { Disconnect } from './disconnect.tsx'
import { SectionHead } from './section-head.tsx'
import { connectionQueries } from './settings.queries.ts'

const t = settings.connections
const route = getRouteApi('/app/settings/$section')
const listedAtMost = 8

/** The sign-ins at Amazon: how each stands, what it reaches, and what its end would stop. */
export function ConnectionsSettings() {
  const { user } = useSession()
  const { c } = route.useSearch()
  const now = useNow(30_000)
  const instances = useQuery(instanceQueries.first())
  const providers = useQuery(signInQueries.providers())
  const phone = useWidth() === 'phone'
  if (user === null) return <Skeleton label={settings.sections.connections} />
  const { connections } = user
  const chosen = connections.find(({ id }) => id === c) ?? connections[0]
  const reached = (connection: Connection) =>
    (instances.data?.items ?? []).filter((each) => each.connection.id === connection.id)
  const whoOf = ({ consentedBy }: Connection) => consentedBy.name ?? consentedBy.email ?? t.somebody
  return (
    <>
      <SectionHead
        title={settings.sections.connections}
        lead={t.lead}
        actions={providers.data?.amazon.offered === true && <ConnectAmazon />}
      />
      {connections.length === 0 && <EmptyState>{t.none}</EmptyState>}
      {connections.length > 0 && (
        <div className="border-line overflow-x-auto border-y">
          <table className="rows" aria-label={t.list}>
            <thead>
              <tr>
                <th>{t.columns.name}</th>
                <th>{t.columns.health}</th>
                {!phone && (
                  <>
                    <th>{t.columns.where}</th>
                    <th>{t.columns.reaches}</th>
                    <th>{t.columns.renews}</th>
                    <th>{t.columns.left}</th>
                    <th>{t.columns.consented}</th>
                  </>
                )}
              </tr>
            </thead>
            <tbody>
              {connections.map((each) => (
                <tr key={each.id} className={each === chosen ? 'selected' : ''}>
                  <td title={connectionName(each)}>
                    <Link
                      to="/settings/$section"
                      params={{ section: 'connections' }}
                      search={{ c: each.id }}
                      aria-current={each === chosen ? 'true' : undefined}
                      className="font-medium text-text"
                    >
                      {connectionName(each)}
                    </Link>
                  </td>
                  <td>
                    <HealthMark connection={each} />
                  </td>
                  {!phone && (
                    <>
                      <td className="text-text-2">{`${t.provider[each.provider]}, ${t.regions[each.region]}`}</td>
                      <td className="text-text-2">{t.reaches(reached(each).length)}</td>
                      <td className="text-text-2">
                        {each.health === 'healthy' ? t.renewsIn(minutesToRenewal(each, now)) : t.renewsNot}
                      </td>
                      <td className="text-text-2">{consentLeft(each, now)}</td>
                      <td className="text-text-2" title={exactly(each.consentedAt)}>
                        {t.consentedBy(whoOf(each), instantDay(each.consentedAt))}
                      </td>
                    </>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {chosen !== undefined && (
        <Detail
          key={chosen.id}
          connection={chosen}
          who={whoOf(chosen)}
          isMine={chosen.consentedBy.id === user.id}
          now={now}
        >
          <PanelBoundary label={t.reachesTitle}>
            {instances.error !== null && (
              <ErrorPanel error={instances.error} onRetry={() => void instances.refetch()} />
            )}
            {instances.isPending && <Skeleton label={t.reachesTitle} rows={3} />}
            {instances.data && (
              <Reaches items={reached(chosen)} isEnded={chosen.reconnectReason === 'disconnected'} phone={phone} />
            )}
          </PanelBoundary>
        </Detail>
      )}
    </>
  )
}

function consentLeft({ consentEndsAt }: Connection, now: Date): string {
  if (consentEndsAt === null) return t.noEnd
  return t.daysLeft(Math.ceil((Date.parse(consentEndsAt) - now.getTime()) / 86_400_000))
}

interface DetailProps {
  connection: Connection
  who: string
  /** Only whose consent it is can renew it. */
  isMine: boolean
  now: Date
  children: ReactNode
}

function Detail({ connection, who, isMine, now, children }: DetailProps) {
  const { signIn } = useSession()
  const location = useLocation()
  const [problem, setProblem] = useState<unknown>(null)
  const check = useMutation(connectionQueries.check(connection.id))
  const { access, checkedAt, checkError, discoveryError, consentedAt, consentEndsAt, reconnectReason } = connection
  const works = connection.health === 'healthy'
  const { email } = connection.consentedBy
  const again = () =>
    void signIn(connection.provider, location.href, { region: connection.region, connects: true }).catch(setProblem)
  return (
    <section aria-label={t.facts} className="flex flex-col gap-4 px-4 py-4 tablet:px-5">
      <header className="flex flex-wrap items-center gap-3">
        <h3 className="text-16">{connectionName(connection)}</h3>
        <HealthMark connection={connection} />
        <div className="flex-1" />
        {works ? (
          <>
            {isMine && <Button onPress={again}>{t.reconnect}</Button>}
            <Button
              needs={checkConnection}
              busy={check.isPending || connection.checking}
              onPress={() => check.mutate()}
            >
              <Play size={14} strokeWidth={1.7} aria-hidden />
              {connection.checking ? t.testing : t.test}
            </Button>
          </>
        ) : isMine ? (
          <Button look="primary" onPress={again}>
            {t.reconnect}
          </Button>
        ) : (
          <span className="text-text-2">{t.notYours(who)}</span>
        )}
      </header>
      {problem !== null && <ErrorPanel error={problem} />}
      {check.error !== null && <ErrorPanel error={check.error} />}
      <div role="status" className="empty:hidden">
        {reconnectReason !== null && <p className="text-text-2">{t.reasons[reconnectReason]}</p>}
        {checkError !== null && <p className="text-warn">{t.checkFailed(checkError)}</p>}
        {discoveryError !== null && <p className="text-warn">{t.discoveryFailed(discoveryError)}</p>}
      </div>
      <dl className="settings-list max-w-[760px]">
        <dt>{t.signedInAs}</dt>
        <dd>
          {who}
          {email !== null && email !== who && <span className="mono text-text-2"> {email}</span>}
        </dd>
        <dt>{t.consent}</dt>
        <dd title={exactly(consentedAt)}>
          {consentEndsAt === null
            ? t.consentGiven(instantDay(consentedAt))
            : t.consentUntil(instantDay(consentedAt), instantDay(consentEndsAt))}
        </dd>
        <dt>{t.region}</dt>
        <dd>{instanceWords.regions[connection.region]}</dd>
        <dt>{t.access}</dt>
        <dd>
          {works
            ? t.accessIs(
                minutesLeft(connection, now),
                Math.round(access.lookedAtEverySeconds / 60),
                Math.round(access.renewedBeforeEndSeconds / 60),
              )
            : t.noAccess}
        </dd>
        <dt>{t.checked}</dt>
        <dd {...(checkedAt === null ? {} : { title: exactly(checkedAt) })}>
          {checkedAt === null ? t.never : when(checkedAt, now)}
        </dd>
      </dl>
      <div>
        <h3 className="text-12 mb-1">{reconnectReason === 'disconnected' ? t.reachesAgain : t.reachesTitle}</h3>
        {children}
      </div>
      {reconnectReason !== 'disconnected' && <Disconnect connection={connection} />}
    </section>
  )
}

interface ReachesProps {
  items: readonly Instance[]
  isEnded: boolean
  phone: boolean
}

function Reaches({ items, isEnded, phone }: ReachesProps) {
  if (items.length === 0) return <p className="text-text-2">{t.reachesNone}</p>
  const shown = items.slice(0, listedAtMost)
  return (
    <>
      <table className="rows flush" aria-label={t.reachesTitle}>
        <thead>
          <tr>
            {!phone && <th>{t.entity}</th>}
            <th>{t.marketplace}</th>
            <th>{t.state}</th>
            <th>{t.instance}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ id, name, account, available }) => (
            <tr key={id}>
              {!phone && (
                <td className="mono" title={`${account.name} ${account.entityId}`}>
                  {account.entityId}
                </td>
              )}
              <td title={account.marketplaceId}>
                {account.countryCode} {!phone && <span className="mono text-text-3">{account.marketplaceId}</span>}
              </td>
              <td className={available && !isEnded ? 'text-text-2' : 'text-warn'}>
                {isEnded ? t.waits : available ? t.reads : t.gone}
              </td>
              <td title={name}>
                <Link to="/instances/$instanceId" params={{ instanceId: id }} search={{}}>
                  {name}
                </Link>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {items.length > shown.length && (
        <p className="text-12 text-text-2 flex gap-3 pt-2">
          {t.moreInstances(shown.length, items.length)}
          <Link to="/instances" search={{ connection: shown[0]?.connection.id }} className="font-medium">
            {t.allInstances}
          </Link>
        </p>
      )}
    </>
  )
}
