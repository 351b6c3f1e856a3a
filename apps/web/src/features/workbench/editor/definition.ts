import { type Command, EditorView } from '@codemirror/view'
import { definitionAt } from '@recomamp/amc-sql/editing'
import type { LanguageWorld } from './language-world.ts'

/** Goes to where the name at the cursor is defined; false for names that the text does not define, such as tables of AMC. */
export function goToDefinition(world: () => LanguageWorld): Command {
  return (view) => goFrom(view, view.state.selection.main.head, world())
}

/** A click with Ctrl or Cmd does the same. */
export function definitionOnClick(world: () => LanguageWorld) {
  return EditorView.domEventHandlers({
    mousedown(event, view) {
      if (!(event.ctrlKey || event.metaKey) || event.button !== 0) return false
      const position = view.posAtCoords({ x: event.clientX, y: event.clientY })
      const gone = position !== null && goFrom(view, position, world())
      if (gone) event.preventDefault()
      return gone
    },
  })
}

function goFrom(view: EditorView, position: number, { schema }: LanguageWorld): boolean {
  if (schema === null) return false
  const target = definitionAt(view.state.doc.toString(), position, schema)?.target
  if (target?.kind !== 'text') return false
  view.dispatch({ selection: { anchor: target.from, head: target.to }, scrollIntoView: true })
  return true
}
