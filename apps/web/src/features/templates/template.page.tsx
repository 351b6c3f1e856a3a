import { Problem, type QueryTemplate, type Workflow } from '@recomamp/contracts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { useChosenInstance } from '#features/instances/chosen-instance.tsx'
import { rememberWorkflow } from '#features/workflows/workflows.queries.ts'
import { templates } from '#messages/templates.ts'
import { sessionQueries } from '#platform/session.tsx'
import { CopyButton } from '#ui/copy-button.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { useTitle } from '#ui/page.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { SqlText } from '#ui/sql-text.tsx'
import { OwnTemplate } from './own-template.tsx'
import { ExampleResult } from './example-result.tsx'
import { TemplateFacts } from './template-facts.tsx'
import { DifficultyMark, RunsHere } from './template-marks.tsx'
import { TemplateTests } from './template-tests.tsx'
import { TemplateValues } from './template-values.tsx'
import { templateQueries } from './templates.queries.ts'
import { UseTemplateButton } from './use-template-button.tsx'

const t = templates.detail
const route = getRouteApi('/app/templates/$templateId')

/** One analysis whole: what it gives, how to read it, its query, its values and tables, its tests and what was made of it. */
export function TemplatePage() {
  const { templateId } = route.useParams()
  const { instance } = useChosenInstance()
  const { data, error, refetch } = useQuery(templateQueries.detail(templateId, instance?.id))
  if (error instanceof Problem && error.type === 'template-not-found')
    return (
      <EmptyState
        action={
          <Link to="/templates" search={{}} className="btn default">
            {t.all}
          </Link>
        }
      >
        {t.gone}
      </EmptyState>
    )
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <Skeleton label={t.loading} rows={10} />
  return <Template template={data} />
}

