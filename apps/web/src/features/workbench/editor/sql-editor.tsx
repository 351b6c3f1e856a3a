import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, snippet } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentLess, indentMore, toggleComment } from '@codemirror/commands'
import { bracketMatching } from '@codemirror/language'
import { lintGutter } from '@codemirror/lint'
import { Compartment, EditorState, Prec } from '@codemirror/state'
import {
  type Command,
  EditorView,
  drawSelection,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  type Rect,
  placeholder,
  tooltips,
} from '@codemirror/view'
import type { Edit, ParameterDeclaration, Schema } from '@recomamp/amc-sql'
import { useEffect, useImperativeHandle, useLayoutEffect, useRef } from 'react'
import type { Ref } from 'react'
import { workbench as t } from '#messages/workbench.ts'
import { closeOnWhole, completionSource, placeInfo } from './completion.ts'
import { definitionOnClick, goToDefinition } from './definition.ts'
import { editorTheme } from './editor-theme.ts'
import { type Findings, goToFinding, makeEdits, showFindings } from './findings.ts'
import { formatQuery } from './format-query.ts'
import { closeCard, hoverCards, showCardAtCursor } from './hover-card.ts'
import { highlighting, knownTables } from './highlighting.ts'
import { askLanguage } from './language/ask-language.ts'
import { type Place, placeTold } from './place.ts'
import { openQuickFix, quickFixMenu } from './quick-fix.ts'
import { renaming, startRename } from './rename.ts'
import { sidewaysInSteps } from './sideways.ts'
import { closeSignature, showSignature, signatures } from './signature.ts'

/** A selected piece of the text. */
export interface Selected {
  from: number
  text: string
}

export interface EditorHandle {
  /** Puts text where the cursor is (or over the selection) and the cursor behind it. */
  insert(text: string): void
  /** Puts a frame where the cursor is (or over the selection), whose places Tab walks. */
  insertSnippet(template: string): void
  /** Selects a range and brings it into view; a range beyond the text is cut. */
  select(from: number, to: number): void
  cursor(): number
  /** What is selected; null where nothing is. */
  selection(): Selected | null
  /** Makes edits as one step that can be undone; does nothing when the text is no longer the one that they belong to. */
  apply(edits: readonly Edit[], ofText: string): void
  /** Lays the text out anew; the cursor stays where it is in the text. */
  format(): void
}

interface SqlEditorProps {
  ref: Ref<EditorHandle>
  /** What it starts with; from then on the editor has the text. A new key starts it anew. */
  value: string
  onChange: (text: string) => void
  /** For who may read the text and not write it. */
  readOnly: boolean
  findings: Findings
  schema: Schema | null
  declared: readonly ParameterDeclaration[]
  /** A placeholder of the text got another name; its value and declaration follow. */
  onRenameParameter: (from: string, to: string) => void
  /** A placeholder of the text became a parameter of AMC; its declaration and value stay. */
  onConvertParameter: (name: string) => void
  onRun: () => void
  onCheck: () => void
  /** Runs the text, or the WITH part at the cursor, on synthetic data. */
  onTry: () => void
  onTryPart: () => void
  onJudge: () => void
  onSave: () => void
  /** Told whatever is selected, and null once nothing is. */
  onSelected: (selected: Selected | null) => void
  /** Told where the cursor is, whenever it rests. */
  onPlace: (place: Place) => void
  /** Told where the cursor was when the editor goes. */
  onLeave: (cursor: number) => void
}

type Latest = Omit<SqlEditorProps, 'ref'>

/** The query editor. */
export function SqlEditor({ ref, ...props }: SqlEditorProps) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const latest = useRef<Latest>(props)
  useLayoutEffect(() => {
    latest.current = props
  })

  useLayoutEffect(() => {
    const element = host.current
    if (element === null) return
    const editor = new EditorView({
      state: createState(latest.current.value, latest),
      parent: element,
    })
    view.current = editor
    return () => {
      latest.current.onLeave(editor.state.selection.main.head)
      editor.destroy()
      view.current = null
    }
  }, [])

  useEffect(() => {
    view.current?.dispatch({ effects: tables.reconfigure(knownTables.of(tableNames(props.schema))) })
  }, [props.schema])

  useEffect(() => {
    view.current?.dispatch({ effects: writing.reconfigure(EditorState.readOnly.of(props.readOnly)) })
  }, [props.readOnly])

  useEffect(() => {
    if (view.current !== null) showFindings(view.current, props.findings)
  }, [props.findings])

  useImperativeHandle(ref, () => ({
    insert(text) {
      const editor = view.current
      if (editor === null) return
      editor.dispatch(editor.state.replaceSelection(text), { scrollIntoView: true })
      editor.focus()
    },
    insertSnippet(template) {
      const editor = view.current
      if (editor === null) return
      editor.focus()
      const { from, to } = editor.state.selection.main
      snippet(template)(editor, null, from, to)
    },
    select(from, to) {
      const editor = view.current
      if (editor === null) return
      const end = editor.state.doc.length
      editor.dispatch({
        selection: { anchor: Math.min(from, end), head: Math.min(to, end) },
        effects: EditorView.scrollIntoView(Math.min(from, end), { y: 'center' }),
      })
      editor.focus()
    },
    cursor: () => view.current?.state.selection.main.head ?? 0,
    selection: () => (view.current === null ? null : selectedIn(view.current.state)),
    format() {
      if (view.current !== null) void formatQuery(view.current)
    },
    apply(edits, ofText) {
      const editor = view.current
      if (editor === null) return
      makeEdits(editor, edits, ofText)
      editor.focus()
    },
  }))

  return <div ref={host} className="editor-host" data-testid="sql-editor" />
}

