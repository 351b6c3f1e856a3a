import type { Workflow, WorkflowContent } from '@recomamp/contracts'
import { restoreWorkflowVersion } from '@recomamp/contracts'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ArrowDown, ArrowUp, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { rememberWorkflow, workflowQueries } from '#features/workflows/workflows.queries.ts'
import { history as t } from '#messages/history.ts'
import { call } from '#platform/api.ts'
import { useNow } from '#platform/clock.ts'
import { useSession } from '#platform/session.tsx'
import { useWidth } from '#platform/width.ts'
import { Button } from '#ui/button.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Segmented } from '#ui/segmented.tsx'
import { Select } from '#ui/select.tsx'
import { Skeleton } from '#ui/skeleton.tsx'
import { tell } from '#ui/toast.tsx'
import type { DocumentState, OpenDocument } from './document.ts'
import { editorTheme } from './editor/editor-theme.ts'
import { highlighting } from './editor/highlighting.ts'
import { type DiffFigures, DiffView } from './history/diff-view.tsx'
import { differencesBeside } from './history/differences.ts'
import { type Side, VersionList } from './history/version-list.tsx'

const look = [editorTheme, highlighting()]

interface WorkbenchHistoryProps {
  workflow: Workflow
  state: DocumentState
  document: OpenDocument
  /** The version on the left; the one before by default. */
  left: number | undefined
  onLeft: (version: number) => void
  onClose: () => void
}

