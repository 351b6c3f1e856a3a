import type { Execution, SentToAmc } from '@recomamp/contracts'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { executionQueries } from './executions.queries.ts'
import { executions } from '#messages/executions.ts'
import { exactly } from '#platform/words.ts'
import { CopyButton } from '#ui/copy-button.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { prettyJson } from './pretty-json.ts'

const t = executions.request

/** What went to AMC and what came back, to the letter, and what tells this result from every other. */
export function RequestPanel({ execution }: { execution: Execution }) {
  const { data, error, refetch } = useQuery(executionQueries.request(execution.id, execution.status))
  return (
    <div className="grid content-start gap-x-8 gap-y-5 px-4 py-4 tablet:px-6 desk:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="flex min-w-0 flex-col gap-5">
        {data === undefined &&
          (error === null ? (
            <Skeleton label={t.title} rows={4} />
          ) : (
            <ErrorPanel error={error} onRetry={() => void refetch()} />
          ))}
        {data !== undefined && <Sent sent={data} />}
      </div>
      <ProvenanceStamp execution={execution} />
    </div>
  )
}

function Sent({ sent }: { sent: SentToAmc }) {
  const headers = Object.entries(sent.headers)
  return (
    <>
      <Block title={t.address} copy={`${sent.method} ${sent.url}`}>
        <p className="mono break-all">
          {sent.method} {sent.url === '' ? <span className="text-text-2">{t.gone}</span> : sent.url}
        </p>
      </Block>
      {headers.length > 0 && (
        <Block title={t.headers} copy={headers.map(([name, value]) => `${name}: ${value}`).join('\n')}>
          <dl className="grid gap-x-4 gap-y-0.5 tablet:grid-cols-[auto_minmax(0,1fr)]">
            {headers.map(([name, value]) => (
              <HeaderLine key={name} name={name} value={value} />
            ))}
          </dl>
        </Block>
      )}
      <Block title={t.body} copy={sent.body}>
        <Code text={prettyJson(sent.body)} label={t.body} />
      </Block>
      {sent.answers.length === 0 && <p className="text-text-2">{t.noAnswer}</p>}
      {sent.answers.map((answer) => (
        <Block
          key={answer.at + answer.about}
          title={t.answers[answer.about]}
          beside={`${answer.status === null ? '' : `${answer.status}, `}${exactly(answer.at)}`}
          copy={answer.body}
        >
          <Code text={prettyJson(answer.body)} label={t.answers[answer.about]} />
        </Block>
      ))}
    </>
  )
}

function HeaderLine({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt className="mono text-text-3">{name}</dt>
      <dd className="mono break-all">{value}</dd>
    </>
  )
}

interface BlockProps {
  title: string
  beside?: string
  copy: string
  children: ReactNode
}

function Block({ title, beside, copy, children }: BlockProps) {
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-1">
      <h2 className="text-12 text-text-2 flex items-center gap-1">
        {title}
        <CopyButton text={copy} label={executions.copyOf(title)} />
        {beside !== undefined && <span className="text-text-3 font-regular">{beside}</span>}
      </h2>
      {children}
    </section>
  )
}

function Code({ text, label }: { text: string; label: string }) {
  return (
    <pre
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what is long scrolls, and keys must reach it
      tabIndex={0}
      aria-label={label}
      className="code-block bg-sunken border-line-subtle max-h-[420px] rounded-4 border"
    >
      {text}
    </pre>
  )
}

/** What a result comes from, in the form that is handed on with it. */
function ProvenanceStamp({ execution }: { execution: Execution }) {
  const facts = provenanceFacts(execution)
  return (
    <section aria-label={t.provenance} className="flex min-w-0 flex-col gap-1">
      <h2 className="text-12 text-text-2 flex items-center gap-1">
        {t.provenance}
        <CopyButton
          text={facts.map(([name, value]) => `${name}: ${value}`).join('\n')}
          label={executions.copyOf(t.provenance)}
        />
      </h2>
      <dl className="border-line-subtle grid tablet:grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 rounded-6 border px-3.5 py-2.5">
        {facts.map(([name, value]) => (
          <Fact key={name} name={name} value={value} />
        ))}
      </dl>
      <p className="text-12 text-text-3">{t.provenanceHelp}</p>
    </section>
  )
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt className="text-12 text-text-3">{name}</dt>
      <dd className="mono break-all">{value}</dd>
    </>
  )
}

function provenanceFacts(execution: Execution): [string, string][] {
  const { provenance, window, instance } = execution
  const facts: [string, string | null][] = [
    [t.facts.query, `${execution.workflow.name}, ${executions.version(execution)}`],
    [t.facts.sqlHash, provenance.sqlHash],
    [t.facts.window, `${window.start} to ${window.end}, ${window.timeZone}`],
    [t.facts.values, JSON.stringify(execution.values)],
    [t.facts.privacy, execution.privacyFilteringBehavior],
    [t.facts.instance, `${instance.name}, ${instance.amcInstanceId}`],
    [t.facts.amcWorkflow, execution.amcWorkflowId],
    [t.facts.amcExecution, execution.amcExecutionId],
    [t.facts.schema, provenance.schemaSnapshot === null ? t.facts.noSchema : provenance.schemaSnapshot.readAt],
    [t.facts.resultHash, provenance.resultHash],
    [t.facts.execution, execution.id],
  ]
  return facts.flatMap(([name, value]) => (value === null ? [] : [[name, value] as [string, string]]))
}
