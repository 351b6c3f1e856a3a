import { type QueryTemplateSummary, type Workflow, forkTemplate } from '@recomamp/contracts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, getRouteApi } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useDeferredValue, useMemo, useRef, useState } from 'react'
import { useChosenInstance } from '#features/instances/chosen-instance.tsx'
import { rememberWorkflow, workflowQueries } from '#features/workflows/workflows.queries.ts'
import { templates as t } from '#messages/templates.ts'
import { type Width, useWidth } from '#platform/width.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { EmptyState } from '#ui/empty-state.tsx'
import { Field, searchIcon } from '#ui/field.tsx'
import { Page } from '#ui/page.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Select } from '#ui/select.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { Switch } from '#ui/switch.tsx'
import { ForkForm } from './fork-form.tsx'
import { TemplateList } from './template-list.tsx'
import { TemplatePreview } from './template-preview.tsx'
import type { TemplatesSearch } from './templates-search.ts'
import { type FoundTemplates, templateQueries } from './templates.queries.ts'

const route = getRouteApi('/app/templates')

/** The library: every question that a template answers, found by words, category, tag and what the instance can run. */
export function TemplatesPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const { instance } = useChosenInstance()
  const q = useDeferredValue(search.q?.trim() ?? '')
  const { data, error, refetch } = useQuery(
    templateQueries.list({
      ...(q !== '' && { q }),
      ...(search.tag !== undefined && { tag: search.tag }),
      ...(search.difficulty !== undefined && { difficulty: search.difficulty }),
      ...(search.of !== undefined && { of: search.of }),
      ...(instance !== null && { instance: instance.id }),
      ...(search.here === true && { runs: 'here' as const }),
    }),
  )
  const change = (next: Partial<TemplatesSearch>) =>
    void navigate({ search: (old) => ({ ...old, ...next }), replace: true })
  return (
    <Page
      title={t.title}
      beside={
        <span role="status" className="text-text-2">
          {data !== undefined && t.count(data.items.length, data.total)}
        </span>
      }
      actions={<Toolbar search={search} tags={data?.tags ?? []} instance={instance?.name} onChange={change} />}
    >
      {error !== null && <ErrorPanel error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton label={t.loading} rows={10} />}
      {data !== undefined && <Library found={data} search={search} isSearch={q !== ''} onChange={change} />}
    </Page>
  )
}

interface ToolbarProps {
  search: TemplatesSearch
  tags: FoundTemplates['tags']
  instance: string | undefined
  onChange: (next: Partial<TemplatesSearch>) => void
}

const anything = 'any'

function Toolbar({ search, tags, instance, onChange }: ToolbarProps) {
  const named = tags.some(({ name }) => name === search.tag) || search.tag === undefined
  return (
    <div className="flex max-w-full flex-wrap items-center gap-2">
      <div className="w-[280px] max-w-full">
        <Field
          label={t.findLabel}
          labelAt="inside"
          aria-label={t.find}
          placeholder={t.findPlaceholder}
          value={search.q ?? ''}
          onChange={(q) => onChange({ q: q === '' ? undefined : q })}
          maxLength={200}
          data-page-search=""
          icon={searchIcon}
        />
      </div>
      <Select
        label={t.tag}
        labelAt="inside"
        value={search.tag ?? anything}
        onChange={(tag) => onChange({ tag: tag === anything ? undefined : tag })}
        choices={[
          { value: anything, label: t.anyTag },
          ...(named ? [] : [{ value: search.tag ?? '', label: search.tag ?? '' }]),
          ...tags.map(({ name, count }) => ({ value: name, label: t.tagChoice(name, count) })),
        ]}
      />
      <Select
        label={t.difficulty}
        labelAt="inside"
        value={search.difficulty === undefined ? anything : String(search.difficulty)}
        onChange={(level) => onChange({ difficulty: level === anything ? undefined : Number(level) })}
        choices={[
          { value: anything, label: t.anyDifficulty },
          ...[1, 2, 3, 4].map((level) => ({ value: String(level), label: t.difficultyOf(level) })),
        ]}
      />
      {instance !== undefined && (
        <Switch
          label={t.onlyHere(instance)}
          value={search.here === true}
          onChange={(here) => onChange({ here: here ? true : undefined })}
        >
          {t.onlyHereShort}
        </Switch>
      )}
      <MakeTemplate />
    </div>
  )
}

/** The way from a saved query to a template of one's own. */
function MakeTemplate() {
  const navigate = route.useNavigate()
  const [isOpen, setOpen] = useState(false)
  const { data, error } = useQuery({ ...workflowQueries.found(''), enabled: isOpen })
  return (
    <>
      <Button needs={forkTemplate} onPress={() => setOpen(true)}>
        <Plus size={14} strokeWidth={1.7} aria-hidden />
        {t.fork.open}
      </Button>
      <Dialog title={t.fork.title} isOpen={isOpen} onClose={() => setOpen(false)}>
        {error !== null && <ErrorPanel error={error} />}
        {data === undefined && error === null && <Skeleton label={t.fork.query} rows={3} />}
        {data !== undefined && (
          <ForkForm
            queries={data.items}
            onMade={({ id }) => void navigate({ to: '/templates/$templateId', params: { templateId: id } })}
          />
        )}
      </Dialog>
    </>
  )
}

