import type { ResolvedSelect, Source } from '../resolve/resolution.ts'
import type { Range } from '../tree.ts'

/** Where a source is named, without its alias. */
export function sourceRange({ node }: Source): Range {
  const [first, last] = node.kind === 'table' ? [node.parts[0], node.parts.at(-1)] : []
  return first === undefined || last === undefined ? node : { from: first.from, to: last.to }
}

/** Every member of FROM that is a source table. */
export function* tablesRead(selects: readonly ResolvedSelect[]): Iterable<{ source: Source; name: string }> {
  for (const { sources } of selects)
    for (const source of sources) if (source.from.kind === 'table') yield { source, name: source.from.table.name }
}
