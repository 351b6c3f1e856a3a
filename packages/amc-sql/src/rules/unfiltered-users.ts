import { conjuncts } from '../resolve/conjuncts.ts'
import {
  columnKey,
  type Binding,
  type FromItem,
  type ResolvedBody,
  type ResolvedJoin,
  type ResolvedSelect,
  type Source,
} from '../resolve/resolution.ts'
import type { ColumnReference, Expression } from '../tree.ts'
import { addCondition } from './conditions.ts'
import { suggest } from '../edits.ts'
import type { Finding, Report, Rule, RuleContext, RuleEntry } from './rule.ts'

/** Events without a user make one big "person" where rows are grouped by the user, and stray rows where they are joined by it. */
export const unfilteredUsers: Rule = {
  code: 'AMC024',
  severity: 'warning',
  check(context, report) {
    const check = new UserCheck(context, report)
    const final = new Set(context.finalSelects)
    for (const select of context.selects) {
      if (!final.has(select)) check.grouping(select)
      for (const item of select.from) check.joins(select, item)
      check.passed(select)
    }
  },
}

export const unfilteredUsersEntry: RuleEntry = {
  rule: unfilteredUsers,
  title: 'user_id IS NOT NULL before people are grouped or joined',
  why: 'Many events have no `user_id`. Grouped by it they become one person with thousands of events, who distorts every frequency and every average; in the kept side of an outer join they are rows that can match nothing. Amazon’s own queries filter them out in each WITH part. `COUNT(DISTINCT user_id)` alone does not count them and needs no filter.',
  source: 'fact',
  bad: `WITH per_user AS (
  SELECT user_id, SUM(impressions) AS frequency
  FROM dsp_impressions
  GROUP BY user_id
)
SELECT frequency, COUNT(DISTINCT user_id) AS users FROM per_user GROUP BY frequency`,
  good: `WITH per_user AS (
  SELECT user_id, SUM(impressions) AS frequency
  FROM dsp_impressions
  WHERE user_id IS NOT NULL
  GROUP BY user_id
)
SELECT frequency, COUNT(DISTINCT user_id) AS users FROM per_user GROUP BY frequency`,
}

const help = 'Add user_id IS NOT NULL to the WHERE of the WITH part'

/** Looks at the SELECTs of a text, inner ones first; what has been reported counts as filtered further out. */
class UserCheck {
  readonly #context: RuleContext
  readonly #report: Report
  readonly #reported = new Set<ResolvedSelect | Source>()
  readonly #filters = new Map<ResolvedSelect, ReadonlySet<number>>()
  readonly #bodies = new Map<ResolvedBody, boolean[]>()
  #passed: ResolvedSelect[] = []

  constructor(context: RuleContext, report: Report) {
    this.#context = context
    this.#report = report
  }

