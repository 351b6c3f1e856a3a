import {
  type Completion,
  type CompletionContext,
  type CompletionResult,
  type CompletionSource,
  closeCompletion,
  completionStatus,
  selectedCompletion,
  snippet,
} from '@codemirror/autocomplete'
import type { EditorView, Rect } from '@codemirror/view'
import type { CompletionItem } from '@recomamp/amc-sql/editing'
import { askLanguage } from './language/ask-language.ts'
import type { LanguageWorld } from './language-world.ts'

/** What can be written at the cursor: the language says what and in which order, the editor filters by what is typed. */
export function completionSource(world: () => LanguageWorld): CompletionSource {
  return (context) => completionsAt(context, world())
}

async function completionsAt(
  context: CompletionContext,
  { schema, declared }: LanguageWorld,
): Promise<CompletionResult | null> {
  if (schema === null) return null
  const text = context.state.doc.toString()
  const { from, to, items } = await askLanguage('complete', text, context.pos, declared)
  const asks = context.explicit || from < context.pos || comesUnasked(text.slice(Math.max(0, from - 1), from), items)
  if (!asks || items.length === 0) return null
  return { from, to, options: items.map(optionOf), validFor: /^\w*$/ }
}

/**
 * Whether a list comes up behind a character before any letter: behind a dot, an opening brace, or a quote that opens a text, in which only
 * values stand. Behind one that closes it, Enter would take a keyword where a new line is meant; a blank brings no list up either.
 */
export function comesUnasked(character: string, items: readonly Pick<CompletionItem, 'kind'>[]): boolean {
  if (character === "'") return items.every(({ kind }) => kind === 'value' || kind === 'parameter')
  return character === '.' || character === '{'
}

/** Closes the list where the chosen item is written already, and leaves Enter to the new line: it would change nothing otherwise. */
export function closeOnWhole(view: EditorView): boolean {
  const item = selectedCompletion(view.state)
  if (item === null || completionStatus(view.state) !== 'active' || typeof item.apply === 'function') return false
  const text = item.apply ?? item.label
  const { head } = view.state.selection.main
  if (view.state.sliceDoc(Math.max(0, head - text.length), head) === text) closeCompletion(view)
  return false
}

/** Where the words about an item stand: beside the list where there is room for them, else below or above it, never over it. */
export function placeInfo(
  _: EditorView,
  list: Rect,
  option: Rect,
  info: Rect,
  space: Rect,
): { style: string; class: string } {
  const width = Math.min(info.right - info.left, 320) + infoGap
  const height = info.bottom - info.top
  const top = Math.max(space.top, Math.min(option.top, space.bottom - height)) - list.top
  if (space.right - list.right >= width) return { style: `top: ${top}px`, class: 'beside-right' }
  if (list.left - space.left >= width) return { style: `top: ${top}px`, class: 'beside-left' }
  return { style: '', class: space.bottom - list.bottom >= height + infoGap ? 'below' : 'above' }
}

const infoGap = 4

function optionOf({
  label,
  insert,
  snippet: hasPlaces,
  kind,
  detail,
  documentation,
  rank,
}: CompletionItem): Completion {
  return {
    label,
    type: kind,
    boost: rank,
    ...(detail === '' ? {} : { detail }),
    ...(documentation === '' ? {} : { info: documentation }),
    apply: hasPlaces ? snippet(insert) : insert,
  }
}
