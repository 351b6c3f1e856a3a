import type { Edit } from '../diagnostic.ts'
import type { Binding, ResolvedBody, ResolvedCte, ResolvedQuery, ResolvedSelect } from '../resolve/resolution.ts'
import type { Expression, Range } from '../tree.ts'
import { removeItem } from '../edits.ts'
import type { Rule, RuleContext, RuleEntry } from './rule.ts'

/** A WITH part or one of its columns that nobody reads. */
export const unusedParts: Rule = {
  code: 'AMC045',
  severity: 'info',
  check(context, report) {
    // What reads it may not be written yet, or be written wrong.
    if (context.broken || [...context.faults(...names)].length > 0) return
    const queries = [...context.resolution.queries.values()].filter((query) => query.ctes.length > 0)
    if (queries.length === 0) return
    const used = new Uses(context)
    for (const query of queries)
      for (const [at, cte] of query.ctes.entries()) {
        const columns = used.of(cte)
        if (columns === null) {
          report(cte.node.name, {
            message: `Nothing reads the WITH part ${cte.name}`,
            help: 'Remove it',
            fixes: [{ title: `Remove ${cte.name}`, edits: [withoutPart(query, at)] }],
          })
          continue
        }
        for (const index of cte.relation.columns.keys()) {
          const place = columns.size === 0 || columns.has(index) ? null : placeOf(context, cte, index, used)
          if (place === null) continue
          const name = cte.relation.columns[index]?.name ?? ''
          const edits = withoutColumn(cte, index)
          report(place, {
            message: `Nothing reads the column ${name} of ${cte.name}`,
            help: 'Remove it',
            ...(edits !== null && { fixes: [{ title: `Remove ${name}`, edits }] }),
          })
        }
      }
  },
}

export const unusedPartsEntry: RuleEntry = {
  rule: unusedParts,
  title: 'Every WITH part and every column of one is read',
  why: `What nobody reads costs time, hides what the query is about, and is often a sign of a mistake: the wrong name a few lines below. Columns behind DISTINCT and UNION take part in telling rows apart, so the rule says nothing of them.`,
  source: 'fact',
  bad: `WITH clicks AS (SELECT user_id, SUM(clicks) AS clicks FROM dsp_clicks WHERE user_id IS NOT NULL GROUP BY user_id),
seen AS (SELECT user_id, campaign FROM dsp_impressions WHERE user_id IS NOT NULL GROUP BY user_id, campaign)
SELECT campaign, COUNT(DISTINCT user_id) AS users FROM seen GROUP BY campaign`,
  good: `WITH seen AS (SELECT user_id, campaign FROM dsp_impressions WHERE user_id IS NOT NULL GROUP BY user_id, campaign)
SELECT campaign, COUNT(DISTINCT user_id) AS users FROM seen GROUP BY campaign`,
}

const names = ['unknown-column', 'unknown-table', 'unknown-qualifier', 'ambiguous-column', 'sibling-alias'] as const

/** Which columns of which WITH parts are read. */
class Uses {
  readonly #columns = new Map<ResolvedCte, Set<number>>()
  /** What GROUP BY, HAVING and ORDER BY name by an alias. */
  readonly aliased = new Set<Expression>()

  constructor(context: RuleContext) {
    const { resolution } = context
    for (const select of context.selects) {
      for (const { from } of select.sources) if (from.kind === 'cte') this.#setOf(from.cte)
      this.#readJoins(select)
      // A star that could not be written out may read everything.
      if (select.items.some(({ expression }) => expression.kind === 'star'))
        for (const source of select.sources) if (source.from.kind === 'cte') this.#readAll(source.from.cte)
    }
    // An iterator over thousands of bindings would make an object for each.
    resolution.bindings.forEach((binding) => this.#read(binding))
    for (const query of resolution.queries.values())
      for (const cte of query.ctes)
        for (const { column } of cte.query.orderBy) if (column !== null) this.#columns.get(cte)?.add(column)
  }

  /** The positions of the columns that are read; null where nobody names the part. */
  of(cte: ResolvedCte): ReadonlySet<number> | null {
    return this.#columns.get(cte) ?? null
  }

  #setOf(cte: ResolvedCte): Set<number> {
    let columns = this.#columns.get(cte)
    if (columns === undefined) {
      columns = new Set()
      this.#columns.set(cte, columns)
    }
    return columns
  }

  #readAll(cte: ResolvedCte): void {
    for (const index of cte.relation.columns.keys()) this.#setOf(cte).add(index)
  }

  #read(binding: Binding): void {
    if (binding.kind === 'alias') this.aliased.add(binding.expression)
    else if (binding.kind === 'merged') {
      this.#read(binding.left)
      this.#read(binding.right)
    } else if (binding.source.from.kind === 'cte') this.#setOf(binding.source.from.cte).add(binding.index)
  }

  #readJoins(select: ResolvedSelect): void {
    for (const item of select.from)
      for (let at = item; at.kind === 'join'; at = at.left)
        for (const { left, right } of at.using) {
          this.#read(left)
          this.#read(right)
        }
  }
}

function withoutPart({ node }: ResolvedQuery, at: number): Edit {
  if (node.ctes.length > 1) return removeItem(node.ctes, at)
  return { from: node.from, to: node.body.from, text: '' }
}

/** The SELECTs that fill a column; null where taking it away changes which rows there are, or where it is no item of a list. */
function branchesOf(body: ResolvedBody): readonly ResolvedSelect[] | null {
  if (body.kind === 'select') return body.node.distinct ? null : [body]
  if (body.kind !== 'union' || !body.node.all) return null
  const branches = body.branches.map(branchesOf)
  return branches.every((branch) => branch !== null) ? branches.flat() : null
}

/** Where a column is made; null behind a star, where the part reads it itself, and for group keys, which say what a row is. */
function placeOf(context: RuleContext, cte: ResolvedCte, index: number, used: Uses): Range | null {
  const [first] = branchesOf(cte.query.body) ?? []
  const item = first?.items[index]
  if (first === undefined || item === undefined || !first.node.items.includes(item)) return null
  if (used.aliased.has(item.expression)) return null
  const id = context.facts(item.expression)?.id
  if (first.groupBy.some((key) => context.facts(key)?.id === id)) return null
  return cte.node.columns?.[index] ?? item
}

/** Takes a column out of every branch, where no position of GROUP BY would move. */
function withoutColumn(cte: ResolvedCte, index: number): Edit[] | null {
  const branches = branchesOf(cte.query.body)
  if (branches === null || cte.query.orderBy.length > 0) return null
  const edits: Edit[] = []
  for (const { node, items } of branches) {
    const item = items[index]
    const byPosition = node.groupBy.some((key) => key.kind === 'literal')
    if (item === undefined || items.length !== node.items.length || items.length < 2 || byPosition) return null
    edits.push(removeItem(node.items, index))
  }
  const { columns } = cte.node
  return columns === null ? edits : [removeItem(columns, index), ...edits]
}
