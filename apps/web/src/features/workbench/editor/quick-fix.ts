import { type Extension, StateEffect, StateField } from '@codemirror/state'
import { type Command, EditorView, type Tooltip, showTooltip } from '@codemirror/view'
import { scan } from '@recomamp/amc-sql'
import { workbench as t } from '#messages/workbench.ts'
import { applyFix, fixesAtCursor, makeEdits } from './findings.ts'
import { askLanguage } from './language/ask-language.ts'
import type { LanguageWorld } from './language-world.ts'

const setMenu = StateEffect.define<Tooltip | null>()

const menuField = StateField.define<Tooltip | null>({
  create: () => null,
  update(open, { effects, docChanged }) {
    const asked = effects.find((each) => each.is(setMenu))
    if (asked?.is(setMenu) === true) return asked.value
    return docChanged ? null : open
  },
  provide: (field) => showTooltip.from(field),
})

/** Where the menu of fixes is shown. */
export const quickFixMenu: Extension = menuField

interface Choice {
  title: string
  /** Why it cannot be done here; null where it can. */
  refusal: string | null
  run: () => void
}

interface FixWorld extends LanguageWorld {
  /** A parameter gets its other form; its declaration and value stay. */
  onConvertParameter: (name: string) => void
}

/**
 * Opens what can be done at the cursor as a menu: the fixes of its problems, and at a `{{name}}` its other form. A single fix is
 * applied at once.
 */
export function openQuickFix(world: () => FixWorld): Command {
  return (view) => {
    const fixes = fixesAtCursor(view)
    const [first] = fixes
    const name = placeholderAtCursor(view)
    const choices = fixes.map((fix): Choice => ({
      title: fix.title,
      refusal: null,
      run: () => void applyFix(view, fix),
    }))
    if (name !== null) void openWithConversion(view, choices, name, world())
    else if (first === undefined) view.dispatch({ effects: EditorView.announce.of(t.fix.none) })
    else if (fixes.length === 1) applyFix(view, first)
    else openMenu(view, choices)
    return true
  }
}

async function openWithConversion(view: EditorView, choices: Choice[], name: string, world: FixWorld): Promise<void> {
  const { doc } = view.state
  const text = doc.toString()
  const converted = await askLanguage('toCustomParameter', text, name, world.declared)
  if (view.state.doc !== doc) return
  const convert = () => {
    if (converted.ok && makeEdits(view, converted.edits, text)) world.onConvertParameter(name)
  }
  const conversion: Choice = converted.ok
    ? { title: t.fix.toCustom(name), refusal: null, run: convert }
    : { title: t.fix.toCustom(name), refusal: converted.diagnostics[0]?.message ?? '', run: () => undefined }
  openMenu(view, [...choices, conversion])
}

/** The name of the placeholder that the cursor is in or touches. */
function placeholderAtCursor(view: EditorView): string | null {
  const { head } = view.state.selection.main
  for (const { parameters } of scan(view.state.doc.toString())) {
    const use = parameters.find(({ from, to }) => from <= head && head <= to)
    if (use !== undefined) return use.name
  }
  return null
}

function openMenu(view: EditorView, choices: readonly Choice[]): void {
  view.dispatch({ effects: setMenu.of({ pos: view.state.selection.main.head, create: () => menuOf(view, choices) }) })
}

function menuOf(view: EditorView, choices: readonly Choice[]) {
  const dom = document.createElement('div')
  dom.className = 'cm-fix-menu'
  dom.role = 'menu'
  dom.ariaLabel = t.fix.menu
  const close = () => {
    view.dispatch({ effects: setMenu.of(null) })
    view.focus()
  }
  for (const { title, refusal, run } of choices) {
    const item = document.createElement('button')
    item.type = 'button'
    item.role = 'menuitem'
    item.textContent = title
    if (refusal === null) {
      item.addEventListener('click', () => {
        close()
        run()
      })
    } else {
      item.ariaDisabled = 'true'
      const why = document.createElement('small')
      why.textContent = refusal
      item.append(why)
    }
    dom.append(item)
  }
  dom.addEventListener('keydown', (event) => {
    const items = [...dom.querySelectorAll('button')]
    const at = items.findIndex((item) => item === dom.ownerDocument.activeElement)
    if (event.key === 'Escape') close()
    else if (event.key === 'ArrowDown') items[(at + 1) % items.length]?.focus()
    else if (event.key === 'ArrowUp') items.at(at - 1)?.focus()
    else return
    event.preventDefault()
    event.stopPropagation()
  })
  return { dom, mount: () => dom.querySelector('button')?.focus() }
}
