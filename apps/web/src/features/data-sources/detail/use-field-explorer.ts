import { type SearchIndex, createSearchIndex } from '@recomamp/amc-catalogue/search'
import type { DataSourceDetail } from '@recomamp/contracts'
import { getRouteApi, useLocation } from '@tanstack/react-router'
import { useCallback, useDeferredValue, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useTypedText } from '#platform/typed-text.ts'
import { useWidth } from '#platform/width.ts'
import { fieldRows } from './field-rows.ts'
import type { FieldSearch } from './field-search.ts'
import { type RowLayout, rowEdges, topOfRow } from './row-layout.ts'
import { coveredTop } from './use-section-in-view.ts'

const route = getRouteApi('/app/data-sources/$name')
const coarse = matchMedia('(pointer: coarse)').matches

const groupHeight = 29

export type FieldExplorerState = ReturnType<typeof useFieldExplorer>['explorer']

/** What the field explorer shows: all of it is in the address, of which `#field-<name>` is the open row. */
export function useFieldExplorer(source: DataSourceDetail) {
  const { fields } = source
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const hash = useLocation({ select: (location) => location.hash })
  const width = useWidth()
  const [scroller, setScroller] = useState<HTMLElement | null>(null)
  const [list, setList] = useState<HTMLElement | null>(null)
  const [current, setCurrent] = useState<string | null>(null)
  const [openHeight, setOpenHeight] = useState(0)
  /** The row that is to take the focus as soon as it is drawn; a new object asks once more. */
  const [focusOn, setFocusOn] = useState<{ name: string } | null>(null)
  const send = useCallback(
    (q: string) =>
      void navigate({
        search: (old) => ({ ...old, q: q === '' ? undefined : q }),
        hash: true,
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  )
  const [text, setText] = useTypedText(search.q ?? '', send)

  const searched = useDeferredValue(text.trim())
  const index = useSearchIndex(source)
  const found = useMemo(() => {
    if (searched === '') return null
    const hits = index().search(searched, { limit: Infinity })
    return new Set(hits.flatMap((hit) => (hit.kind === 'field' ? [hit.name] : [])))
  }, [index, searched])
  const { role, class: threshold, type, unit, group } = search
  const rows = useMemo(
    () => fieldRows(fields, { role, class: threshold, type, unit, group }, found),
    [fields, role, threshold, type, unit, group, found],
  )

  const open = hash.startsWith('field-') ? hash.slice('field-'.length) : null
  const openAt = open === null ? -1 : rows.findIndex((row) => row.kind === 'field' && row.key === open)
  const rowHeight = width === 'desk' ? (coarse ? 40 : 29) : 50
  const edges = useMemo(
    () => rowEdges(rows.map((row) => (row.kind === 'group' ? groupHeight : rowHeight))),
    [rows, rowHeight],
  )
  const layout = useMemo<RowLayout>(
    () => ({ edges, open: openAt === -1 ? null : { at: openAt, height: openHeight } }),
    [edges, openAt, openHeight],
  )

  const change = useCallback(
    (next: FieldSearch) => void navigate({ search: (old) => ({ ...old, ...next }), hash: true, replace: true }),
    [navigate],
  )

  /** Scrolls to a section, a group or a field; false while that is not there. */
  const goTo = (id: string): boolean => {
    const at = rows.findIndex((row) => (row.kind === 'field' ? `field-${row.key}` : row.key) === id)
    if (scroller === null || list === null) return false
    if (at === -1) {
      const section = document.getElementById(id)
      section?.scrollIntoView()
      return section !== null
    }
    const row = rows[at]
    const above = coveredTop(scroller) + (row?.kind === 'field' ? 2 * rowHeight : 0)
    const listTop = list.getBoundingClientRect().top - scroller.getBoundingClientRect().top
    scroller.scrollBy({ top: listTop + topOfRow(layout, at) - above })
    if (row?.kind === 'field') {
      setCurrent(row.key)
      setFocusOn({ name: row.key })
    }
    return true
  }

  // An address leads to its place once; what the reader then opens or scrolls to stays where it is.
  const shown = useRef('')
  useLayoutEffect(() => {
    if (hash === '') shown.current = ''
    else if (shown.current !== hash && goTo(hash)) shown.current = hash
  })

  const goTowards = useRef(goTo)
  useLayoutEffect(() => {
    goTowards.current = goTo
  })
  /** Goes to a section or group and says so in the address. */
  const goToSection = useCallback(
    (id: string): void => {
      shown.current = id
      goTowards.current(id)
      void navigate({
        search: (old) => old,
        hash: id,
        replace: true,
        hashScrollIntoView: false,
        resetScroll: false,
      })
    },
    [navigate],
  )

  const toggle = useCallback(
    (name: string) => {
      const next = open === name ? '' : `field-${name}`
      shown.current = next
      void navigate({
        search: (old) => old,
        ...(next === '' ? {} : { hash: next }),
        replace: true,
        hashScrollIntoView: false,
        resetScroll: false,
      })
    },
    [navigate, open],
  )

  // The same object while only the text changes: a key that is typed draws the text field and nothing else.
  const explorer = useMemo(
    () => ({
      search,
      change,
      searched,
      rows,
      layout,
      rowHeight,
      scroller,
      setScroller,
      list,
      setList,
      current,
      setCurrent,
      focusOn,
      setFocusOn,
      openAt,
      setOpenHeight,
      toggle,
      goToSection,
      width,
    }),
    [
      search,
      change,
      searched,
      rows,
      layout,
      rowHeight,
      scroller,
      list,
      current,
      focusOn,
      openAt,
      toggle,
      goToSection,
      width,
    ],
  )
  return { explorer, text, setText }
}

/** The index over the fields: not before the page stands, and before somebody has found the search. */
function useSearchIndex(source: DataSourceDetail): () => SearchIndex {
  const index = useMemo(() => once(() => createSearchIndex([{ ...source, tags: [] }])), [source])
  useEffect(() => {
    const timer = setTimeout(index, 300)
    return () => clearTimeout(timer)
  }, [index])
  return index
}

function once<T>(build: () => T): () => T {
  let built: T | undefined
  return () => (built ??= build())
}
