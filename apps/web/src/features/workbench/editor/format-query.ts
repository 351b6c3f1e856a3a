import { EditorView } from '@codemirror/view'
import { workbench as t } from '#messages/workbench.ts'
import { askLanguage } from './language/ask-language.ts'
import { makeEdits } from './findings.ts'

/** Lays the whole text out anew as one step that can be undone. */
export async function formatQuery(view: EditorView): Promise<void> {
  const text = view.state.doc.toString()
  const edits = await askLanguage('format', text)
  if (edits.length > 0) makeEdits(view, edits, text)
  view.dispatch({ effects: EditorView.announce.of(t.formatted) })
}
