import { type Extension, StateEffect, StateField } from '@codemirror/state'
import { type Command, EditorView, type Tooltip, hoverTooltip, showTooltip } from '@codemirror/view'
import type { HoverCard } from '@recomamp/amc-sql/editing'
import { workbench as t } from '#messages/workbench.ts'
import { askLanguage } from './language/ask-language.ts'
import type { LanguageWorld } from './language-world.ts'

const setCard = StateEffect.define<Tooltip | null>()

const cardField = StateField.define<Tooltip | null>({
  create: () => null,
  update(open, { effects, docChanged, selection }) {
    const asked = effects.find((each) => each.is(setCard))
    if (asked?.is(setCard) === true) return asked.value
    return docChanged || selection !== undefined ? null : open
  },
  provide: (field) => showTooltip.from(field),
})

/** The card of the name under the pointer. */
export function hoverCards(world: () => LanguageWorld): Extension {
  return [cardField, hoverTooltip((view, position) => tooltipAt(view, position, world()), { hoverTime: 400 })]
}

/** Shows the card of the name at the cursor until the cursor moves; again, or Escape, closes it. */
export function showCardAtCursor(world: () => LanguageWorld): Command {
  return (view) => {
    if (!closeCard(view)) void show(view, world())
    return true
  }
}

async function show(view: EditorView, world: LanguageWorld): Promise<void> {
  const { doc, selection } = view.state
  const card = await cardAt(view, selection.main.head, world)
  if (card === null || view.state.doc !== doc || !view.state.selection.eq(selection)) return
  // A tooltip takes no focus, so that its text is also said.
  view.dispatch({ effects: [setCard.of(tooltipOf(card)), EditorView.announce.of(wordsOf(card))] })
}

/** Closes the card that was asked for; false where none is open. */
export const closeCard: Command = (view) => {
  if (view.state.field(cardField) === null) return false
  view.dispatch({ effects: setCard.of(null) })
  return true
}

async function cardAt(view: EditorView, position: number, world: LanguageWorld): Promise<HoverCard | null> {
  if (world.schema === null) return null
  return askLanguage('hover', view.state.doc.toString(), position, world.declared).catch(() => null)
}

async function tooltipAt(view: EditorView, position: number, world: LanguageWorld): Promise<Tooltip | null> {
  const card = await cardAt(view, position, world)
  return card === null ? null : tooltipOf(card)
}

function tooltipOf(card: HoverCard): Tooltip {
  return { pos: card.from, end: card.to, above: true, create: () => ({ dom: drawn(card) }) }
}

function wordsOf({ title, detail, description, facts }: HoverCard): string {
  return [title, detail, description, ...facts.map(({ label, value }) => `${label}: ${value}`)]
    .filter(Boolean)
    .join('. ')
}

/** At most so many columns of a table are listed; the tables beside the editor have all. */
const mostColumns = 12

function drawn({ title, detail, description, facts, columns }: HoverCard): HTMLElement {
  const dom = element('div', 'cm-card')
  dom.append(element('strong', 'cm-card-title', title))
  if (detail !== '') dom.append(element('div', 'cm-card-detail', detail))
  if (description !== '') dom.append(element('p', '', description))
  if (facts.length > 0) {
    const list = element('dl', '')
    for (const { label, value } of facts) list.append(element('dt', '', label), element('dd', '', value))
    dom.append(list)
  }
  if (columns.length > 0) {
    const list = element('ul', '')
    for (const { name, type, threshold } of columns.slice(0, mostColumns))
      list.append(element('li', '', [name, type, threshold].filter(Boolean).join(' · ')))
    dom.append(list)
    if (columns.length > mostColumns) dom.append(element('p', '', t.moreColumns(columns.length - mostColumns)))
  }
  return dom
}

function element(name: string, className: string, text?: string): HTMLElement {
  const made = document.createElement(name)
  if (className !== '') made.className = className
  if (text !== undefined) made.textContent = text
  return made
}
