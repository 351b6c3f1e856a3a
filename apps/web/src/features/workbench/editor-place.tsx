import { useEffect, useRef } from 'react'
import { workbench as t } from '#messages/workbench.ts'
import type { BenchEditor } from './bench-editor.ts'

/** Where the cursor is, and how much is selected. Written past React: it changes with every key. */
export function EditorPlace({ editor }: { editor: Pick<BenchEditor, 'watchPlace'> }) {
  const words = useRef<HTMLSpanElement>(null)
  useEffect(
    () =>
      editor.watchPlace(({ line, column, selected }) => {
        if (words.current !== null) words.current.textContent = t.place(line, column, selected)
      }),
    [editor],
  )
  return <span ref={words} className="text-text-3 flex-none tabular-nums" />
}
