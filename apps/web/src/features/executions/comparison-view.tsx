import { type Execution, type ExecutionId, repeatExecution } from '@recomamp/contracts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { ArrowLeftRight, Link2, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { executionQueries } from './executions.queries.ts'
import { outcomeInWords, took } from './outcome.tsx'
import { executions } from '#messages/executions.ts'
import { call } from '#platform/api.ts'
import { useNow } from '#platform/clock.ts'
import { when } from '#platform/words.ts'
import { Button, LinkButton } from '#ui/button.tsx'
import { CopyWordButton } from '#ui/copy-word-button.tsx'
import { Page } from '#ui/page.tsx'
import { PanelBoundary } from '#ui/panel-boundary.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { StatusMark } from '#ui/status-mark.tsx'
import { markOf } from '#ui/status-words.ts'
import { AnswerDifferences } from './answer-differences.tsx'
import type { ComparisonSearch } from './comparison-search.ts'
import { lineDiff } from './line-diff.ts'
import { questionParts } from './question-differences.ts'

const t = executions.comparison

interface ComparisonProps {
  before: ExecutionId
  after: ExecutionId
  search: ComparisonSearch
  onSearch: (change: ComparisonSearch) => void
}

/** Two runs: what differs in what was asked, then in what was answered. */
export function ComparisonView({ before, after, search, onSearch }: ComparisonProps) {
  const first = useQuery(executionQueries.detail(before))
  const second = useQuery(executionQueries.detail(after))
  const error = first.error ?? second.error
  if (error !== null)
    return (
      <Page title={t.title}>
        <ErrorPanel error={error} onRetry={() => void Promise.all([first.refetch(), second.refetch()])} />
      </Page>
    )
  if (first.data === undefined || second.data === undefined)
    return (
      <Page title={t.title}>
        <Skeleton label={t.title} />
      </Page>
    )
  return <Compared before={first.data} after={second.data} search={search} onSearch={onSearch} />
}

function Compared({
  before,
  after,
  search,
  onSearch,
}: Omit<ComparisonProps, 'before' | 'after'> & { before: Execution; after: Execution }) {
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const again = useMutation({
    mutationFn: () =>
      call(repeatExecution, {
        params: { executionId: before.id },
        headers: { 'idempotency-key': crypto.randomUUID() },
      }),
    onSuccess(started) {
      queryClient.setQueryData(executionQueries.detail(started.id).queryKey, started)
      void navigate({ to: '/executions/$executionId', params: { executionId: started.id }, search: {} })
    },
  })
  const isOneQuery = before.workflow.id === after.workflow.id
  const haveRows = [before, after].every(
    (run) => run.status === 'completed' && !run.dryRun && run.resultsRemovedAt === null,
  )
  return (
    <Page
      title={isOneQuery ? t.twoOf(after.workflow.name) : t.twoQueries(before.workflow.name, after.workflow.name)}
      actions={
        <>
          <Button
            look="quiet"
            onPress={() =>
              void navigate({
                to: '/executions/$executionId',
                params: { executionId: before.id },
                search: { ...search, with: after.id },
              })
            }
          >
            <ArrowLeftRight size={14} strokeWidth={1.7} aria-hidden />
            {t.swap}
          </Button>
          <CopyWordButton
            text={location.href}
            label={executions.report.copyLink}
            icon={<Link2 size={14} strokeWidth={1.7} aria-hidden />}
          >
            {executions.report.copyLink}
          </CopyWordButton>
          <Button needs={repeatExecution} busy={again.isPending} onPress={() => again.mutate()}>
            <RotateCcw size={14} strokeWidth={1.7} aria-hidden />
            {t.again}
          </Button>
        </>
      }
    >
      {again.error !== null && <ErrorPanel error={again.error} />}
      <div className="grid gap-2.5 px-4 pb-3 tablet:grid-cols-2 tablet:px-6">
        <RunCard run={before} word={t.before} />
        <RunCard run={after} word={t.after} />
      </div>
      <QuestionDifferences before={before} after={after} />
      <PanelBoundary label={t.answer}>
        {haveRows ? (
          <AnswerDifferences before={before.id} after={after.id} search={search} onSearch={onSearch} />
        ) : (
          <p className="text-text-2 border-line border-t px-4 py-4 tablet:px-6">{t.noRows}</p>
        )}
      </PanelBoundary>
    </Page>
  )
}