function Template({ template }: { template: QueryTemplate }) {
  useTitle(template.question)
  const navigate = route.useNavigate()
  const client = useQueryClient()
  const { instance } = useChosenInstance()
  const { data: user } = useQuery(sessionQueries.user())
  const isOwn = template.owner !== null && template.owner.id === user?.id
  const onCopied = (workflow: Workflow) => {
    rememberWorkflow(client, workflow)
    void client.invalidateQueries({ queryKey: templateQueries.all() })
    void navigate({ to: '/workbench/$workflowId', params: { workflowId: workflow.id }, search: {} })
  }
  return (
    <div className="min-h-0 flex-1 overflow-auto">
      <header className="border-line flex flex-wrap items-start gap-x-4 gap-y-3 border-b px-4 py-4 tablet:px-6">
        <div className="min-w-[240px] flex-1">
          <p className="text-12 text-text-2">
            <Link to="/templates" search={{}} className="underline">
              {t.all}
            </Link>{' '}
            › {template.category}
          </p>
          <h1 className="text-20 tracking-[-0.015em]">{template.question}</h1>
          <p className="text-text-2 mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="font-medium">{template.name}</span>
            <DifficultyMark level={template.difficulty} named />
            <span>{templates.used(template.usageCount)}</span>
            <RunsHere template={template} instance={instance?.name} />
          </p>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <CopyButton text={window.location.href} label={t.copyLink} />
          {isOwn && (
            <OwnTemplate template={template} onDeleted={() => void navigate({ to: '/templates', search: {} })} />
          )}
          <UseTemplateButton template={template} instanceId={instance?.id ?? null} onCopied={onCopied} />
        </div>
      </header>
      <div className="grid gap-x-8 gap-y-6 px-4 py-5 tablet:px-6 desk:grid-cols-[minmax(0,1fr)_320px]">
        <div className="flex min-w-0 flex-col gap-6">
          <section aria-labelledby="example-title">
            <h2 id="example-title" className="text-14 mb-2">
              {templates.example.title}{' '}
              <span className="text-12 text-text-2 font-normal">{templates.example.about}</span>
            </h2>
            <ExampleResult templateId={template.id} isAudience={template.isAudience} rows={50} />
          </section>
          <div className="grid gap-6 tablet:grid-cols-2">
            <section aria-labelledby="reading-title">
              <h2 id="reading-title" className="text-14 mb-1">
                {templates.reading}
              </h2>
              <p className="max-w-[72ch]">{template.reading}</p>
            </section>
            <section aria-labelledby="pitfalls-title">
              <h2 id="pitfalls-title" className="text-14 mb-1">
                {templates.pitfalls}
              </h2>
              <ul className="list-disc pl-4">
                {template.pitfalls.map((pitfall) => (
                  <li key={pitfall}>{pitfall}</li>
                ))}
              </ul>
            </section>
          </div>
          <section aria-labelledby="sql-title">
            <div className="mb-2 flex items-center gap-2">
              <h2 id="sql-title" className="text-14">
                {t.sql}
              </h2>
              <span className="text-12 text-text-2">{t.lines(template.sqlTemplate.trimEnd().split('\n').length)}</span>
              <div className="flex-1" />
              <CopyButton text={template.sqlTemplate} label={t.copySql} />
            </div>
            <div className="border-line-subtle bg-sunken max-h-[560px] overflow-auto rounded-6 border">
              <SqlText text={template.sqlTemplate} label={t.sqlOf(template.name)} />
            </div>
          </section>
          {template.tests.length > 0 && <TemplateTests tests={template.tests} />}
        </div>
        <aside className="flex min-w-0 flex-col gap-5">
          <Part title={templates.values}>
            <TemplateValues parameters={template.parameters} described />
          </Part>
          <Part title={t.tables} beside={template.missingTables === null ? '' : t.onInstance(instance?.name ?? '')}>
            <Tables template={template} />
          </Part>
          <TemplateFacts template={template} withTables={false} />
          <Part title={t.columns}>
            <dl className="text-12 flex flex-col gap-1.5">
              {template.columns.map(({ name, description }) => (
                <div key={name}>
                  <dt className="mono">{name}</dt>
                  <dd className="text-text-2">{description}</dd>
                </div>
              ))}
            </dl>
          </Part>
          <Links title={t.related} links={template.related} />
          <Links title={t.forkedFrom} links={template.forkedFrom === null ? [] : [template.forkedFrom]} />
          <Links title={t.forks} links={template.forks} />
          <Part title={t.tags}>
            <p className="flex flex-wrap gap-1.5">
              {template.tags.map((tag) => (
                <Link key={tag} to="/templates" search={{ tag }} className="tag lined">
                  {tag}
                </Link>
              ))}
            </p>
          </Part>
        </aside>
      </div>
    </div>
  )
}

function Part({ title, beside, children }: { title: string; beside?: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="text-13 mb-2 flex items-baseline justify-between gap-2">
        {title}
        {beside !== undefined && <span className="text-12 text-text-2 font-normal">{beside}</span>}
      </h2>
      {children}
    </section>
  )
}

function Tables({ template: { tables, missingTables } }: { template: QueryTemplate }) {
  return (
    <ul className="text-12 flex flex-col gap-1.5">
      {tables.map((name) => (
        <li key={name} className="flex items-baseline justify-between gap-2">
          <Link
            to="/data-sources/$name"
            params={{ name: name.replace(/_for_audiences$/, '') }}
            search={{}}
            className="mono break-all"
          >
            {name}
          </Link>
          {missingTables === null ? null : missingTables.includes(name) ? (
            <span className="text-warn flex-none">{t.lacking}</span>
          ) : (
            <span className="text-text-2 inline-flex flex-none items-center gap-1">
              <Check size={12} strokeWidth={2} aria-hidden className="text-ok" />
              {t.live}
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}

function Links({ title, links }: { title: string; links: QueryTemplate['related'] }) {
  if (links.length === 0) return null
  return (
    <Part title={title}>
      <ul className="text-12 flex flex-col gap-1.5">
        {links.map(({ id, question, name }) => (
          <li key={id}>
            <Link to="/templates/$templateId" params={{ templateId: id }} title={question}>
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </Part>
  )
}
