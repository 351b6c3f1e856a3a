import {
  type WorkflowSummary,
  tagWorkflows,
  syncWorkflows,
  trashWorkflows,
  restoreWorkflows,
} from '@recomamp/contracts'
import { CloudUpload, FolderDown, Tag, Trash2, Undo2 } from 'lucide-react'
import { library } from '#messages/queries.ts'
import { Button } from '#ui/button.tsx'

const t = library.selection

interface SelectionBarProps {
  count: number
  /** Those of the selection that have been read. */
  known: readonly WorkflowSummary[]
  inTrash: boolean
  busy: boolean
  onClear: () => void
  onTag: () => void
  onExport: () => void
  onSync: () => void
  onTrash: () => void
  onRestore: () => void
}

/** What the selection is, and what can be done with all of it at once. */
export function SelectionBar(props: SelectionBarProps) {
  const { count, known, inTrash, busy } = props
  const behind = known.filter(({ copies }) => copies?.state === 'behind' || copies?.state === 'failed').length
  return (
    <section aria-label={t.label} className="bg-sunken border-line flex-none border-t">
      <div className="flex min-h-12 flex-wrap items-center gap-2 px-4 py-2 tablet:px-6">
        <strong role="status">{t.count(count)}</strong>
        <span className="text-12 text-text-2 hidden min-w-0 flex-1 tablet:block">{inWords(known, behind)}</span>
        <Button look="quiet" onPress={props.onClear}>
          {t.clear}
        </Button>
        {!inTrash && (
          <>
            <Button needs={tagWorkflows} onPress={props.onTag}>
              <Tag size={14} strokeWidth={1.7} aria-hidden />
              {t.tag}
            </Button>
            <Button busy={busy} onPress={props.onExport}>
              <FolderDown size={14} strokeWidth={1.7} aria-hidden />
              {t.export}
            </Button>
            {behind > 0 && (
              <Button needs={syncWorkflows} busy={busy} onPress={props.onSync}>
                <CloudUpload size={14} strokeWidth={1.7} aria-hidden />
                {t.sync(behind)}
              </Button>
            )}
            <Button needs={trashWorkflows} busy={busy} onPress={props.onTrash}>
              <Trash2 size={14} strokeWidth={1.7} aria-hidden className="text-bad" />
              <span className="text-bad">{t.trash}</span>
            </Button>
          </>
        )}
        {inTrash && (
          <Button look="ink" needs={restoreWorkflows} busy={busy} onPress={props.onRestore}>
            <Undo2 size={14} strokeWidth={1.7} aria-hidden />
            {t.restore}
          </Button>
        )}
      </div>
    </section>
  )
}

function inWords(known: readonly WorkflowSummary[], behind: number): string {
  if (known.length === 0) return ''
  const places = new Set(known.map(({ instance }) => instance?.name))
  const [place] = places
  const withCopy = known.filter(({ copies }) => copies !== null).length
  const words = t.copies(withCopy, known.length, behind)
  return places.size === 1 && place !== undefined ? `${t.on(place)}; ${words}` : words
}
