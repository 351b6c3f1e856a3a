import { type Extension, StateEffect, StateField } from '@codemirror/state'
import { type Command, EditorView, type Tooltip, showTooltip } from '@codemirror/view'
import type { Fix } from '@recomamp/amc-sql'
import { workbench as t } from '#messages/workbench.ts'
import { applyFix, fixesAtCursor } from './findings.ts'

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

/** Opens the fixes at the cursor as a menu; a single one is applied at once. */
export const openQuickFix: Command = (view) => {
  const fixes = fixesAtCursor(view)
  const [first] = fixes
  if (first === undefined) {
    view.dispatch({ effects: EditorView.announce.of(t.fix.none) })
    return true
  }
  if (fixes.length === 1) return applyFix(view, first)
  view.dispatch({ effects: setMenu.of({ pos: view.state.selection.main.head, create: () => menuOf(view, fixes) }) })
  return true
}

function menuOf(view: EditorView, fixes: readonly Fix[]) {
  const dom = document.createElement('div')
  dom.className = 'cm-fix-menu'
  dom.role = 'menu'
  dom.ariaLabel = t.fix.menu
  const close = () => {
    view.dispatch({ effects: setMenu.of(null) })
    view.focus()
  }
  for (const fix of fixes) {
    const item = document.createElement('button')
    item.type = 'button'
    item.role = 'menuitem'
    item.textContent = fix.title
    item.addEventListener('click', () => {
      close()
      applyFix(view, fix)
    })
    dom.append(item)
  }
  dom.addEventListener('keydown', (event) => {
    const items = [...dom.querySelectorAll('button')]
    const at = items.findIndex((item) => item === (dom.getRootNode() as ShadowRoot).activeElement)
    if (event.key === 'Escape') close()
    else if (event.key === 'ArrowDown') items[(at + 1) % items.length]?.focus()
    else if (event.key === 'ArrowUp') items.at(at - 1)?.focus()
    else return
    event.preventDefault()
    event.stopPropagation()
  })
  return { dom, mount: () => dom.querySelector('button')?.focus() }
}
