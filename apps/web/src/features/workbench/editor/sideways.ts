import { countColumn } from '@codemirror/state'
import { EditorView } from '@codemirror/view'

/** So many characters come into view beyond a cursor that would leave it; the theme leaves room for them behind each line. */
const step = 32

/**
 * A cursor that goes past the side of the editor brings several characters into view at once: what stands beyond it is seen, and a long
 * line moves, and is drawn anew, at one key of many.
 */
export const sidewaysInSteps = EditorView.scrollHandler.of((view, { head, empty }, { x }) => {
  if (x !== 'nearest' || !empty) return false
  const line = view.state.doc.lineAt(head)
  const character = view.defaultCharacterWidth
  const cursor = countColumn(line.text, view.state.tabSize, head - line.from) * character
  const { scrollDOM } = view
  // The gutters stay where they are and lie over the left of what is scrolled.
  const text = scrollDOM.clientWidth - view.contentDOM.offsetLeft
  const left = scrollDOM.scrollLeft
  if (cursor > left + text - 2 * character) scrollDOM.scrollLeft = cursor - text + step * character
  else if (cursor < left) scrollDOM.scrollLeft = Math.max(0, cursor - step * character)
  // What is left to do, up or down and where characters are wider, is as usual.
  return false
})