/** The history of the open query in place of its editor: the versions, how two of them differ, and the way back to one. */
export function WorkbenchHistory({ workflow, state, document, left: wanted, onLeft, onClose }: WorkbenchHistoryProps) {
  const { user } = useSession()
  const width = useWidth()
  const now = useNow(60_000)
  const client = useQueryClient()
  const [split, setSplit] = useState(width === 'desk')
  const [chosenRight, setRight] = useState<Side | null>(null)
  const list = useInfiniteQuery(workflowQueries.versions(workflow.id))
  const newest: Side = state.edited ? 'draft' : state.version
  const right = chosenRight ?? newest
  const left = wanted ?? (state.edited ? state.version : Math.max(1, state.version - 1))
  const leftText = useContent(workflow, left, state)
  const rightText = useContent(workflow, right, state)
  const restore = useMutation({
    async mutationFn(version: number) {
      // What is not saved yet becomes a version first, so that nothing that was typed goes.
      const baseVersion = await document.save()
      const restored = await call(restoreWorkflowVersion, {
        params: { workflowId: workflow.id, version },
        body: { baseVersion },
      })
      await document.takeTheirs()
      rememberWorkflow(client, restored)
      void client.invalidateQueries({ queryKey: workflowQueries.versions(workflow.id).queryKey })
      setRight(null)
      tell(t.restored(version))
    },
  })
  const versions = list.data?.pages.flatMap((page) => page.items) ?? []
  const sides = [
    ...(state.edited ? [{ value: 'draft', label: t.draft }] : []),
    ...versions.map(({ version }) => ({ value: String(version), label: t.version(version) })),
  ]
  const sideOf = (value: string): Side => (value === 'draft' ? 'draft' : Number(value))
  const error = list.error ?? leftText.error ?? rightText.error
  const beside = leftText.content && rightText.content ? differencesBeside(leftText.content, rightText.content) : []
  const nameOf = (side: Side) => (side === 'draft' ? t.draft : t.version(side))

  const bar = (figures: DiffFigures, step: (direction: 1 | -1) => void) => (
    <div className="border-line flex min-h-[44px] flex-none flex-wrap items-center gap-2 border-b px-3 py-1.5">
      <div className="w-[120px]">
        <Select
          label={t.left}
          labelAt="inside"
          value={String(left)}
          onChange={(value) => value !== 'draft' && onLeft(Number(value))}
          choices={sides.filter(({ value }) => value !== 'draft')}
        />
      </div>
      <div className="w-[140px]">
        <Select
          label={t.right}
          labelAt="inside"
          value={String(right)}
          onChange={(value) => setRight(sideOf(value))}
          choices={sides}
        />
      </div>
      <span role="status" className="text-12 text-text-2 min-w-[220px] flex-1">
        {figures.places === 0 ? t.same : `${t.places(figures.places)}; ${t.lines(figures.removed, figures.added)}`}
      </span>
      {figures.places > 0 && (
        <span className="flex items-center gap-1">
          <Button look="quiet" size="small" aria-label={t.previous} onPress={() => step(-1)}>
            <ArrowUp size={14} strokeWidth={1.7} aria-hidden />
            <span className="kbd">P</span>
          </Button>
          <Button look="quiet" size="small" aria-label={t.next} onPress={() => step(1)}>
            <ArrowDown size={14} strokeWidth={1.7} aria-hidden />
            <span className="kbd">N</span>
          </Button>
        </span>
      )}
      {width === 'desk' && (
        <Segmented
          label={t.layout}
          value={split ? 'split' : 'unified'}
          onChange={(next) => setSplit(next === 'split')}
          choices={[
            { value: 'unified', label: t.unified },
            { value: 'split', label: t.sideBySide },
          ]}
        />
      )}
      {left !== state.version && (
        <Button needs={restoreWorkflowVersion} busy={restore.isPending} onPress={() => restore.mutate(left)}>
          <Undo2 size={14} strokeWidth={1.7} aria-hidden />
          {t.restore(left, state.version + (state.edited ? 2 : 1))}
        </Button>
      )}
    </div>
  )

  return (
    <div className={`flex min-h-0 min-w-0 flex-1 ${width === 'phone' ? 'flex-col overflow-auto' : ''}`}>
      <section
        aria-label={t.compare}
        className="flex min-h-[220px] min-w-0 flex-1 flex-col max-tablet:min-h-[420px] max-tablet:flex-none"
      >
        {error && <ErrorPanel error={error} onRetry={() => void list.refetch()} />}
        {restore.error && <ErrorPanel error={restore.error} />}
        {leftText.content && rightText.content ? (
          <DiffView
            left={{ name: nameOf(left), text: leftText.content.sqlQuery }}
            right={{ name: nameOf(right), text: rightText.content.sqlQuery }}
            sideBySide={split && width === 'desk'}
            look={look}
            renderBar={bar}
          />
        ) : (
          !error && <Skeleton label={t.loading} />
        )}
        {beside.length > 0 && (
          <section className="bg-sunken border-line max-h-[30%] flex-none overflow-auto border-t px-3 py-2">
            <h3 className="text-12 font-strong">{t.beside}</h3>
            <dl className="text-12 grid grid-cols-[80px_minmax(80px,auto)_1fr] gap-x-3 gap-y-1 pt-1">
              {beside.map(({ kind, subject, words }) => (
                <div key={`${kind} ${subject}`} className="contents">
                  <dt className="text-text-2">{t.kinds[kind]}</dt>
                  <dd>{subject !== '' && <span className="parameter-pill">{subject}</span>}</dd>
                  <dd className="min-w-0 break-words">{words}</dd>
                </div>
              ))}
            </dl>
          </section>
        )}
        {state.edited && <p className="text-12 text-text-2 flex-none px-3 py-1">{t.runNote}</p>}
      </section>
      <aside
        aria-label={t.title}
        className={`border-line flex-none ${width === 'phone' ? 'border-t' : 'w-[296px] overflow-hidden border-l'}`}
      >
        {list.isPending ? (
          <Skeleton label={t.loading} />
        ) : (
          <VersionList
            versions={versions}
            draftOf={state.edited ? state.version : null}
            left={left}
            right={right}
            me={user?.id}
            now={now}
            onLeft={(side) => side !== 'draft' && onLeft(side)}
            onClose={onClose}
            onMore={list.hasNextPage ? () => void list.fetchNextPage() : null}
          />
        )}
      </aside>
    </div>
  )
}

/** The content of a side: of the text on screen without asking. */
function useContent(
  workflow: Workflow,
  side: Side,
  state: DocumentState,
): { content: WorkflowContent | null; error: Error | null } {
  const isHere = side === 'draft'
  const { data, error } = useQuery({
    ...workflowQueries.version(workflow.id, isHere ? workflow.version : side),
    enabled: !isHere,
  })
  return { content: isHere ? state.content : (data ?? null), error: isHere ? null : error }
}
