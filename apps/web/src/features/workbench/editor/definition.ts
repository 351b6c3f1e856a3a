import { type Command, EditorView } from '@codemirror/view'
import { askLanguage } from './language/ask-language.ts'

/** Goes to where the name at the cursor is defined; for names that the text does not define, such as tables of AMC, does the other thing. */
export function goToDefinition(otherwise: Command): Command {
  return (view) => {
    void goFrom(view, view.state.selection.main.head).then((isGone) => isGone || otherwise(view))
    return true
  }
}

/** A click with Ctrl or Cmd does the same. */
export const definitionOnClick = EditorView.domEventHandlers({
  click(event, view) {
    if (!(event.ctrlKey || event.metaKey) || event.button !== 0) return false
    const position = view.posAtCoords({ x: event.clientX, y: event.clientY })
    if (position !== null) void goFrom(view, position)
    return false
  },
})

async function goFrom(view: EditorView, position: number): Promise<boolean> {
  const { doc } = view.state
  const found = await askLanguage('definition', doc.toString(), position).catch(() => null)
  if (view.state.doc !== doc || found?.target.kind !== 'text') return false
  const { from, to } = found.target
  view.dispatch({ selection: { anchor: from, head: to }, scrollIntoView: true })
  return true
}
