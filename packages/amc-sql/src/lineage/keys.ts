import { conjuncts } from '../resolve/conjuncts.ts'
import type { Resolution, ResolvedBody, ResolvedSelect, ResolvedUnion, Source } from '../resolve/resolution.ts'
import type { Table } from '../schema.ts'
import type { Expression } from '../tree.ts'
import { bodyOf } from './followed.ts'
import { JoinedRows, type Key } from './joined-rows.ts'

/** What tells the rows of a query apart. */
export interface Rows {
  /** None where rows can be alike. */
  keys: readonly Key[]
  /** By the position of a rank: the columns within which it counts; null where some of them are no columns of the query. */
  ranks: ReadonlyMap<number, Key | null>
}

/** Columns that no two rows of a source table share (data model, section 2). */
const tableKeys: Readonly<Record<string, string>> = {
  conversions: 'conversion_id',
  conversions_all: 'conversion_id',
  sponsored_ads_traffic: 'event_id',
  amazon_live_traffic: 'event_id',
  amazon_retail_purchases: 'event_id',
  dsp_impressions: 'request_tag',
  dsp_clicks: 'request_tag',
  dsp_video_events_feed: 'request_tag',
}

const noRanks: ReadonlyMap<number, Key | null> = new Map()
/** One row, or not known: nobody can say that it repeats anything. */
const single: Rows = { keys: [[]], ranks: noRanks }

/** Which columns tell the rows of every query apart, so that a join is known to repeat rows, or not to. */
export class Keys {
  readonly #resolution: Resolution
  readonly #bodies = new Map<ResolvedBody, Rows>()
  readonly #joined = new Map<ResolvedSelect, JoinedRows>()

  constructor(resolution: Resolution) {
    this.#resolution = resolution
    // Inner queries come first, so that a long chain of WITH parts is no deep recursion.
    for (const query of resolution.queries.values()) this.rows(query.body)
  }

  rows(body: ResolvedBody): Rows {
    let rows = this.#bodies.get(body)
    if (rows === undefined) {
      rows = this.#rowsOf(body)
      this.#bodies.set(body, rows)
    }
    return rows
  }

  /** The rows of the FROM of a SELECT, as far as its WHERE leaves them. */
  joined(select: ResolvedSelect): JoinedRows {
    let joined = this.#joined.get(select)
    if (joined === undefined) {
      const filtered = this.#rankFilters(select)
      joined = new JoinedRows(this.#resolution, select, (source) => filtered.get(source) ?? this.source(source).keys)
      this.#joined.set(select, joined)
    }
    return joined
  }

  /** The rows of one member of FROM. */
  source(source: Source): Rows {
    const { from } = source
    const body = bodyOf(source)
    if (body !== null) return this.rows(body)
    return from.kind === 'table' ? { keys: keysOfTable(from.table), ranks: noRanks } : single
  }

  /** The positions of the output columns that have a class, by the class. */
  positions(select: ResolvedSelect): ReadonlyMap<number, number> {
    const joined = this.joined(select)
    const positions = new Map<number, number>()
    for (const [at, { expression }] of select.items.entries()) {
      const found = joined.classOf(expression)
      if (found !== null && !positions.has(found)) positions.set(found, at)
    }
    return positions
  }

  #rowsOf(body: ResolvedBody): Rows {
    switch (body.kind) {
      case 'values':
        return single
      case 'parenthesized':
        return this.rows(body.query.body)
      case 'union':
        return this.#unionRows(body)
      case 'select':
        return this.#selectRows(body)
    }
  }

  #selectRows(select: ResolvedSelect): Rows {
    if (select.sources.length === 0 || (select.aggregate && select.groupBy.length === 0)) return single
    if (select.sources.some(({ relation }) => relation.open)) return single
    const keys: Key[] = []
    if (select.aggregate) {
      const key = this.#groupKey(select)
      if (key !== null) keys.push(key)
    } else {
      const joined = this.joined(select)
      const positions = this.positions(select)
      for (const key of joined.keys) {
        const places = placesOf(joined.missing(key, []), positions)
        if (places !== null) keys.push(places)
      }
    }
    if (select.node.distinct) keys.push([...select.items.keys()])
    return { keys, ranks: this.#ranks(select) }
  }

