import { type Extension, StateEffect, StateField } from '@codemirror/state'
import { type Command, EditorView, type Tooltip, type ViewUpdate, showTooltip } from '@codemirror/view'
import type { SignatureHelp } from '@recomamp/amc-sql/editing'
import { askLanguage } from './language/ask-language.ts'
import type { LanguageWorld } from './language-world.ts'

const setTooltip = StateEffect.define<Tooltip | null>()

const field = StateField.define<Tooltip | null>({
  create: () => null,
  update(open, { effects, changes }) {
    const asked = effects.find((each) => each.is(setTooltip))
    if (asked?.is(setTooltip) === true) return asked.value
    return open === null || changes.empty ? open : { ...open, pos: changes.mapPos(open.pos) }
  },
  provide: (self) => showTooltip.from(self),
})

/** The form of the call around the cursor while its arguments are written: it comes with `(` and goes behind `)`. */
export function signatures(world: () => LanguageWorld): Extension {
  const follow = (update: ViewUpdate) => {
    const isOpen = update.state.field(field) !== null
    const moved = update.docChanged || update.selectionSet
    if (world().schema !== null && moved && (isOpen || typedOpening(update))) void show(update.view)
  }
  return [field, EditorView.updateListener.of(follow)]
}

/** Shows the form of the call around the cursor. */
export const showSignature: Command = (view) => {
  void show(view)
  return true
}

/** Closes it; other layers close first. */
export function closeSignature(view: EditorView): boolean {
  if (view.state.field(field) === null) return false
  view.dispatch({ effects: setTooltip.of(null) })
  return true
}

function typedOpening({ state, transactions }: ViewUpdate): boolean {
  if (!transactions.some((each) => each.docChanged && each.isUserEvent('input'))) return false
  const { head } = state.selection.main
  return state.doc.sliceString(head - 1, head) === '('
}

async function show(view: EditorView): Promise<void> {
  const { doc, selection } = view.state
  const help = await askLanguage('signature', doc.toString(), selection.main.head).catch(() => null)
  // What was typed since then has asked again.
  if (view.state.doc !== doc || !view.state.selection.eq(selection)) return
  const tooltip = help && { pos: help.from, above: true, create: () => ({ dom: drawn(help) }) }
  view.dispatch({ effects: setTooltip.of(tooltip) })
}

function drawn({ signatures: forms, activeSignature, activeParameter }: SignatureHelp): HTMLElement {
  const dom = document.createElement('div')
  dom.className = 'cm-signature cm-card'
  for (const [at, { label, parameters }] of forms.entries()) {
    const line = document.createElement('div')
    line.className = at === activeSignature ? 'cm-card-title' : 'cm-card-detail'
    const active = at === activeSignature && activeParameter !== null ? parameters[activeParameter] : undefined
    if (active === undefined) line.textContent = label
    else {
      const marked = document.createElement('mark')
      marked.textContent = label.slice(active.from, active.to)
      line.append(label.slice(0, active.from), marked, label.slice(active.to))
    }
    dom.append(line)
  }
  const documentation = forms[activeSignature]?.documentation ?? ''
  if (documentation !== '') {
    const paragraph = document.createElement('p')
    paragraph.textContent = documentation
    dom.append(paragraph)
  }
  return dom
}
