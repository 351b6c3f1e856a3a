import type { WorkflowId } from '@recomamp/contracts'
import { rememberedCursor, takeInsertion } from '#platform/insertion.ts'
import type { Place } from './editor/place.ts'
import type { EditorHandle } from './editor/sql-editor.tsx'

/** The editor as the other panes reach it; while none is on screen nothing happens. */
export interface BenchEditor extends EditorHandle {
  attach: (handle: EditorHandle | null) => void
  /** Told by the editor. */
  placed: (place: Place) => void
  /** Tells where the cursor is and whenever that changes; answers how to end it. */
  watchPlace: (listener: (place: Place) => void) => () => void
}

/** The way to the editor of a query. `openAt` is the place in the text at which it is opened. */
export function benchEditor(workflowId: WorkflowId, openAt: number | undefined): BenchEditor {
  let handle: EditorHandle | null = null
  let place = openAt
  let lastPlace: Place | null = null
  const watchers = new Set<(place: Place) => void>()
  return {
    attach(next) {
      handle = next
      if (next === null) return
      if (place !== undefined) next.select(place, place)
      place = undefined
      const left = takeInsertion()
      if (left === null) return
      const cursor = rememberedCursor(workflowId) ?? Infinity
      next.select(cursor, cursor)
      next.insert(left)
    },
    insert: (text) => handle?.insert(text),
    insertSnippet: (template) => handle?.insertSnippet(template),
    select: (from, to) => handle?.select(from, to),
    cursor: () => handle?.cursor() ?? 0,
    selection: () => handle?.selection() ?? null,
    apply: (edits, ofText) => handle?.apply(edits, ofText),
    format: () => handle?.format(),
    placed(at) {
      lastPlace = at
      for (const watcher of watchers) watcher(at)
    },
    watchPlace(listener) {
      watchers.add(listener)
      if (lastPlace !== null) listener(lastPlace)
      return () => void watchers.delete(listener)
    },
  }
}
