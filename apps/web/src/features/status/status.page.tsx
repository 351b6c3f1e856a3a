import type { AnswerOf, Connection, getStatus } from '@recomamp/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CircleCheck, Copy, TriangleAlert } from 'lucide-react'
import { installation as t } from '#messages/installation.ts'
import { useNow } from '#platform/clock.ts'
import { useSession } from '#platform/session.tsx'
import { useWidth } from '#platform/width.ts'
import { bytesInWords, figure, spanInWords, timeOfDay, when } from '#platform/words.ts'
import { HealthMark, connectionName, minutesLeft, minutesToRenewal } from '#ui/connection-health.tsx'
import { CopyWordButton } from '#ui/copy-word-button.tsx'
import { Fact } from '#ui/fact.tsx'
import { Page } from '#ui/page.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { LoopTable } from './loop-table.tsx'
import { statusQueries } from './status.queries.ts'

type Status = AnswerOf<typeof getStatus>

/** After so long without an answer about open runs something is wrong, and not just slow. */
const pollsLateSeconds = 120

/** One sentence of how everything stands, and what it stands on. */
export function StatusPage() {
  const status = useQuery(statusQueries.now())
  const { user } = useSession()
  const now = useNow(1000)
  const connections = user?.connections ?? []
  const { data } = status
  return (
    <Page
      title={t.title}
      actions={
        data !== undefined && (
          <>
            <span className="text-12 text-text-2">{t.updated(timeOfDay(new Date(data.at)))}</span>
            <CopyWordButton
              text={JSON.stringify(data, null, 2)}
              label={t.copyJson}
              icon={<Copy size={14} strokeWidth={1.7} aria-hidden />}
            >
              {t.copyJson}
            </CopyWordButton>
          </>
        )
      }
    >
      <div className="min-h-0 flex-1 overflow-auto">
        {status.error !== null && <ErrorPanel error={status.error} onRetry={() => void status.refetch()} />}
        {status.isPending && <Skeleton label={t.loops} />}
        {data !== undefined && (
          <>
            <Overall status={data} connections={connections} />
            <div className="home">
              <div className="home-main">
                <div className="home-block">
                  <LoopTable status={data} now={now} />
                </div>
                <Tokens connections={connections} now={now} />
                <Calls calls={data.calls} now={now} />
              </div>
              <div className="home-side">
                <Slots slots={data.slots} />
                <Installation status={data} now={now} />
              </div>
            </div>
          </>
        )}
      </div>
    </Page>
  )
}

function Overall({ status, connections }: { status: Status; connections: readonly Connection[] }) {
  const count = (...states: string[]) => status.loops.filter(({ state }) => states.includes(state)).length
  const broken = connections.filter(
    ({ health, reconnectReason }) => health !== 'healthy' && reconnectReason !== 'disconnected',
  ).length
  const silent = count('late', 'overdue')
  const failing = count('failing')
  const faults = [
    ...(silent > 0 ? [t.overall.loops(silent)] : []),
    ...(failing > 0 ? [t.overall.failing(failing)] : []),
    ...(broken > 0 ? [t.overall.connections(broken)] : []),
    ...(status.failingWebhooks > 0 ? [t.overall.webhooks(status.failingWebhooks)] : []),
    ...(status.polling.overdueSeconds > pollsLateSeconds ? [t.overall.polling] : []),
  ]
  const isWell = faults.length === 0
  const Icon = isWell ? CircleCheck : TriangleAlert
  const words = isWell
    ? t.overall.well
    : faults.length === 1
      ? t.overall.one(faults.join(''))
      : t.overall.several(faults.join(', '))
  return (
    <p role="status" className="flex items-start gap-2 px-4 pb-4 tablet:px-6">
      <Icon
        size={16}
        strokeWidth={1.7}
        aria-hidden
        className={`mt-0.5 flex-none ${isWell ? 'text-ok' : 'text-warn'}`}
      />
      <span>{words}</span>{' '}
      {status.failingWebhooks > 0 && (
        <Link to="/settings/$section" params={{ section: 'webhooks' }} search={{}}>
          {t.webhooks}
        </Link>
      )}
    </p>
  )
}