/** What the content security policy asks of style elements, which CodeMirror writes. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''

const tables = new Compartment()
const writing = new Compartment()

function tableNames(schema: Schema | null): ReadonlySet<string> {
  return new Set(schema?.tables.map((table) => table.name))
}

function createState(doc: string, latest: { current: Latest }): EditorState {
  return EditorState.create({
    doc,
    extensions: [
      EditorView.cspNonce.of(nonce),
      Prec.highest(
        keymap.of([
          {
            key: 'Mod-Enter',
            run: () => (latest.current.onRun(), true),
            shift: () => (latest.current.onCheck(), true),
          },
          {
            key: 'Alt-Enter',
            run: () => (latest.current.onTry(), true),
            shift: () => (latest.current.onTryPart(), true),
          },
          { key: 'Alt-p', preventDefault: true, run: () => (latest.current.onJudge(), true) },
          { key: 'Mod-s', preventDefault: true, run: () => (latest.current.onSave(), true) },
          { key: 'F8', run: goToFinding(1), shift: goToFinding(-1) },
          { key: 'Mod-.', run: openQuickFix(() => latest.current) },
          { key: 'F1', preventDefault: true, run: showCardAtCursor(() => latest.current) },
          { key: 'Enter', run: closeOnWhole },
          { key: 'Escape', run: (view) => closeCard(view) || closeSignature(view) },
          { key: 'Mod-Shift-Space', run: showSignature },
          { key: 'F2', run: startRename(() => latest.current) },
          { key: 'F12', preventDefault: true, run: goToDefinition(showCardAtCursor(() => latest.current)) },
        ]),
      ),
      lineNumbers(),
      lintGutter(),
      quickFixMenu,
      highlightActiveLine(),
      highlightActiveLineGutter(),
      history(),
      drawSelection(),
      sidewaysInSteps,
      placeTold((place) => latest.current.onPlace(place)),
      EditorState.tabSize.of(2),
      // The places of a snippet that have one number are filled together. Ctrl and click goes to a definition, so Alt adds a cursor.
      EditorState.allowMultipleSelections.of(true),
      EditorView.clickAddsSelectionRange.of((event) => event.altKey),
      bracketMatching(),
      closeBrackets(),
      EditorState.languageData.of(() => [{ commentTokens: { line: '--', block: { open: '/*', close: '*/' } } }]),
      autocompletion({
        icons: false,
        // A list shows about ten, and drawing many more at each key would be felt; the arrows bring the others.
        maxRenderedOptions: 40,
        override: [completionSource(() => latest.current)],
        positionInfo: placeInfo,
      }),
      tooltips({ tooltipSpace: spaceForLayers }),
      hoverCards(() => latest.current),
      signatures(() => latest.current),
      definitionOnClick,
      renaming,
      tables.of(knownTables.of(tableNames(latest.current.schema))),
      writing.of(EditorState.readOnly.of(latest.current.readOnly)),
      highlighting(),
      editorTheme,
      placeholder(t.placeholder),
      EditorView.contentAttributes.of({
        'aria-label': t.editor,
        'aria-description': t.editorHint,
        spellcheck: 'false',
        // Editable text takes the focus without it; said in words, so that a checker of scrolled regions sees it too.
        tabindex: '0',
      }),
      keymap.of([
        { key: 'Mod-/', run: toggleComment },
        ...closeBracketsKeymap,
        // The search is loaded when it is first used.
        {
          key: 'Mod-f',
          run: (view) => (void import('#ui/editor-search.ts').then(({ openSearch }) => openSearch(view)), true),
          shift: (view) => (void formatQuery(view), true),
        },
        ...historyKeymap,
        ...completionKeymap,
        ...defaultKeymap,
        // Without text there is nothing to indent, and Tab goes on to the questions below.
        { key: 'Tab', run: unlessEmpty(indentMore), shift: unlessEmpty(indentLess) },
      ]),
      // Before the first key asks for it.
      EditorView.domEventHandlers({ focus: () => void askLanguage('learnEditing').catch(() => undefined) }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) latest.current.onChange(update.state.doc.toString())
        // Typing selects nothing before and after it, and pays nothing here.
        if (!update.startState.selection.main.empty || !update.state.selection.main.empty)
          latest.current.onSelected(selectedIn(update.state))
      }),
    ],
  })
}

function selectedIn({ doc, selection }: EditorState): Selected | null {
  const { from, to, empty } = selection.main
  return empty ? null : { from, text: doc.sliceString(from, to) }
}

/** The window without a margin, so that no card touches its edge. */
function spaceForLayers(): Rect {
  return { left: 8, top: 8, right: innerWidth - 8, bottom: innerHeight - 8 }
}

function unlessEmpty(command: Command): Command {
  return (view) => view.state.doc.length > 0 && command(view)
}