  /** The positions of GROUP BY in the output. */
  #groupKey(select: ResolvedSelect): Key | null {
    const { expressions } = this.#resolution
    const positions = new Map(select.items.map(({ expression }, at) => [expressions.get(expression)?.id, at]))
    const places: number[] = []
    for (const key of select.groupBy) {
      const facts = expressions.get(key)
      if (facts === undefined || facts.constant) continue
      const at = positions.get(facts.id)
      if (at === undefined) return null
      places.push(at)
    }
    return places
  }

  #ranks(select: ResolvedSelect): ReadonlyMap<number, Key | null> {
    let ranks: Map<number, Key | null> | null = null
    for (const [at, { expression }] of select.items.entries()) {
      const rank = this.#rankIn(select, expression)
      if (rank === undefined) continue
      ranks ??= new Map()
      ranks.set(at, rank === null ? null : placesOf(rank, this.positions(select)))
    }
    return ranks ?? noRanks
  }

  /** The classes within which an item ranks, null where they are not known; undefined where it is no rank. */
  #rankIn(select: ResolvedSelect, node: Expression): readonly (number | null)[] | null | undefined {
    if (node.kind === 'call' && node.over !== null && isRank(node.name.text)) {
      const partition = this.#resolution.windows.get(node.over)?.partitionBy ?? []
      return partition.map((part) => this.joined(select).classOf(part))
    }
    if (node.kind !== 'column' || select.aggregate) return undefined
    const rank = this.rankOf(node)
    return rank === null ? undefined : (rank.within?.map((at) => this.joined(select).column(rank.source, at)) ?? null)
  }

  /** The keys of sources of which WHERE leaves the first row of each rank. */
  #rankFilters(select: ResolvedSelect): ReadonlyMap<Source, readonly Key[]> {
    const filtered = new Map<Source, readonly Key[]>()
    for (const condition of conjuncts(select.node.where)) {
      if (condition.kind !== 'binary') continue
      const rank = this.rankOf(condition.left) ?? this.rankOf(condition.right)
      if (rank !== null) filtered.set(rank.source, [rank.within ?? []])
    }
    return filtered
  }

  /** Whether WHERE looks at a rank, by which rows that belong together become one. */
  filtersRank(select: ResolvedSelect): boolean {
    return this.#rankFilters(select).size > 0
  }

  /** The rank that a column is, and within which columns of its source it counts. */
  rankOf(node: Expression): { source: Source; within: Key | null } | null {
    const binding = node.kind === 'column' ? this.#resolution.bindings.get(node) : undefined
    if (binding?.kind !== 'column') return null
    const within = this.source(binding.source).ranks.get(binding.index)
    return within === undefined ? null : { source: binding.source, within }
  }

  #unionRows(body: ResolvedUnion): Rows {
    const all = [...body.relation.columns.keys()]
    if (!body.node.all) return { keys: [all], ranks: noRanks }
    const branches = body.branches.map((branch) => this.rows(branch))
    const places = new Set<number>()
    for (const { keys } of branches) {
      const [first] = keys
      if (first === undefined) return { keys: [], ranks: noRanks }
      for (const at of first) places.add(at)
    }
    // 'dsp' AS source: the same key in two branches are two rows.
    if (places.size > 0)
      for (const at of all)
        if (body.branches.every(({ relation }) => relation.columns[at]?.constant === true)) places.add(at)
    const ranks = new Map(branches.flatMap((branch) => [...branch.ranks]))
    return { keys: [[...places]], ranks }
  }
}

/** The keys of a resolution. */
export function keysOf({ resolution }: { resolution: Resolution }): Keys {
  return new Keys(resolution)
}

/** Only tables of events are known to have rows that are alike in all but their own ids. */
function keysOfTable(table: Table): readonly Key[] {
  if (table.kind !== 'fact' || table.timeColumn === null) return single.keys
  const name = tableKeys[table.name.replace(/_for_audiences$/, '')]
  const at = name === undefined ? -1 : table.columns.findIndex((column) => column.name === name)
  return at === -1 ? [] : [[at]]
}

function isRank(name: string): boolean {
  return /^(ROW_NUMBER|RANK|DENSE_RANK)$/i.test(name)
}

/** The positions of classes; null where one of them has none. */
function placesOf(classes: readonly (number | null)[], positions: ReadonlyMap<number, number>): number[] | null {
  const places: number[] = []
  for (const one of classes) {
    const at = one === null ? undefined : positions.get(one)
    if (at === undefined) return null
    places.push(at)
  }
  return places
}
