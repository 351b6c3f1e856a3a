import { type Extension, Facet, RangeSetBuilder, type Text } from '@codemirror/state'
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view'
import { type ClassedRange, type SqlClass, classifySql } from '#ui/sql-classes.ts'

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

/** Colours AMC SQL by the product's own scanner: the whole text is classed once a change, only what is on screen is decorated. */
export function highlighting(): Extension {
  return ViewPlugin.fromClass(
    class {
      decorations: DecorationSet
      #doc: Text
      #tables: ReadonlySet<string>
      #ranges: ClassedRange[]

      constructor(view: EditorView) {
        this.#doc = view.state.doc
        this.#tables = view.state.facet(knownTables)
        this.#ranges = classifySql(this.#doc.toString(), this.#tables)
        this.decorations = this.#decorate(view)
      }

      update(update: ViewUpdate) {
        const tables = update.state.facet(knownTables)
        if (update.docChanged || tables !== this.#tables) {
          this.#doc = update.state.doc
          this.#tables = tables
          this.#ranges = classifySql(this.#doc.toString(), tables)
        } else if (!update.viewportChanged) return
        this.decorations = this.#decorate(update.view)
      }

      #decorate(view: EditorView): DecorationSet {
        const builder = new RangeSetBuilder<Decoration>()
        for (const { from, to } of view.visibleRanges)
          for (let at = firstEndingAfter(this.#ranges, from); at < this.#ranges.length; at += 1) {
            const range = this.#ranges[at]
            if (range === undefined || range.from >= to) break
            builder.add(range.from, range.to, decorationOf(range.kind))
          }
        return builder.finish()
      }
    },
    { decorations: (plugin) => plugin.decorations },
  )
}

/** The index of the first range that ends after a position; ranges are in order. */
export function firstEndingAfter(ranges: readonly ClassedRange[], position: number): number {
  let low = 0
  let high = ranges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ranges[middle]?.to ?? 0) <= position) low = middle + 1
    else high = middle
  }
  return low
}
