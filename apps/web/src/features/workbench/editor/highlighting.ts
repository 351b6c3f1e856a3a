import { type Extension, Facet, RangeSetBuilder } from '@codemirror/state'
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view'
import { type Change, type EditedTokens, editedTokens } from '@recomamp/amc-sql/editing'
import { type SqlClass, classifyTokens } from '#ui/sql-classes.ts'

const decorations = new Map<SqlClass, Decoration>()

function decorationOf(kind: SqlClass): Decoration {
  let decoration = decorations.get(kind)
  if (decoration === undefined) {
    decoration = Decoration.mark({ class: `sql-${kind}` })
    decorations.set(kind, decoration)
  }
  return decoration
}

/** The table names that are coloured as tables, in lower case. */
export const knownTables = Facet.define<ReadonlySet<string>, ReadonlySet<string>>({
  combine: (values) => values[0] ?? new Set(),
})

/** Colours AMC SQL by the product's own scanner: what changed is scanned again, what is on screen is classed. */
export function highlighting(): Extension {
  return ViewPlugin.fromClass(
    class {
      decorations: DecorationSet
      #text: string
      readonly #tokens: EditedTokens

      constructor(view: EditorView) {
        this.#text = view.state.doc.toString()
        this.#tokens = editedTokens(this.#text)
        this.decorations = this.#decorate(view)
      }

      update(update: ViewUpdate) {
        const isRecoloured = update.startState.facet(knownTables) !== update.state.facet(knownTables)
        if (update.docChanged) {
          this.#text = update.state.doc.toString()
          this.#tokens.change(this.#text, changeOf(update))
        } else if (!update.viewportChanged && !isRecoloured) return
        this.decorations = this.#decorate(update.view)
      }

      #decorate(view: EditorView): DecorationSet {
        const tables = view.state.facet(knownTables)
        const builder = new RangeSetBuilder<Decoration>()
        let done = 0
        for (const { from, to } of view.visibleRanges)
          for (const range of classifyTokens(this.#text, this.#tokens.touching(from, to), tables, to)) {
            // A token can reach from one visible part into the next.
            if (range.from < done || range.kind === 'column') continue
            done = range.to
            builder.add(range.from, range.to, decorationOf(range.kind))
          }
        return builder.finish()
      }
    },
    { decorations: (plugin) => plugin.decorations },
  )
}

/** All changes of an update as one. */
function changeOf({ changes }: ViewUpdate): Change {
  let [from, to, end] = [Infinity, 0, 0]
  changes.iterChangedRanges((fromA, toA, _, toB) => {
    from = Math.min(from, fromA)
    to = Math.max(to, toA)
    end = Math.max(end, toB)
  })
  return { from, to, inserted: end - from }
}