function Tokens({ connections, now }: { connections: readonly Connection[]; now: Date }) {
  const phone = useWidth() === 'phone'
  return (
    <section className="home-block" aria-label={t.tokens}>
      <h2 className="text-13 mb-1">{t.tokens}</h2>
      {connections.length === 0 && <p className="text-text-2">{t.noConnection}</p>}
      {connections.length > 0 && (
        <table className="rows flush" aria-label={t.tokens}>
          <thead>
            <tr>
              <th>{t.tokenColumns.connection}</th>
              <th>{t.tokenColumns.state}</th>
              {!phone && <th>{t.tokenColumns.left}</th>}
              {!phone && <th>{t.tokenColumns.renewal}</th>}
              {!phone && <th>{t.tokenColumns.consent}</th>}
            </tr>
          </thead>
          <tbody>
            {connections.map((each) => {
              const isHealthy = each.health === 'healthy'
              return (
                <tr key={each.id}>
                  <td className="font-medium">
                    <Link
                      to="/settings/$section"
                      params={{ section: 'connections' }}
                      search={{ c: each.id }}
                      className="text-text"
                    >
                      {connectionName(each)}
                    </Link>
                  </td>
                  <td>
                    <HealthMark connection={each} />
                  </td>
                  {!phone && <td>{isHealthy ? t.minutes(minutesLeft(each, now)) : t.none}</td>}
                  {!phone && (
                    <td className="text-text-2">
                      {isHealthy ? t.inMinutes(minutesToRenewal(each, now)) : t.renewsNot}
                    </td>
                  )}
                  {!phone && (
                    <td className="text-text-2">
                      {each.consentEndsAt === null
                        ? t.noEnd
                        : t.days(Math.ceil((Date.parse(each.consentEndsAt) - now.getTime()) / 86_400_000))}
                    </td>
                  )}
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
    </section>
  )
}

function Calls({ calls, now }: { calls: Status['calls']; now: Date }) {
  const phone = useWidth() === 'phone'
  return (
    <section className="home-block" aria-label={t.calls}>
      <div className="mb-1 flex items-baseline justify-between gap-3">
        <h2 className="text-13">{t.calls}</h2>
        <span className="text-12 text-text-2">{t.callsSince(when(calls.since, now))}</span>
      </div>
      {calls.operations.length === 0 && <p className="text-text-2">{t.noCalls}</p>}
      {calls.operations.length > 0 && (
        <table className="rows flush" aria-label={t.calls}>
          <thead>
            <tr>
              <th>{t.callColumns.call}</th>
              <th className="num w-20">{t.callColumns.sent}</th>
              <th className="num w-20">{t.callColumns.refused}</th>
              {!phone && <th className="num w-24">{t.callColumns.slowed}</th>}
              {!phone && <th className="num w-20">{t.callColumns.failed}</th>}
              {!phone && <th className="num w-28">{t.callColumns.p95}</th>}
            </tr>
          </thead>
          <tbody>
            {calls.operations.map((each) => (
              <tr key={each.operation}>
                <td className="mono" title={each.operation}>
                  {each.operation}
                </td>
                <td className="num">{figure(each.sent)}</td>
                <td className="num">{figure(each.refused)}</td>
                {!phone && <td className="num">{figure(each.slowedDown)}</td>}
                {!phone && <td className="num">{figure(each.failed)}</td>}
                {!phone && <td className="num">{each.p95Ms === null ? t.beyond : t.under(t.ms(each.p95Ms))}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function Slots({ slots: { limit, instances } }: { slots: Status['slots'] }) {
  return (
    <section className="home-block" aria-label={t.slots}>
      <div className="mb-2 flex items-baseline justify-between gap-3">
        <h2 className="text-13">{t.slots}</h2>
        <span className="text-12 text-text-2">{t.slotsAre(limit)}</span>
      </div>
      {instances.length === 0 && <p className="text-text-2">{t.idle}</p>}
      <ul className="flex flex-col gap-2">
        {instances.map((each) => (
          <li key={each.id} className="flex items-center gap-3">
            <div className="min-w-0 flex-1">
              <div className="cut font-medium" title={each.name}>
                {each.name}
              </div>
              <div className="mono text-12 text-text-2">{each.amcInstanceId}</div>
            </div>
            <span className="slots" role="img" aria-label={t.slotsTaken(each.taken, limit)}>
              {Array.from({ length: Math.min(limit, 10) }, (_, index) => (
                <i key={index} className={index < each.taken ? 'full' : ''} />
              ))}
            </span>
            <span className="w-20 text-right">{each.waiting === 0 ? t.none : t.waiting(each.waiting)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Installation({ status, now }: { status: Status; now: Date }) {
  const { installation: about, polling } = status
  return (
    <section className="home-block" aria-label={t.here}>
      <h2 className="text-13 mb-2">{t.here}</h2>
      <dl className="status-facts">
        <Fact name={t.facts.version}>{t.versionIs(about.version, about.migration)}</Fact>
        <Fact name={t.facts.database}>{`${t.databases[about.database]}, ${bytesInWords(about.databaseBytes)}`}</Fact>
        <Fact name={t.facts.results}>{bytesInWords(about.resultBytes)}</Fact>
        <Fact name={t.facts.answers}>{about.answersP95Ms === null ? t.none : t.under(t.ms(about.answersP95Ms))}</Fact>
        <Fact name={t.facts.processes}>{about.processes.map(({ role }) => t.roles[role] ?? role).join(', ')}</Fact>
        <Fact name={t.facts.polls}>
          {polling.lastAnswerAt === null
            ? t.notOpen
            : t.ago(spanInWords(now.getTime() - Date.parse(polling.lastAnswerAt)))}
        </Fact>
      </dl>
    </section>
  )
}
