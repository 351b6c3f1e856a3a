import type { ExecutionId, QueryTemplateSummary, WorkflowId } from '@recomamp/contracts'
import { isFinal } from '@recomamp/contracts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useLocation, useNavigate } from '@tanstack/react-router'
import { LibraryBig, Play, Plus, SquareTerminal } from 'lucide-react'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { executionQueries } from '#features/executions/executions.queries.ts'
import { FinishedList } from '#features/executions/finished-list.tsx'
import { filterOf } from '#features/executions/list-search.ts'
import { PollingLine } from '#features/executions/polling-line.tsx'
import { RunningList } from '#features/executions/running-list.tsx'
import { ChangedTables, lostTables } from '#features/instances/changed-tables.tsx'
import { useChosenInstance } from '#features/instances/chosen-instance.tsx'
import { DataReach } from '#features/instances/data-reach.tsx'
import { instanceQueries } from '#features/instances/instances.queries.ts'
import { templateQueries } from '#features/templates/templates.queries.ts'
import { useCopyTemplate } from '#features/templates/use-copy-template.ts'
import { FailingQueries } from '#features/workflows/failing-queries.tsx'
import { RecentQueries } from '#features/workflows/recent-queries.tsx'
import { useLibraryActions } from '#features/workflows/use-library-actions.ts'
import { rememberWorkflow, workflowQueries } from '#features/workflows/workflows.queries.ts'
import { home as t } from '#messages/home.ts'
import { library } from '#messages/queries.ts'
import { useNow } from '#platform/clock.ts'
import { isNews, lastVisit, noteVisit } from '#platform/last-visit.ts'
import { useSession } from '#platform/session.tsx'
import { dateInWords, dayInWords, figure, when } from '#platform/words.ts'
import { HealthMark, connectionName, minutesToRenewal } from '#ui/connection-health.tsx'
import { settledTo } from '#ui/day-strip.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { useTitle } from '#ui/page.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { Block } from './block.tsx'
import { FirstSteps } from './first-steps.tsx'

const everything = filterOf({}, new Date(0))
/** Of what ships: one question each about campaigns, reach, new customers and products. */
const goodToBegin: readonly string[] = ['campaign-inventory', 'reach-and-frequency', 'new-to-brand-sales', 'brand-halo']
const neediestShown = 4
const finishedShown = 5

/** What needs me, what runs, where was I. */
export function HomePage() {
  useTitle(t.title)
  const now = useNow(30_000)
  const { instance } = useChosenInstance()
  const counts = useQuery(workflowQueries.counts())
  const live = useQuery(executionQueries.live(everything))
  const failing = useQuery(workflowQueries.failing())
  const instances = useQuery(instanceQueries.first())
  const failed = (failing.data?.items ?? []).filter(
    ({ latestExecution: run }) => run !== null && isNews(run.requestedAt, now),
  )
  const changed = (instances.data?.items ?? []).filter((each) => lostTables(each, now))
  const needs = failed.length + changed.length
  const isNew = counts.data !== undefined && counts.data.shelves.all === 0
  useEffect(() => noteVisitsWhileHere(), [])

  return (
    <div className="min-h-0 flex-1 overflow-auto">
      <header className="page-head">
        <div>
          <h1 className="text-20 tracking-[-0.015em]">{dateInWords(now)}</h1>
          <p className="text-text-2" role="status">
            {live.data &&
              [t.lead.running(live.data.total), needs > 0 && t.lead.needs(needs)].filter(Boolean).join(', ')}
            {live.data && '. '}
            {instance !== null && t.lead.settled(dayInWords(settledTo(instance.defaults, now)), instance.name)}
          </p>
        </div>
        <div className="flex-1" />
        <Link to="/templates" search={{}} className="btn default">
          <LibraryBig size={14} strokeWidth={1.7} aria-hidden />
          {t.fromTemplate}
        </Link>
        <Link to="/workbench/new" search={{}} className="btn primary">
          <Plus size={14} strokeWidth={1.7} aria-hidden />
          {t.newQuery}
        </Link>
      </header>
      <div className="home">
        <div className="home-main">
          {failing.error !== null && <ErrorPanel error={failing.error} onRetry={() => void failing.refetch()} />}
          {needs > 0 && (
            <section aria-labelledby="needs-you" className="home-block">
              <h2 id="needs-you" className="text-13 mb-2">
                {t.needsYou}
              </h2>
              <ul className="border-line divide-line-subtle divide-y rounded-6 border">
                <FailingQueries queries={failed.slice(0, neediestShown)} now={now} />
                <ChangedTables instances={changed} now={now} />
              </ul>
              {failed.length > neediestShown && (
                <Link
                  to="/queries"
                  search={{ run: 'failed' }}
                  className="text-12 font-medium inline-flex min-h-8 items-center"
                >
                  {t.failed.more(failed.length - neediestShown)}
                </Link>
              )}
            </section>
          )}
          {counts.isPending && <Skeleton label={t.recent.title} rows={4} />}
          {isNew ? (
            <Examples />
          ) : (
            <>
              <Block
                title={t.running.title}
                aside={(live.data?.total ?? 0) > 0 && <PollingLine />}
                loading={live.isPending}
                error={live.error}
                onRetry={() => void live.refetch()}
              >
                {live.data && live.data.total > 0 ? (
                  <RunningList items={live.data.items} total={live.data.total} />
                ) : (
                  <p className="text-text-2 py-2">{t.running.none}</p>
                )}
              </Block>
              <Recent now={now} total={counts.data?.shelves.mine} />
            </>
          )}
        </div>
        <div className="home-side">
          <Connections now={now} />
          <Block
            title={t.reach.title}
            aside={t.reach.weeks}
            loading={instances.isPending}
            error={instances.error}
            onRetry={() => void instances.refetch()}
          >
            {instances.data && instances.data.total > 0 ? (
              <DataReach instances={instances.data.items} total={instances.data.total} now={now} />
            ) : (
              <p className="text-text-2 py-2">
                {t.reach.none}{' '}
                <Link to="/instances" search={{}} className="font-medium">
                  {t.reach.all}
                </Link>
              </p>
            )}
          </Block>
          <Finished now={now} />
        </div>
      </div>
    </div>
  )
}

