import { type Extension, StateEffect, StateField, type Transaction } from '@codemirror/state'
import { type Command, type EditorView, type Tooltip, showTooltip } from '@codemirror/view'
import { signatureHelp, type SignatureHelp } from '@recomamp/amc-sql/editing'
import type { LanguageWorld } from './language-world.ts'

const ask = StateEffect.define<boolean>()

/** The form of the call around the cursor while its arguments are written: it comes with `(` and goes behind `)`. */
export function signatures(world: () => LanguageWorld): Extension {
  const field = StateField.define<Tooltip | null>({
    create: () => null,
    update(open, transaction) {
      const asked = transaction.effects.find((each) => each.is(ask))
      if (asked?.is(ask) === true) return asked.value ? tooltipFor(transaction, world()) : null
      if (transaction.docChanged && typedOpening(transaction)) return tooltipFor(transaction, world())
      const moved = transaction.docChanged || transaction.selection !== undefined
      return open !== null && moved ? tooltipFor(transaction, world()) : open
    },
    provide: (self) => showTooltip.from(self),
  })
  return field
}

/** Shows the form of the call around the cursor. */
export const showSignature: Command = (view) => {
  view.dispatch({ effects: ask.of(true) })
  return true
}

/** Closes it; other layers close first. */
export function closeSignature(view: EditorView): boolean {
  if (view.dom.querySelector('.cm-signature') === null) return false
  view.dispatch({ effects: ask.of(false) })
  return true
}

function typedOpening(transaction: Transaction): boolean {
  if (!transaction.isUserEvent('input')) return false
  const { head } = transaction.newSelection.main
  return transaction.newDoc.sliceString(head - 1, head) === '('
}

function tooltipFor(transaction: Transaction, { schema }: LanguageWorld): Tooltip | null {
  if (schema === null) return null
  const { head } = transaction.newSelection.main
  const help = signatureHelp(transaction.newDoc.toString(), head, schema)
  return help === null ? null : { pos: help.from, above: true, create: () => ({ dom: drawn(help) }) }
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
