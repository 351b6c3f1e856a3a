import { useQueryClient, useMutation } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { type KeyboardEvent, useId, useMemo, useState } from 'react'
import { Dialog, Modal, ModalOverlay } from 'react-aria-components'
import { useNavigate } from '@tanstack/react-router'
import { instanceQueries } from '#features/instances/instances.queries.ts'
import { palette as t } from '#messages/palette.ts'
import { shell } from '#messages/shell.ts'
import { openInsertion } from '#platform/insertion.ts'
import { useSession } from '#platform/session.tsx'
import { useTheme } from '#platform/theme.tsx'
import { useWidth } from '#platform/width.ts'
import { copyText } from '#ui/copy-button.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import type { EntryOf } from './entries.ts'
import { EntryPreview } from './entry-preview.tsx'
import { EntryRow } from './entry-row.tsx'
import { findEntries } from './find-entries.ts'
import { recentEntries } from './recent-entries.ts'
import { useFindable } from './use-findable.ts'
import { useOpenEntry } from './use-open-entry.ts'

const pages: readonly EntryOf<'page'>[] = [
  { kind: 'page', key: 'page workbench', label: shell.workbench, to: '/workbench' },
  { kind: 'page', key: 'page executions', label: shell.executions, to: '/executions' },
  { kind: 'page', key: 'page data-sources', label: shell.dataSources, to: '/data-sources' },
  { kind: 'page', key: 'page instances', label: shell.instances, to: '/instances' },
]

/** Everything that can be opened, found by typing: a field that keeps the focus over a list that the arrows walk. */
export function Palette({ onClose }: { onClose: () => void }) {
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(open) => !open && onClose()}
      className="dialog-scrim palette-scrim"
    >
      <Modal className="dialog palette">
        <Dialog aria-label={t.title} className="flex min-h-0 flex-1 flex-col outline-none">
          <Finder onClose={onClose} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

function Finder({ onClose }: { onClose: () => void }) {
  const id = useId()
  const phone = useWidth() === 'phone'
  const [text, setText] = useState('')
  const [current, setCurrent] = useState(0)
  const [said, setSaid] = useState('')
  const [recent] = useState(recentEntries)
  const { findable, loading } = useFindable(text, pages, useActions())
  const { open, problem } = useOpenEntry(onClose)
  const found = useMemo(() => findEntries(text, findable, recent), [text, findable, recent])
  const hits = found.flatMap(({ entries }) => entries)
  const at = Math.min(current, hits.length - 1)
  const chosen = hits[at]?.entry
  const insert = openInsertion()
  const insertable = chosen?.kind === 'field' || chosen?.kind === 'source'

  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextPlace(event.key, at, hits.length)
    if (next !== null) {
      event.preventDefault()
      setCurrent(next)
    }
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || chosen === undefined) return
    event.preventDefault()
    if (event.altKey) void copyText(chosen.label).then((done) => setSaid(done ? t.copied(chosen.label) : t.notCopied))
    else if (!event.ctrlKey && !event.metaKey) open(chosen)
    else if (insertable && insert !== null) {
      onClose()
      // The dialog gives the focus back when it is gone; the editor takes it after that.
      setTimeout(() => insert(chosen.label))
    }
  }

  return (
    <>
      <div className="border-line flex h-[54px] flex-none items-center gap-3 border-b px-4">
        <Search size={16} strokeWidth={1.7} aria-hidden className="text-text-3 flex-none" />
        <input
          role="combobox"
          aria-label={t.title}
          aria-expanded="true"
          aria-autocomplete="list"
          aria-controls={`${id}-list`}
          aria-activedescendant={chosen === undefined ? undefined : `${id}-${at}`}
          className="text-16 min-w-0 flex-1 bg-transparent outline-none"
          placeholder={t.placeholder}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the palette is opened to type into it
          autoFocus
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          value={text}
          onChange={({ target }) => {
            setText(target.value)
            setCurrent(0)
            setSaid('')
          }}
          onKeyDown={onKeyDown}
        />
        <span role="status" className="text-12 text-text-2 flex-none">
          {said !== '' ? said : text.trim() === '' ? '' : t.hits(hits.length)}
        </span>
        <kbd className="kbd">Esc</kbd>
      </div>
      <div className="flex min-h-0 flex-1">
        <div id={`${id}-list`} role="listbox" aria-label={t.title} className="min-w-0 flex-1 overflow-auto p-2">
          {found.map(({ group, entries }) => (
            <div key={group} role="group" aria-label={t.groups[group]} className="pb-1.5">
              <div role="presentation" className="text-11 text-text-2 font-medium px-2.5 py-1.5">
                {t.groups[group]}
              </div>
              {entries.map((each) => {
                const place = hits.indexOf(each)
                return (
                  <EntryRow
                    key={each.entry.key}
                    id={`${id}-${place}`}
                    found={each}
                    current={place === at}
                    onPoint={() => setCurrent(place)}
                    onOpen={() => open(each.entry)}
                  />
                )
              })}
            </div>
          ))}
          {hits.length === 0 && (
            <p className="text-text-2 p-3">
              {loading ? t.loading : t.none(text.trim())} {!loading && t.noneHint}
            </p>
          )}
        </div>
        {!phone && chosen !== undefined && (
          <section aria-label={t.preview.label} className="border-line w-[316px] flex-none overflow-auto border-l">
            <EntryPreview entry={chosen} />
          </section>
        )}
      </div>
      {problem !== null && <ErrorPanel error={problem} />}
      {!phone && (
        <footer className="border-line text-12 text-text-2 flex h-10 flex-none items-center gap-4 border-t px-4">
          <Key name="↵" what={t.keys.open} />
          {insert !== null && <Key name="Ctrl ↵" what={t.keys.insert} />}
          <Key name="Alt ↵" what={t.keys.copy} />
          <span className="flex-1" />
          <Key name=">" what={t.keys.actions} />
          <Key name="#" what={t.keys.fields} />
          <Key name="@" what={t.keys.instances} />
        </footer>
      )}
    </>
  )
}

function Key({ name, what }: { name: string; what: string }) {
  return (
    <span className="flex items-center gap-1.5">
      <kbd className="kbd">{name}</kbd>
      {what}
    </span>
  )
}

/** Where a key leads in a list that goes round; null for keys that are text. */
function nextPlace(key: string, at: number, count: number): number | null {
  if (count === 0) return null
  const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 }
  const step = steps[key]
  if (step !== undefined) return (at + step + count) % count
  const leaps: Readonly<Record<string, number>> = { PageDown: 8, PageUp: -8 }
  const leap = leaps[key]
  return leap === undefined ? null : Math.max(0, Math.min(count - 1, at + leap))
}

function useActions(): readonly EntryOf<'action'>[] {
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const { setTheme } = useTheme()
  const { signOut } = useSession()
  const { mutate: readAgain } = useMutation({
    ...instanceQueries.discover(),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: instanceQueries.all() }),
  })
  return useMemo(() => {
    const action = (key: string, label: string, run: () => void): EntryOf<'action'> => ({
      kind: 'action',
      key: `action ${key}`,
      label,
      run,
    })
    return [
      action('new-query', t.newQuery, () => void navigate({ to: '/workbench/new' })),
      action('read-instances', t.readAgain, () => {
        readAgain()
        void navigate({ to: '/instances' })
      }),
      ...(['light', 'dark', 'system'] as const).map((theme) =>
        action(`theme-${theme}`, t.theme[theme], () => setTheme(theme)),
      ),
      action('sign-out', t.signOut, () => void signOut()),
    ]
  }, [navigate, readAgain, setTheme, signOut])
}