/** Somebody is here as long as the page is looked at. */
function noteVisitsWhileHere(): () => void {
  // Read before it is overwritten: what ended since then is news.
  lastVisit()
  const note = () => noteVisit(new Date())
  note()
  const timer = setInterval(note, 60_000)
  return () => clearInterval(timer)
}

function Examples() {
  const { instance } = useChosenInstance()
  const navigate = useNavigate()
  const client = useQueryClient()
  const { data, error, isPending, refetch } = useQuery(templateQueries.list())
  const copy = useCopyTemplate(instance?.id ?? null, (created) => {
    rememberWorkflow(client, created)
    void navigate({ to: '/workbench/$workflowId', params: { workflowId: created.id }, search: {} })
  })
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />
  if (isPending) return <Skeleton label={t.first.examples} rows={4} />
  const examples = firstExamples(data.items)
  return (
    <>
      <FirstSteps
        examples={examples}
        opening={copy.isPending ? copy.variables.id : null}
        onOpen={(template) => !copy.isPending && copy.mutate(template)}
      />
      {copy.error !== null && <ErrorPanel error={copy.error} />}
    </>
  )
}

/** The good ones to begin with, otherwise the easiest that run as they are. */
function firstExamples(templates: readonly QueryTemplateSummary[]): QueryTemplateSummary[] {
  const easiest = templates
    .filter(({ needsValues, isAudience }) => needsValues.length === 0 && !isAudience)
    .toSorted((a, b) => a.difficulty - b.difficulty)
  const good = goodToBegin.flatMap((id) => easiest.find((each) => each.id === id) ?? [])
  return [...new Set([...good, ...easiest])].slice(0, goodToBegin.length)
}