function RunCard({ run, word }: { run: Execution; word: string }) {
  const now = useNow(60_000)
  return (
    <section
      aria-label={word}
      className="border-line flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 rounded-6 border px-3 py-2"
    >
      <span className="tag lined">{word}</span>
      <StatusMark mark={markOf(run)} />
      <span className="text-text-2">{executions.version(run)}</span>
      <span className="text-text-2">{t.whenTook(when(run.requestedAt, now), took(run, now))}</span>
      <span className="flex-1" />
      <strong>{outcomeInWords(run)}</strong>
      <Link to="/executions/$executionId" params={{ executionId: run.id }} search={{}}>
        {t.open}
      </Link>
    </section>
  )
}

function QuestionDifferences({ before, after }: { before: Execution; after: Execution }) {
  const [areAllShown, showAll] = useState(false)
  const [isTextShown, showText] = useState(false)
  const parts = questionParts(before, after)
  const same = parts.filter((part) => part.isSame)
  const shown = areAllShown ? parts : parts.filter((part) => !part.isSame)
  return (
    <section aria-label={t.question} className="px-4 pb-2.5 tablet:px-6">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 pb-1">
        <h2 className="text-13 flex-1 whitespace-nowrap">{t.question}</h2>
        <span className="text-12 text-text-2">{t.ofThings(parts.length - same.length, parts.length)}</span>
        {same.length > 0 && (
          <LinkButton onPress={() => showAll(!areAllShown)}>
            {areAllShown ? t.hideSame : t.showSame(same.length)}
          </LinkButton>
        )}
      </div>
      {shown.length === 0 && <p className="text-text-2 pb-1">{t.sameQuestion}</p>}
      {shown.length > 0 && (
        <div className="overflow-x-auto">
          <table className="differences">
            <colgroup>
              <col style={{ width: '168px' }} />
              <col />
              <col />
              <col style={{ width: '34%' }} />
            </colgroup>
            <thead className="sr-only">
              <tr>
                <th>{t.thing}</th>
                <th>{t.before}</th>
                <th>{t.after}</th>
                <th>{t.note}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((part) => (
                <tr key={`${part.isParameter} ${part.name}`}>
                  <th scope="row">
                    {part.isParameter ? <span className="parameter-pill">{part.name}</span> : part.name}
                  </th>
                  <td title={part.before}>{part.before}</td>
                  <td title={part.after}>{part.after}</td>
                  <td className="text-text-2" title={part.note}>
                    {part.isSame ? t.same : part.note}{' '}
                    {part.name === t.parts.query && !part.isParameter && !part.isSame && (
                      <LinkButton onPress={() => showText(!isTextShown)}>
                        {isTextShown ? t.hideText : t.showText}
                      </LinkButton>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {isTextShown && <TextDifferences before={before.template} after={after.template} />}
    </section>
  )
}

const signs = { same: ' ', removed: '-', added: '+' } as const

function TextDifferences({ before, after }: { before: string; after: string }) {
  return (
    <section
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long query scrolls, and keys must reach it
      tabIndex={0}
      aria-label={t.text}
      className="code-block bg-sunken border-line-subtle mt-1 max-h-[320px] rounded-4 border"
    >
      {lineDiff(before, after).map(({ kind, text }, at) => {
        const Line = kind === 'removed' ? 'del' : kind === 'added' ? 'ins' : 'span'
        return (
          <Line
            key={at}
            className={`block no-underline ${kind === 'removed' ? 'bg-bad-tint' : kind === 'added' ? 'bg-ok-tint' : ''}`}
          >
            {signs[kind]} {text}
          </Line>
        )
      })}
    </section>
  )
}
