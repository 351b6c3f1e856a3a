import { EditorView } from '@codemirror/view'
import { workbench as t } from '#messages/workbench.ts'
import { makeEdits } from './findings.ts'

/** Lays the whole text out anew as one step that can be undone; the formatter is loaded when it is first used. */
export async function formatQuery(view: EditorView): Promise<void> {
  const { formatEdits } = await import('@recomamp/amc-sql/format')
  const text = view.state.doc.toString()
  const edits = formatEdits(text)
  if (edits.length > 0) makeEdits(view, edits, text)
  view.dispatch({ effects: EditorView.announce.of(t.formatted) })
}
