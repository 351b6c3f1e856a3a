import type { EditorState, Extension } from '@codemirror/state'
import { type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view'

/** Where the cursor is, both from 1, and how many characters are selected. */
export interface Place {
  line: number
  column: number
  selected: number
}

/** Keys in a row are told once, when they pause. */
const restMs = 60

/** Tells where the cursor is, at first and whenever it rests somewhere else. */
export function placeTold(tell: (place: Place) => void): Extension {
  return ViewPlugin.fromClass(
    class {
      private timer = 0
      constructor(view: EditorView) {
        tell(placeOf(view.state))
      }
      update({ docChanged, selectionSet, view }: ViewUpdate): void {
        if (!docChanged && !selectionSet) return
        clearTimeout(this.timer)
        this.timer = window.setTimeout(() => tell(placeOf(view.state)), restMs)
      }
      destroy(): void {
        clearTimeout(this.timer)
      }
    },
  )
}

function placeOf({ doc, selection }: EditorState): Place {
  const { head } = selection.main
  const { number, from } = doc.lineAt(head)
  return {
    line: number,
    column: head - from + 1,
    selected: selection.ranges.reduce((sum, range) => sum + range.to - range.from, 0),
  }
}
