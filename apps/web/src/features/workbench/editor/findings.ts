import { forEachDiagnostic, setDiagnostics } from '@codemirror/lint'
import { type Extension, StateEffect, StateField } from '@codemirror/state'
import { type Command, EditorView } from '@codemirror/view'
import type { Diagnostic, Edit, Fix } from '@recomamp/amc-sql'
import { workbench as t } from '#messages/workbench.ts'

/** Findings with the text that they speak of. */
export interface Findings {
  text: string
  list: readonly Diagnostic[]
}

const none: Findings = { text: '', list: [] }
const setFindings = StateEffect.define<Findings>()

const findingsField = StateField.define<Findings>({
  create: () => none,
  update: (value, { effects }) => effects.reduce((now, each) => (each.is(setFindings) ? each.value : now), value),
})

/** Remembers what is wrong with the text, for the commands below. */
export const findings: Extension = findingsField

/** Marks the findings at their places, with their fixes. */
export function showFindings(view: EditorView, found: Findings): void {
  const end = view.state.doc.length
  const marks = found.list.map(({ from, to, severity, message, help, fixes = [] }) => ({
    from: Math.min(from, end),
    to: Math.min(Math.max(to, from), end),
    severity,
    message: help === undefined ? message : `${message}. ${help}`,
    actions: fixes.map((fix) => ({ name: fix.title, apply: () => void applyFix(view, fix) })),
  }))
  view.dispatch(setDiagnostics(view.state, marks), { effects: setFindings.of(found) })
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
  const made = makeEdits(view, fix.edits, view.state.field(findingsField).text)
  if (made) view.dispatch({ effects: EditorView.announce.of(t.fix.made(fix.title)) })
  return made
}

/** The fixes of the findings around the cursor, of the narrowest finding first. */
export function fixesAtCursor(view: EditorView): Fix[] {
  const { list } = view.state.field(findingsField)
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