interface LibraryProps {
  found: FoundTemplates
  search: TemplatesSearch
  isSearch: boolean
  onChange: (next: Partial<TemplatesSearch>) => void
}

function Library({ found, search, isSearch, onChange }: LibraryProps) {
  const navigate = route.useNavigate()
  const client = useQueryClient()
  const { instance } = useChosenInstance()
  const width = useWidth()
  const list = useRef<HTMLDivElement>(null)
  const [current, setCurrent] = useState<string | null>(null)
  const groups = useMemo(
    () => (isSearch ? [{ category: null, templates: found.items }] : byCategory(found)),
    [found, isSearch],
  )
  const opened = found.items.find(({ id }) => id === search.open)
  const open = ({ id }: QueryTemplateSummary) =>
    void navigate({ to: '/templates/$templateId', params: { templateId: id } })
  const onCopied = (workflow: Workflow) => {
    rememberWorkflow(client, workflow)
    void client.invalidateQueries({ queryKey: templateQueries.all() })
    void navigate({ to: '/workbench/$workflowId', params: { workflowId: workflow.id }, search: {} })
  }
  const jump = (category: string) => {
    onChange({ q: undefined })
    const section = list.current?.querySelector(`[data-category="${CSS.escape(category)}"]`)
    section?.scrollIntoView({ block: 'start' })
    // Who came by key goes on from there.
    section?.querySelector<HTMLElement>('[data-template]')?.focus({ preventScroll: true })
  }
  return (
    <div className="relative flex min-h-0 flex-1">
      {width === 'desk' && (
        <nav aria-label={t.categories} className="border-line w-[200px] flex-none overflow-auto border-r p-2">
          <ul className="text-12">
            {found.categories.map(({ name, count }) => (
              <li key={name}>
                <button
                  type="button"
                  aria-current={name === current && !isSearch ? 'true' : undefined}
                  className={`flex min-h-[26px] w-full items-center justify-between gap-2 rounded-4 px-2 text-left hover:bg-hover ${name === current && !isSearch ? 'bg-active font-medium' : ''}`}
                  onClick={() => jump(name)}
                >
                  <span>{name}</span>
                  <span className="text-text-3">{count}</span>
                </button>
              </li>
            ))}
            <li className="mt-3">
              <button
                type="button"
                aria-pressed={search.of === 'workspace'}
                className={`flex min-h-[26px] w-full items-center rounded-4 px-2 text-left hover:bg-hover ${search.of === 'workspace' ? 'bg-active font-medium' : ''}`}
                onClick={() => onChange({ of: search.of === 'workspace' ? undefined : 'workspace' })}
              >
                {t.fromWorkspace}
              </button>
            </li>
          </ul>
        </nav>
      )}
      {!(width === 'phone' && opened) &&
        (found.items.length === 0 ? (
          <Nothing found={found} search={search} onChange={onChange} />
        ) : (
          <TemplateList
            ref={list}
            groups={groups}
            opened={opened?.id ?? null}
            onPreview={(template) => (width === 'phone' ? open(template) : onChange({ open: template.id }))}
            onOpen={open}
            onCategory={setCurrent}
          />
        ))}
      {opened !== undefined && (
        <div className={`border-line bg-surface ${previewPlace[width]}`}>
          <TemplatePreview
            key={opened.id}
            template={opened}
            instanceId={instance?.id ?? null}
            onCopied={onCopied}
            onClose={() => onChange({ open: undefined })}
          />
        </div>
      )}
    </div>
  )
}

/** Beside the list, over it where there is no room, in its place on a phone. */
const previewPlace: Record<Width, string> = {
  desk: 'w-[372px] flex-none border-l',
  tablet: 'absolute inset-y-0 right-0 z-10 w-[min(480px,90%)] border-l shadow-3',
  phone: 'min-w-0 flex-1',
}

function byCategory({ items, categories }: FoundTemplates) {
  const groups = Map.groupBy(items, ({ category }) => category)
  return categories.flatMap(({ name }) => {
    const templates = groups.get(name)
    return templates === undefined ? [] : [{ category: name, templates }]
  })
}

function Nothing({ found, search, onChange }: Pick<LibraryProps, 'found' | 'search' | 'onChange'>) {
  const { q } = search
  return (
    <EmptyState
      action={
        <span className="flex flex-wrap gap-2">
          <Link to="/workbench/new" search={{}} className="btn default">
            {t.write}
          </Link>
          <Button
            onPress={() =>
              onChange({ q: undefined, tag: undefined, difficulty: undefined, here: undefined, of: undefined })
            }
          >
            {t.clear}
          </Button>
        </span>
      }
    >
      {q !== undefined ? t.none(q) : search.of === 'workspace' ? t.noneOfWorkspace : t.noneHere}
      {found.nearest.length > 0 && ` ${t.nearest} ${found.nearest.join(', ')}.`}
    </EmptyState>
  )
}
