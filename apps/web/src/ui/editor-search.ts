import { highlightSelectionMatches, openSearchPanel, search, searchKeymap } from '@codemirror/search'
import { StateEffect } from '@codemirror/state'
import { type EditorView, keymap } from '@codemirror/view'

const ready = new WeakSet<EditorView>()

/** Gives an editor its search the first time it is asked for, and opens it. */
export function openSearch(view: EditorView): void {
  if (!ready.has(view)) {
    ready.add(view)
    view.dispatch({
      effects: StateEffect.appendConfig.of([
        search({ top: true }),
        highlightSelectionMatches(),
        keymap.of(searchKeymap),
      ]),
    })
  }
  openSearchPanel(view)
}
