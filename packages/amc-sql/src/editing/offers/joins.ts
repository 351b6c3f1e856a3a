import type { Resolution, Source } from '../../resolve/resolution.ts'
import type { AmcType } from '../../resolve/types.ts'
import type { Expression } from '../../tree.ts'
import { plainItem, type CompletionItem } from '../completion.ts'
import { spelled } from '../names.ts'
import { branchesOf, catalogueColumnOf } from '../origin.ts'
import { cased, type Asked } from './asked.ts'

/** Columns that name the same thing wherever they occur (data sources guide); the first are of one event, the last of many. */
const sharedKeys =
  `request_tag impression_id conversion_id user_id campaign_id_string campaign_id line_item_id creative_id
event_id segment_id purchase_id session_id visit_id tracked_asin tracked_item asin creative_asin broadcast_id pv_session_id
pv_subscription_id ncs_household_id advertiser_id entity_id campaign line_item advertiser`.split(/\s+/)

/** Columns of different names that hold the same values (data sources guide). */
const sameValues: readonly (readonly [string, string])[] = [
  ['request_tag', 'impression_id'],
  ['event_id', 'traffic_event_id'],
]

/** Keys that are only unique together. */
const together: Readonly<Record<string, string>> = { segment_id: 'segment_marketplace_id' }

interface Side {
  source: Source
  /** Its columns by the name that they have at Amazon, whatever they are called here. */
  keys: ReadonlyMap<string, { name: string; type: AmcType }>
  /** What it has one row for each of, by the same names; null where that is not known. */
  uniqueBy: readonly string[] | null
}

interface Offer {
  conditions: string[]
  rank: number
  detail: string
}

/** Whole conditions for the ON of a join; those that repeat no row of the other side go first. */
export function joinItems(asked: Asked): CompletionItem[] {
  const { resolution } = asked.place.reading
  const { right, lefts } = sidesAt(asked)
  if (right === null || right.alias === '') return []
  const to = sideOf(resolution, right)
  return lefts
    .filter((left) => left.alias !== '')
    .flatMap((left) => offersOf(sideOf(resolution, left), to))
    .toSorted((a, b) => b.rank - a.rank)
    .slice(0, 12)
    .map(({ conditions, rank, detail }) => plainItem('join', conditions.join(cased(asked, ' AND ')), rank, { detail }))
}

/** The columns that both sides of a join have, for USING. */
export function sharedColumns(asked: Asked): CompletionItem[] {
  const { right, lefts } = sidesAt(asked)
  if (right === null) return []
  return right.relation.columns.flatMap((column) => {
    const key = column.name.toLowerCase()
    if (!lefts.some((left) => left.relation.index.has(key))) return []
    const place = sharedKeys.indexOf(key)
    return [plainItem('column', column.name, place === -1 ? 80 : 95 - place * 0.1, { insert: spelled(column.name) })]
  })
}

/** The member of FROM that was joined last before the place, and those before it, the nearest first. */
function sidesAt(asked: Asked): { right: Source | null; lefts: readonly Source[] } {
  const before = asked.sources.filter((source) => source.node.from < asked.place.word.from)
  return { right: before.at(-1) ?? null, lefts: before.slice(0, -1).toReversed() }
}

function sideOf(resolution: Resolution, source: Source): Side {
  const keys = new Map<string, { name: string; type: AmcType }>()
  for (const [index, { name, type }] of source.relation.columns.entries()) {
    const key = (catalogueColumnOf(resolution, source, index)?.column.name ?? name).toLowerCase()
    if (!keys.has(key)) keys.set(key, { name, type })
  }
  return { source, keys, uniqueBy: uniqueKeys(resolution, source) }
}

function offersOf(left: Side, right: Side): Offer[] {
  const offers: Offer[] = []
  const add = (keys: readonly (readonly [string, string])[], rank: number, detail: string): void => {
    const conditions = keys.map(([a, b]) => condition(left, a, right, b))
    if (conditions.length === 0 || conditions.includes(null)) return
    const unique =
      covers(
        keys.map(([a]) => a),
        left,
      ) ||
      covers(
        keys.map(([, b]) => b),
        right,
      )
    offers.push({ conditions: conditions.filter((one) => one !== null), rank: rank + (unique ? 2 : 0), detail })
  }
  for (const [one, other] of sameValues) {
    add([[one, other]], 96.9, 'the same event')
    add([[other, one]], 96.9, 'the same event')
  }
  for (const [place, key] of sharedKeys.entries()) {
    const second = together[key]
    const keys = second === undefined ? [key] : [key, second]
    add(
      keys.map((each) => [each, each]),
      96.8 - place * 0.05,
      key === 'user_id' ? 'the same person' : 'the same ids',
    )
  }
  for (const { uniqueBy } of [right, left])
    if (uniqueBy !== null && uniqueBy.length > 1)
      add(
        uniqueBy.map((key) => [key, key]),
        97,
        'all keys of its GROUP BY',
      )
  return offers
}

function condition(left: Side, leftKey: string, right: Side, rightKey: string): string | null {
  const [a, b] = [left.keys.get(leftKey), right.keys.get(rightKey)]
  if (a === undefined || b === undefined || a.type.kind !== b.type.kind) return null
  return `${spelled(left.source.alias)}.${spelled(a.name)} = ${spelled(right.source.alias)}.${spelled(b.name)}`
}

/** True where the keys leave at most one row of a side. */
function covers(keys: readonly string[], side: Side): boolean {
  return side.uniqueBy !== null && side.uniqueBy.every((key) => keys.includes(key))
}

/** The columns by which a query groups, or all of a DISTINCT one; null where a row may come twice. */
function uniqueKeys(resolution: Resolution, source: Source): string[] | null {
  if (source.from.kind === 'table' || source.from.kind === 'unknown') return null
  const { body } = source.from.kind === 'cte' ? source.from.cte.query : source.from.query
  const [select, ...more] = branchesOf(body)
  if (select === undefined || more.length > 0) return null
  const idOf = (expression: Expression): number | undefined => resolution.expressions.get(expression)?.id
  const grouped = new Set(select.groupBy.map(idOf))
  if (grouped.size === 0 && !select.node.distinct) return null
  const keys: string[] = []
  for (const [index, item] of select.items.entries()) {
    const id = idOf(item.expression)
    if (grouped.size > 0 && !grouped.delete(id)) continue
    const own = source.relation.columns[index]?.name ?? ''
    keys.push((catalogueColumnOf(resolution, source, index)?.column.name ?? own).toLowerCase())
  }
  // A key that is not in the select list cannot be compared.
  return grouped.size > 0 ? null : keys
}
