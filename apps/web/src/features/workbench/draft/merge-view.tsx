import { MergeView } from '@codemirror/merge'
import { EditorState, type Extension } from '@codemirror/state'
import { EditorView, lineNumbers } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import { workbench } from '#messages/workbench.ts'

const t = workbench.conflict

/** What the content security policy asks of style elements, which CodeMirror writes. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''

const mergeTheme = EditorView.theme({
  // Comments are pale on paper already.
  '.sql-comment': { color: 'var(--c-text-2)' },
  '.cm-changedLine': { backgroundColor: 'var(--c-warn-tint)' },
  '.cm-changedText': { background: 'color-mix(in srgb, var(--c-warn-solid) 26%, transparent)' },
})

interface MergeProps {
  theirs: string
  /** The merged text, which can be edited. */
  merged: string
  look: Extension
  onChange: (text: string) => void
}

/** The other text on the left, the text to keep on the right: arrows between them take a place over. */
export function DraftMerge({ theirs, merged, look, onChange }: MergeProps) {
  const host = useRef<HTMLDivElement>(null)
  const begun = useRef({ merged, onChange })
  useEffect(() => void (begun.current.onChange = onChange))
  useEffect(() => {
    if (host.current === null) return
    const shared = (label: string) => [
      EditorView.cspNonce.of(nonce),
      lineNumbers(),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
      // Before the look of the editor, over which it goes.
      mergeTheme,
      look,
    ]
    const view = new MergeView({
      a: { doc: theirs, extensions: [shared(t.theirText), EditorState.readOnly.of(true)] },
      b: {
        doc: begun.current.merged,
        extensions: [
          shared(t.mergedText),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) begun.current.onChange(update.state.doc.toString())
          }),
        ],
      },
      parent: host.current,
      revertControls: 'a-to-b',
      renderRevertControl() {
        const button = document.createElement('button')
        button.setAttribute('aria-label', t.take)
        button.title = t.take
        button.textContent = '→'
        return button
      },
    })
    return () => view.destroy()
  }, [theirs, look])
  return <div ref={host} className="diff-host split" />
}