function Recent({ now, total }: { now: Date; total: number | undefined }) {
  const navigate = useNavigate()
  const { instance } = useChosenInstance()
  const recent = useQuery(workflowQueries.recent())
  const open = (workflowId: WorkflowId, run?: ExecutionId) =>
    void navigate({
      to: '/workbench/$workflowId',
      params: { workflowId },
      search: run === undefined ? {} : { run },
    })
  const actions = useLibraryActions({ toQuery: open, onGone: () => {} })
  const queries = recent.data?.items ?? []
  const small = { size: 14, strokeWidth: 1.7, 'aria-hidden': true } as const
  return (
    <Block
      title={t.recent.title}
      aside={
        queries.length > 0 && (
          <Link to="/queries" search={{ owner: 'me' }} className="font-medium">
            {t.recent.all(figure(total ?? recent.data?.total ?? 0))}
            <span className="sr-only">{t.recent.allOf}</span>
          </Link>
        )
      }
      loading={recent.isPending}
      error={recent.error}
      onRetry={() => void recent.refetch()}
    >
      {actions.error !== null && <ErrorPanel error={actions.error} />}
      {queries.length === 0 ? (
        <EmptyState
          action={
            <Link to="/workbench/new" search={{}} className="btn default">
              {t.newQuery}
            </Link>
          }
        >
          {t.recent.none}
        </EmptyState>
      ) : (
        <RecentQueries
          queries={queries}
          now={now}
          renderActions={(query) => (
            <>
              <IconButton
                label={library.actions.run(query.name)}
                onPress={() => actions.run(query.id, instance?.id ?? null)}
              >
                <Play {...small} />
              </IconButton>
              <IconButton label={`${library.actions.open} ${query.name}`} onPress={() => open(query.id)}>
                <SquareTerminal {...small} />
              </IconButton>
            </>
          )}
        />
      )}
    </Block>
  )
}

function IconButton({ label, onPress, children }: { label: string; onPress: () => void; children: ReactNode }) {
  return (
    <button type="button" aria-label={label} title={label} className="btn quiet small square" onClick={onPress}>
      {children}
    </button>
  )
}

function Connections({ now }: { now: Date }) {
  const { user, signIn } = useSession()
  const location = useLocation()
  const instances = useQuery(instanceQueries.first())
  const [problem, setProblem] = useState<unknown>(null)
  return (
    <Block
      title={t.connections.title}
      aside={
        <Link to="/settings/$section" params={{ section: 'connections' }} search={{}} className="font-medium">
          {t.connections.settings}
        </Link>
      }
      loading={user === null}
    >
      {user?.connections.length === 0 && <p className="text-text-2 py-2">{t.connections.none}</p>}
      <ul>
        {(user?.connections ?? []).map((each) => (
          <li key={each.id} className="border-line-subtle flex flex-col gap-0.5 border-b py-2">
            <span className="flex items-center justify-between gap-3">
              <span className="font-medium">{connectionName(each)}</span>
              <HealthMark connection={each} />
            </span>
            <span className="text-12 text-text-2 flex items-center justify-between gap-3">
              {t.connections.instances(
                instances.data?.items.filter(({ connection }) => connection.id === each.id).length ?? 0,
              )}
              {each.health === 'healthy' ? (
                <span>{t.connections.renews(minutesToRenewal(each, now))}</span>
              ) : each.consentedBy.id !== user?.id ? (
                <span>{each.consentedBy.name ?? each.consentedBy.email}</span>
              ) : (
                <button
                  type="button"
                  className="btn small"
                  onClick={() => void signIn(each.provider, location.href, { region: each.region }).catch(setProblem)}
                >
                  {t.connections.reconnect}
                </button>
              )}
            </span>
          </li>
        ))}
      </ul>
      {problem !== null && <ErrorPanel error={problem} />}
    </Block>
  )
}

function Finished({ now }: { now: Date }) {
  const latest = useQuery(executionQueries.latest())
  const [since] = useState(lastVisit)
  const ended = useMemo(
    () =>
      (latest.data?.items ?? [])
        .filter(({ status, finishedAt }) => isFinal(status) && finishedAt !== null)
        .filter(({ finishedAt }) => since === null || (finishedAt ?? '') > since)
        .toSorted((a, b) => ((a.finishedAt ?? '') < (b.finishedAt ?? '') ? 1 : -1)),
    [latest.data, since],
  )
  return (
    <Block
      title={since === null ? t.finished.lately : t.finished.since(when(since, now))}
      aside={
        latest.data &&
        latest.data.total > 0 && (
          <Link to="/executions" search={{}} className="font-medium">
            {t.finished.all(figure(latest.data.total))}
            <span className="sr-only">{t.finished.allOf}</span>
          </Link>
        )
      }
      loading={latest.isPending}
      error={latest.error}
      onRetry={() => void latest.refetch()}
    >
      {ended.length === 0 ? (
        <p className="text-text-2 py-2">{since === null ? t.finished.never : t.finished.none}</p>
      ) : (
        <FinishedList items={ended.slice(0, finishedShown)} />
      )}
    </Block>
  )
}
