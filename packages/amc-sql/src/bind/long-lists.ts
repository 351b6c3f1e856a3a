import type { Edit, Fix } from '../diagnostic.ts'
import { scan } from '../scan.ts'
import type { Query } from '../tree.ts'
import type { Placement } from './place.ts'

/**
 * Lists behind IN with more values than this are sent as a WITH part with VALUES, as Amazon's guide on fast queries wants them;
 * neither it nor anything else of Amazon's says from where on.
 */
export const longListAbove = 100

/** The column of the WITH part that holds a list. */
const column = 'listed'

/** Makes names for WITH parts that occur nowhere in a text. */
export class ListNames {
  readonly #taken: Set<string>
  readonly #names = new Map<string, string>()

  constructor(text: string) {
    this.#taken = new Set(
      scan(text).map((token) => token.word || text.slice(token.from + 1, token.to - 1).toUpperCase()),
    )
  }

  /** The WITH part of a parameter, the same one whenever it is asked for. */
  nameOf(parameter: string): string {
    const known = this.#names.get(parameter)
    if (known !== undefined) return known
    let name = `${parameter}_list`
    for (let number = 2; this.#taken.has(name.toUpperCase()); number += 1) name = `${parameter}_list_${number}`
    this.#taken.add(name.toUpperCase())
    this.#names.set(parameter, name)
    return name
  }
}

/** True for a list that can be read from a WITH part: the only member of an IN with one value on its left side. */
export function canBeTable({ place }: Placement): boolean {
  return place.kind === 'list' && place.of.kind === 'in-list' && place.alone && place.width === 1
}

/** What stands behind IN instead of the list. */
export function selection(placement: Placement, name: string): string {
  const inner = `SELECT ${column} FROM ${name}`
  return placement.place.kind === 'list' && placement.place.bare ? `(${inner})` : inner
}

/** The place and the text of WITH parts in front of all others of a query. */
export function withParts(
  query: Query,
  parts: readonly { name: string; rows: string }[],
): { at: number; texts: string[] } {
  const [first] = query.ctes
  const texts = parts.map(({ name, rows }, index) => {
    const opens = first === undefined && index === 0 ? 'WITH ' : ''
    const closes = first === undefined && index === parts.length - 1 ? '\n' : ',\n'
    return `${opens}${name} (${column}) AS (VALUES ${rows})${closes}`
  })
  return { at: first?.from ?? query.from, texts }
}

/** Writes a list as a WITH part in the template itself; null where it stands elsewhere than behind IN. */
export function listAsTable(
  template: string,
  query: Query,
  name: string,
  placements: readonly Placement[],
): Fix | null {
  const own = placements.filter((placement) => placement.use.name === name)
  if (own.length === 0 || !own.every(canBeTable)) return null
  const table = new ListNames(template).nameOf(name)
  const { at, texts } = withParts(query, [{ name: table, rows: `{{${name}}}` }])
  const edits: Edit[] = [{ from: at, to: at, text: texts.join('') }]
  for (const placement of own) edits.push({ ...placement.range, text: selection(placement, table) })
  return { title: `Write ${name} as a WITH part with VALUES`, edits: edits.toSorted((a, b) => a.from - b.from) }
}
