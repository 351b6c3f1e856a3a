import { conjuncts } from '../resolve/conjuncts.ts'
import type { FromItem, Resolution, ResolvedQuery, ResolvedSelect, Source } from '../resolve/resolution.ts'
import { sourcesOf } from '../resolve/scope.ts'
import type { Expression, Range } from '../tree.ts'
import type { Tracking } from './tracking.ts'

/** The names that mean a column of a query around their own, with where that column comes from. */
export class CorrelatedNames {
  readonly #names: readonly { name: Range; source: Range }[]

  constructor({ faults, bindings }: Resolution) {
    const reported = new Set(faults.flatMap((fault) => (fault.kind === 'correlated-name' ? [fault.range.from] : [])))
    this.#names =
      reported.size === 0
        ? []
        : [...bindings].flatMap(([name, binding]) =>
            reported.has(name.from) ? [...sourcesOf(binding)].map(({ source }) => ({ name, source: source.node })) : [],
          )
  }

  /** Whether a query inside an expression reads columns of a query around it. */
  isIn({ node }: ResolvedQuery): boolean {
    return this.#names.some(({ name, source }) => isInside(name, node) && !isInside(source, node))
  }
}

function isInside(inner: Range, outer: Range): boolean {
  return inner.from >= outer.from && inner.to <= outer.to
}

/**
 * Whether each row of a correlated query belongs to the very user that the row around belongs to: every user-level table inside is
 * tied by `inside.user_id = around.user_id`, or joined with one that is. Such a query tells nothing of anybody else.
 */
export function isOfSameUser(tracking: Tracking, { node, body }: ResolvedQuery): boolean {
  if (body.kind !== 'select') return false
  const { input, links } = tracking.select(body)
  const tied = new Set<number>()
  for (const condition of conditions(body))
    if (condition.kind === 'binary' && condition.operator === '=')
      for (const [inside, around] of [
        [condition.left, condition.right],
        [condition.right, condition.left],
      ] as const)
        if (isUserAround(tracking.resolution, around, node))
          for (const path of links.closure(identityInside(tracking, inside, node))) tied.add(path)
  return input.paths.every(({ form }, path) => form === 'one' && tied.has(path))
}

/** Conditions that hold for every row of a SELECT. */
function conditions(select: ResolvedSelect): readonly Expression[] {
  const found = [...conjuncts(select.node.where)]
  const walk = (item: FromItem): void => {
    if (item.kind !== 'join' || item.type !== 'inner') return
    walk(item.left)
    walk(item.right)
    found.push(...conjuncts(item.node.on))
  }
  for (const item of select.from) walk(item)
  return found
}

function isUserAround(resolution: Resolution, node: Expression, query: Range): boolean {
  const type = resolution.expressions.get(node)?.type
  const source = sourceOf(resolution, node)
  return type?.kind === 'STRING' && type.userId === true && source !== null && !isInside(source.node, query)
}

function identityInside(tracking: Tracking, node: Expression, query: Range): readonly number[] {
  const source = sourceOf(tracking.resolution, node)
  return source !== null && isInside(source.node, query) ? tracking.expression(node).identity : []
}

function sourceOf(resolution: Resolution, node: Expression): Source | null {
  const binding = node.kind === 'column' ? resolution.bindings.get(node) : undefined
  return binding?.kind === 'column' ? binding.source : null
}

/** Whether any query of the text reads tables about users, the ones inside expressions included. */
export function readsUsers(tracking: Tracking): boolean {
  for (const query of tracking.resolution.queries.values()) if (tracking.query(query).paths.length > 0) return true
  return false
}
