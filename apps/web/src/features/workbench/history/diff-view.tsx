import { MergeView, getChunks, goToNextChunk, goToPreviousChunk, unifiedMergeView } from '@codemirror/merge'
import { EditorState, type Extension } from '@codemirror/state'
import { EditorView, lineNumbers } from '@codemirror/view'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { history as t } from '#messages/history.ts'

interface DiffViewProps {
  left: { name: string; text: string }
  right: { name: string; text: string }
  sideBySide: boolean
  /** The look of the editor: colours, fonts, highlighting. */
  look: Extension
  /** Gets the figures of the difference and the ways through it. */
  renderBar: (diff: DiffFigures, step: (direction: 1 | -1) => void) => ReactNode
}

export interface DiffFigures {
  places: number
  removed: number
  added: number
}

/** What the content security policy asks of style elements, which CodeMirror writes. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''

const diffTheme = EditorView.theme({
  '&.cm-merge-a .cm-changedLine, .cm-deletedChunk': { backgroundColor: 'var(--c-bad-tint)' },
  '&.cm-merge-b .cm-changedLine, .cm-inlineChangedLine': { backgroundColor: 'var(--c-ok-tint)' },
  '&.cm-merge-a .cm-changedText, .cm-deletedChunk .cm-deletedText': {
    background: 'color-mix(in srgb, var(--c-bad-solid) 22%, transparent)',
  },
  '&.cm-merge-b .cm-changedText': { background: 'color-mix(in srgb, var(--c-ok-solid) 26%, transparent)' },
  // Comments are pale on paper already.
  '.sql-comment': { color: 'var(--c-text-2)' },
  '.cm-deletedChunk': { paddingLeft: '4px' },
  '.cm-changeGutter': { width: '3px', paddingLeft: '0' },
  '&.cm-merge-a .cm-changedLineGutter, .cm-deletedLineGutter': { background: 'var(--c-bad-solid)' },
  '&.cm-merge-b .cm-changedLineGutter': { background: 'var(--c-ok-solid)' },
})

const collapse = { margin: 4, minSize: 8 }

/** Two texts and where they differ, as one text or side by side; N and P go through the places. */
export function DiffView({ left, right, sideBySide, look, renderBar }: DiffViewProps) {
  const host = useRef<HTMLDivElement>(null)
  const [view, setView] = useState<EditorView | null>(null)
  const [figures, setFigures] = useState<DiffFigures>({ places: 0, removed: 0, added: 0 })
  useEffect(() => {
    const parent = host.current
    if (parent === null) return
    const read = (label: string): Extension => [
      EditorView.cspNonce.of(nonce),
      EditorState.readOnly.of(true),
      EditorView.editable.of(false),
      lineNumbers(),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
      // Before the look of the editor, over which it goes.
      diffTheme,
      look,
    ]
    const merge = sideBySide
      ? new MergeView({
          a: { doc: left.text, extensions: read(t.leftText(left.name)) },
          b: { doc: right.text, extensions: read(t.rightText(right.name)) },
          parent,
          collapseUnchanged: collapse,
        })
      : null
    const shown =
      merge?.b ??
      new EditorView({
        doc: right.text,
        parent,
        extensions: [
          read(t.rightText(right.name)),
          unifiedMergeView({ original: left.text, mergeControls: false, collapseUnchanged: collapse }),
        ],
      })
    setView(shown)
    setFigures(figuresOf(shown, left.text, right.text))
    return () => {
      setView(null)
      merge?.destroy()
      if (merge === null) shown.destroy()
    }
  }, [left.name, left.text, right.name, right.text, sideBySide, look])
  const step = (direction: 1 | -1) => {
    if (view !== null) (direction === 1 ? goToNextChunk : goToPreviousChunk)(view)
  }
  return (
    // The keys act on what has the focus inside.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className="flex min-h-0 min-w-0 flex-1 flex-col"
      onKeyDown={(event) => {
        const direction = { n: 1, p: -1 }[event.key] as 1 | -1 | undefined
        if (direction === undefined || event.ctrlKey || event.metaKey || event.altKey) return
        event.preventDefault()
        step(direction)
      }}
    >
      {renderBar(figures, step)}
      <div ref={host} className={`diff-host ${sideBySide ? 'split' : ''}`} />
    </div>
  )
}

function figuresOf(view: EditorView, left: string, right: string): DiffFigures {
  const chunks = getChunks(view.state)?.chunks ?? []
  const sum = (lines: (chunk: (typeof chunks)[number]) => number) => chunks.reduce((all, each) => all + lines(each), 0)
  return {
    places: chunks.length,
    removed: sum((chunk) => linesIn(left, chunk.fromA, chunk.endA)),
    added: sum((chunk) => linesIn(right, chunk.fromB, chunk.endB)),
  }
}

function linesIn(text: string, from: number, end: number): number {
  return end <= from ? 0 : text.slice(from, end).split('\n').length
}