  /** Rows grouped by the user, or made different with it. */
  grouping(select: ResolvedSelect): void {
    const keys = select.node.distinct ? select.items.map(({ expression }) => expression) : select.groupBy
    for (const [at, key] of keys.entries()) {
      if (!this.#context.isUserId(key) || key.kind !== 'column' || this.#isFiltered(select, key)) continue
      this.#reported.add(select)
      const place = select.node.distinct ? key : (select.node.groupBy[at] ?? key)
      this.#report(place, {
        message: 'Events without a user are grouped here as if they were one person',
        help,
        ...this.#fix(select, key),
      })
      return
    }
  }

  /** The sides of joins by the user whose rows stay when they match nothing. */
  joins(select: ResolvedSelect, item: FromItem): void {
    for (let at = item; at.kind === 'join'; at = at.left) {
      this.joins(select, at.right)
      for (const condition of conjuncts(at.node.on))
        if (condition.kind === 'binary' && condition.operator === '=') {
          this.#side(select, at, condition.left)
          this.#side(select, at, condition.right)
        }
    }
  }

  /** Says that a SELECT has been looked at; inner ones come before those around them. */
  passed(select: ResolvedSelect): void {
    this.#passed.push(select)
  }

  #side(select: ResolvedSelect, join: ResolvedJoin, node: Expression): void {
    if (node.kind !== 'column' || !this.#context.isUserId(node) || (join.type !== 'left' && join.type !== 'full'))
      return
    const binding = this.#context.resolution.bindings.get(node)
    if (binding?.kind !== 'column' || this.#reported.has(binding.source) || this.#isFiltered(select, node)) return
    const keeps = join.type === 'full' || !holds(join.right, binding.source)
    if (!keeps) return
    this.#reported.add(binding.source)
    this.#report(node, {
      message: `Rows of ${binding.source.alias || 'this side'} without a user stay in this join and match nothing`,
      help,
      ...(join.type === 'left' && this.#fix(select, node)),
    })
  }

  /** The filter where the column is read: in the SELECT itself, or in the WITH part that brings it. */
  #fix(select: ResolvedSelect, node: ColumnReference): Pick<Finding, 'fixes'> {
    const text = `${this.#context.textOf(node)} IS NOT NULL`
    return suggest(`Add ${text}`, ...addCondition(this.#context, select, text))
  }

  #isFiltered(select: ResolvedSelect, node: Expression): boolean {
    if (this.#reported.has(select)) return true
    if (node.kind === 'column') return this.#isBindingFiltered(select, this.#context.resolution.bindings.get(node))
    if (node.kind === 'call' && /^(COALESCE|IFNULL|NVL)$/i.test(node.name.text))
      return node.arguments.every((argument) => this.#isFiltered(select, argument))
    return true
  }

  #isBindingFiltered(select: ResolvedSelect, binding: Binding | undefined): boolean {
    if (binding?.kind === 'merged')
      return this.#isBindingFiltered(select, binding.left) && this.#isBindingFiltered(select, binding.right)
    if (binding?.kind !== 'column') return true
    const { source, index } = binding
    if (this.#filtersOf(select).has(columnKey(source, index))) return true
    const { from } = source
    this.#catchUp()
    if (from.kind === 'cte') return this.#bodyOf(from.cte.query.body)[index] ?? true
    if (from.kind === 'query') return this.#bodyOf(from.query.body)[index] ?? true
    return from.kind !== 'table'
  }

  /** What lies further in is made first, so that a long chain of WITH parts is no deep recursion. */
  #catchUp(): void {
    const waiting = this.#passed
    this.#passed = []
    for (const select of waiting) this.#bodyOf(select)
  }

  /** For each column whether NULL is kept out of it. */
  #bodyOf(body: ResolvedBody): readonly boolean[] {
    let columns = this.#bodies.get(body)
    if (columns !== undefined) return columns
    switch (body.kind) {
      case 'select':
        columns = body.items.map(({ expression }) => this.#isFiltered(body, expression))
        break
      case 'union':
        columns = body.relation.columns.map((_, at) =>
          body.branches.every((branch) => this.#bodyOf(branch)[at] ?? true),
        )
        break
      case 'parenthesized':
        columns = [...this.#bodyOf(body.query.body)]
        break
      case 'values':
        columns = []
    }
    this.#bodies.set(body, columns)
    return columns
  }

  /** The columns of FROM that conditions keep NULL out of, by their keys. */
  #filtersOf(select: ResolvedSelect): ReadonlySet<number> {
    let filters = this.#filters.get(select)
    if (filters === undefined) {
      const found = new Set<number>()
      for (const condition of conjuncts(select.node.where)) this.#addFilters(condition, found)
      for (const item of select.from)
        for (let at = item; at.kind === 'join'; at = at.left)
          if (at.type === 'inner') for (const condition of conjuncts(at.node.on)) this.#addFilters(condition, found)
      filters = found
      this.#filters.set(select, filters)
    }
    return filters
  }

  #addFilters(condition: Expression, found: Set<number>): void {
    const excludes = (node: Expression): void => {
      const binding = node.kind === 'column' ? this.#context.resolution.bindings.get(node) : undefined
      if (binding?.kind === 'column') found.add(columnKey(binding.source, binding.index))
    }
    if (condition.kind === 'is' && condition.negated) excludes(condition.operand)
    else if (condition.kind === 'binary') {
      excludes(condition.left)
      excludes(condition.right)
    } else if (condition.kind === 'in-subquery' || condition.kind === 'in-list' || condition.kind === 'like')
      excludes(condition.operand)
  }
}

function holds(item: FromItem, source: Source): boolean {
  return item.kind === 'source' ? item === source : holds(item.left, source) || holds(item.right, source)
}
