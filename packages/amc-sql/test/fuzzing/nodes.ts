import type { Range } from '../../src/index.ts'

export interface Node extends Range {
  kind?: unknown
}

/** Every object with a range in a tree, each with the one around it; no recursion, so that any depth will do. */
export function nodesOf(tree: object): { node: Node; around: Node | null }[] {
  const found: { node: Node; around: Node | null }[] = []
  const open: { value: object; around: Node | null }[] = [{ value: tree, around: null }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, around } = next
    const isNode = 'from' in value && 'to' in value
    const node = isNode ? (value as Node) : around
    if (isNode) found.push({ node: value as Node, around })
    for (const child of Object.values(value))
      if (typeof child === 'object' && child !== null) open.push({ value: child, around: node })
  }
  return found
}
