import { type Extension, StateEffect, StateField } from '@codemirror/state'
import { type Command, type EditorView, type Tooltip, showTooltip } from '@codemirror/view'
import { workbench as t } from '#messages/workbench.ts'
import { askLanguage } from './language/ask-language.ts'
import { makeEdits } from './findings.ts'
import type { LanguageWorld } from './language-world.ts'

const setField = StateEffect.define<Tooltip | null>()

const renameField = StateField.define<Tooltip | null>({
  create: () => null,
  update(open, { effects, docChanged }) {
    const asked = effects.find((each) => each.is(setField))
    if (asked?.is(setField) === true) return asked.value
    return docChanged ? null : open
  },
  provide: (field) => showTooltip.from(field),
})

/** Where the field for a new name is shown. */
export const renaming: Extension = renameField

interface RenameWorld extends LanguageWorld {
  onRenameParameter: (from: string, to: string) => void
}

/** Asks for a new name of the WITH part, alias, column or parameter at the cursor, and changes it everywhere. */
export function startRename(world: () => RenameWorld): Command {
  return (view) => {
    if (world().schema === null) return false
    void openField(view, world)
    return true
  }
}

async function openField(view: EditorView, world: () => RenameWorld): Promise<void> {
  const { doc, selection } = view.state
  const text = doc.toString()
  const found = await askLanguage('renamable', text, selection.main.head)
  if (view.state.doc !== doc) return
  const apply = async (name: string) => {
    if (!found.ok) return found.reason
    const renamed = await askLanguage('rename', text, found.from, name, world().declared)
    if (!renamed.ok) return renamed.reason
    if (makeEdits(view, renamed.edits, text) && isPlaceholder(text, found.from))
      world().onRenameParameter(found.name, name)
    return null
  }
  const create = () => (found.ok ? nameField(view, found.name, apply) : refusal(view, found.reason))
  const pos = found.ok ? found.from : selection.main.head
  view.dispatch({ effects: setField.of({ pos, create }) })
}

function isPlaceholder(text: string, offset: number): boolean {
  return /\{\{\s*$/.test(text.slice(0, offset))
}

function close(view: EditorView): void {
  view.dispatch({ effects: setField.of(null) })
  view.focus()
}

/** `apply` answers why a name cannot be taken, or null when it was. */
function nameField(view: EditorView, name: string, apply: (name: string) => Promise<string | null>) {
  const dom = document.createElement('div')
  dom.className = 'cm-card cm-rename'
  const label = document.createElement('label')
  label.textContent = t.rename.label(name)
  label.htmlFor = 'new-name'
  const input = document.createElement('input')
  input.className = 'cm-textfield'
  input.value = name
  input.id = 'new-name'
  input.spellcheck = false
  const why = document.createElement('p')
  why.role = 'alert'
  dom.append(label, input, why)
  const take = async () => {
    const reason = await apply(input.value.trim())
    if (reason === null) return close(view)
    why.textContent = reason
    input.ariaInvalid = 'true'
  }
  input.addEventListener('keydown', (event) => {
    event.stopPropagation()
    if (event.key === 'Escape') close(view)
    if (event.key !== 'Enter') return
    event.preventDefault()
    void take()
  })
  return {
    dom,
    mount() {
      input.focus()
      input.select()
    },
  }
}

function refusal(view: EditorView, reason: string) {
  const dom = document.createElement('div')
  dom.className = 'cm-card'
  dom.tabIndex = 0
  dom.role = 'alert'
  dom.textContent = reason
  dom.addEventListener('keydown', () => close(view))
  dom.addEventListener('blur', () => view.dispatch({ effects: setField.of(null) }))
  return { dom, mount: () => dom.focus() }
}
