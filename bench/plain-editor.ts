import { closeBrackets } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { bracketMatching } from '@codemirror/language'
import { EditorState } from '@codemirror/state'
import { EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view'

/** CodeMirror with what any code editor has, and no language: what the product's editor is compared with. */
export function openEditor(parent: EditorView['dom']): void {
  new EditorView({
    parent,
    state: EditorState.create({
      extensions: [
        lineNumbers(),
        highlightActiveLine(),
        history(),
        drawSelection(),
        bracketMatching(),
        closeBrackets(),
        keymap.of([...historyKeymap, ...defaultKeymap]),
        EditorView.theme({ '&': { height: '600px' } }),
      ],
    }),
  }).focus()
}
