import { type Diagnostic as Marked, diagnosticCount, forEachDiagnostic, setDiagnostics } from '@codemirror/lint'
import type { EditorState } from '@codemirror/state'
import { type Command, EditorView } from '@codemirror/view'
import type { Diagnostic, Edit, Fix } from '@recomamp/amc-sql'
import { workbench as t } from '#messages/workbench.ts'

/** Findings with the text that they speak of. */
export interface Findings {
  text: string
  list: readonly Diagnostic[]
}

const none: Findings = { text: '', list: [] }

/** The latest findings of each editor, for the commands below. */
const latest = new WeakMap<EditorView, Findings>()

/** Marks the findings at their places, with their fixes. */
export function showFindings(view: EditorView, found: Findings): void {
  latest.set(view, found)
  const end = view.state.doc.length
  const marks = found.list.map(({ from, to, severity, message, help, fixes = [] }) => ({
    from: Math.min(from, end),
    to: Math.min(Math.max(to, from), end),
    severity,
    message: help === undefined ? message : `${message}. ${help}`,
    actions: fixes.map(({ title }) => ({ name: title, apply: applyFixAt(message, title) })),
  }))
  // While somebody writes, most of them only move with the text, and that they do by themselves.
  if (!areShown(view.state, marks)) view.dispatch(setDiagnostics(view.state, marks))
}

/** True where the marks that stand in the text, wherever it has moved them since, are these. */
function areShown(state: EditorState, marks: readonly Marked[]): boolean {
  if (diagnosticCount(state) !== marks.length) return false
  const shown: Marked[] = []
  forEachDiagnostic(state, (mark, from, to) => shown.push({ ...mark, from, to }))
  return asText(shown) === asText(marks)
}

/** The same for the same marks, in whatever order. */
function asText(marks: readonly Marked[]): string {
  const each = marks.map(({ from, to, severity, message, actions = [] }) =>
    JSON.stringify([from, to, severity, message, ...actions.map(({ name }) => name)]),
  )
  return each.toSorted().join('\n')
}

/** Applies that fix of the finding that begins at a place, as the finding is by then. */
function applyFixAt(message: string, title: string): (view: EditorView, from: number) => void {
  return (view, from) => {
    const { list } = latest.get(view) ?? none
    const fix = list
      .filter((finding) => finding.message === message && finding.from === from)
      .flatMap(({ fixes = [] }) => fixes)
      .find((each) => each.title === title)
    if (fix !== undefined) applyFix(view, fix)
  }
}

/** Makes edits as one step that can be undone; false when the text is no longer the one that they belong to. */
export function makeEdits(view: EditorView, edits: readonly Edit[], ofText: string): boolean {
  if (view.state.doc.toString() !== ofText) return false
  view.dispatch({
    changes: edits.map(({ from, to, text }) => ({ from, to, insert: text })),
    scrollIntoView: true,
    userEvent: 'input.fix',
  })
  return true
}

/** Applies a fix of the findings that are shown. */
export function applyFix(view: EditorView, fix: Fix): boolean {
  const made = makeEdits(view, fix.edits, (latest.get(view) ?? none).text)
  if (made) view.dispatch({ effects: EditorView.announce.of(t.fix.made(fix.title)) })
  return made
}

/** The fixes of the findings around the cursor, of the narrowest finding first. */
export function fixesAtCursor(view: EditorView): Fix[] {
  const { list } = latest.get(view) ?? none
  const { from, to } = view.state.selection.main
  return list
    .filter((finding) => finding.from <= to && finding.to >= from)
    .toSorted((a, b) => a.to - a.from - (b.to - b.from))
    .flatMap(({ fixes = [] }) => fixes)
}

/** Goes to the next or the previous finding, around the ends. */
export function goToFinding(step: 1 | -1): Command {
  return (view) => {
    const places: { from: number; to: number }[] = []
    forEachDiagnostic(view.state, (_, from, to) => places.push({ from, to }))
    places.sort((a, b) => a.from - b.from)
    const at = view.state.selection.main.from
    const next =
      step === 1
        ? (places.find((place) => place.from > at) ?? places[0])
        : (places.findLast((place) => place.from < at) ?? places.at(-1))
    if (next === undefined) return false
    view.dispatch({ selection: { anchor: next.from, head: next.to }, scrollIntoView: true })
    return true
  }
}
