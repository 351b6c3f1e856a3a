import { useQueryClient, useMutation } from '@tanstack/react-query'
import { Search as SearchIcon } from 'lucide-react'
import {
  type KeyboardEvent,
  memo,
  useDeferredValue,
  useEffect,
  useEffectEvent,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react'
import { Dialog, Modal, ModalOverlay } from 'react-aria-components'
import { useNavigate } from '@tanstack/react-router'
import { instanceQueries } from '#features/instances/instances.queries.ts'
import { palette as t } from '#messages/palette.ts'
import { leaveInsertion, openInsertion } from '#platform/insertion.ts'
import { useRested } from '#platform/rested.ts'
import { useSession } from '#platform/session.tsx'
import { useTheme } from '#platform/theme.tsx'
import { useWidth } from '#platform/width.ts'
import { copyText } from '#ui/copy-button.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import type { EntryOf, PaletteEntry } from './entries.ts'
import { EntryPreview } from './entry-preview.tsx'
import { EntryRow } from './entry-row.tsx'
import { type Findable, type FoundGroup, findEntries } from './find-entries.ts'
import { pagesFor } from './pages.ts'
import { recentEntries } from './recent-entries.ts'
import { useFindable } from './use-findable.ts'
import { useOpenEntry } from './use-open-entry.ts'

interface PaletteProps {
  /** What was typed while this code was on its way, and whether Enter was pressed behind it. */
  begun: { text: string; entered: boolean }
  onClose: () => void
}

/** Everything that can be opened, found by typing: a field that keeps the focus over a list that the arrows walk. */
export function Palette({ begun, onClose }: PaletteProps) {
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(open) => !open && onClose()}
      className="dialog-scrim palette-scrim"
    >
      <Modal className="dialog palette">
        <Dialog aria-label={t.title} className="flex min-h-0 flex-1 flex-col outline-none">
          <Finder begun={begun} onClose={onClose} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

/** Holds what can be found, apart from what is typed: a key asks no query for what it knows already. */
function Finder({ begun, onClose }: PaletteProps) {
  const [rested, setRested] = useState(begun.text)
  const { user } = useSession()
  const pages = useMemo(() => pagesFor(user?.role), [user?.role])
  const { findable, loading } = useFindable(rested, pages, useActions())
  const { open, problem } = useOpenEntry(onClose)
  const shared = { findable, loading, begun, problem, onClose }
  return <Search {...shared} onRest={setRested} onOpen={open} />
}

interface SearchProps extends PaletteProps {
  findable: Findable
  loading: boolean
  /** Why the last one that was chosen could not be opened. */
  problem: Error | null
  /** Told what stands in the field once nothing was typed for a moment. */
  onRest: (text: string) => void
  onOpen: (entry: PaletteEntry) => void
}

function Search({ findable, loading, begun, problem, onRest, onOpen: open, onClose }: SearchProps) {
  const id = useId()
  const phone = useWidth() === 'phone'
  const [text, setText] = useState(begun.text)
  const [current, setCurrent] = useState(0)
  const [said, setSaid] = useState('')
  const [recent] = useState(recentEntries)
  // The field shows a key before the list answers it.
  const asked = useDeferredValue(text)
  const rested = useRested(text, 120)
  useEffect(() => onRest(rested), [onRest, rested])
  const found = useMemo(() => findEntries(asked, findable, recent), [asked, findable, recent])
  const hits = useMemo(() => found.flatMap(({ entries }) => entries), [found])
  const at = Math.min(current, hits.length - 1)
  const chosen = hits[at]?.entry
  const list = useRef<HTMLDivElement>(null)
  const isScrolled = useRef(false)
  const goToFirst = () => {
    setCurrent(0)
    // Only then, since to ask where a list stands lays it out, at each key.
    if (isScrolled.current) list.current?.scrollTo({ top: 0 })
    isScrolled.current = false
  }
  // While somebody types, nothing beside the list is drawn.
  const previewed = useRested(chosen, 80)
  const insert = openInsertion()
  const navigate = useNavigate()

  const enter = useEffectEvent(() => chosen !== undefined && open(chosen))
  const isEntered = begun.entered && !loading
  useEffect(() => {
    if (isEntered) enter()
  }, [isEntered])

  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextPlace(event.key, at, hits.length)
    if (next !== null) {
      event.preventDefault()
      if (next === 0) goToFirst()
      else setCurrent(next)
    }
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    // Enter means what stands in the field now.
    const meant = asked === text ? chosen : findEntries(text, findable, recent)[0]?.entries[0]?.entry
    if (meant === undefined) return
    act(event, meant)
  }
  const act = (event: KeyboardEvent, chosen: PaletteEntry) => {
    const insertable = chosen.kind === 'field' || chosen.kind === 'source'
    event.preventDefault()
    if (event.altKey) void copyText(chosen.label).then((done) => setSaid(done ? t.copied(chosen.label) : t.notCopied))
    else if (!event.ctrlKey && !event.metaKey) open(chosen)
    else if (insertable) {
      onClose()
      if (insert === null) {
        leaveInsertion(chosen.label)
        void navigate({ to: '/workbench' })
      }
      // The dialog gives the focus back when it is gone; the editor takes it after that.
      else setTimeout(() => insert(chosen.label))
    }
  }

  return (
    <>
      <div className="border-line flex h-[54px] flex-none items-center gap-3 border-b px-4">
        <SearchIcon size={16} strokeWidth={1.7} aria-hidden className="text-text-3 flex-none" />
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
            goToFirst()
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
        <div
          ref={list}
          id={`${id}-list`}
          role="listbox"
          aria-label={t.title}
          className="min-w-0 flex-1 overflow-auto p-2"
          onScroll={() => (isScrolled.current = true)}
        >
          <Groups id={id} found={found} at={at} onPoint={setCurrent} onOpen={open} />
          {hits.length === 0 && (
            <p className="text-text-2 p-3">
              {loading ? t.loading : t.none(text.trim())} {!loading && t.noneHint}
            </p>
          )}
        </div>
        {!phone && chosen !== undefined && (
          <section aria-label={t.preview.label} className="border-line w-[316px] flex-none overflow-auto border-l">
            {previewed !== undefined && <EntryPreview entry={previewed} />}
          </section>
        )}
      </div>
      {problem !== null && <ErrorPanel error={problem} />}
      {!phone && (
        <footer className="border-line text-12 text-text-2 flex h-10 flex-none items-center gap-4 border-t px-4">
          <Key name="↵" what={t.keys.open} />
          <Key name="Ctrl ↵" what={t.keys.insert} />
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

interface GroupsProps {
  id: string
  found: readonly FoundGroup[]
  /** The hit at hand, counted over all groups. */
  at: number
  onPoint: (at: number) => void
  onOpen: (entry: PaletteEntry) => void
}

const Groups = memo(function Groups({ id, found, at, onPoint, onOpen }: GroupsProps) {
  let before = 0
  return found.map(({ group, entries }) => {
    const first = before
    before += entries.length
    return (
      <div key={group} role="group" aria-label={t.groups[group]} className="pb-1.5">
        <div role="presentation" className="text-11 text-text-2 font-medium px-2.5 py-1.5">
          {t.groups[group]}
        </div>
        {entries.map((each, index) => (
          <EntryRow
            key={each.entry.key}
            id={`${id}-${first + index}`}
            found={each}
            current={first + index === at}
            follow={at > 0}
            onPoint={() => onPoint(first + index)}
            onOpen={() => onOpen(each.entry)}
          />
        ))}
      </div>
    )
  })
})

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
