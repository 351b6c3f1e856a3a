import type { Call, Expression, Query } from '../tree.ts'

/** A `CUSTOM_PARAMETER('name')` with the expressions and queries around it, the innermost first. */
export interface CustomUse {
  name: string
  call: Call
  around: Expression[]
}

/** Every use of a parameter of AMC, in the order of the tree. */
export function customUses(query: Query): CustomUse[] {
  const uses: CustomUse[] = []
  const path: Expression[] = []
  const walk = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return
    const node = 'kind' in value && 'from' in value ? (value as Expression) : null
    if (node?.kind === 'call') {
      const name = customName(node)
      if (name !== null) uses.push({ name, call: node, around: path.toReversed() })
    }
    if (node !== null) path.push(node)
    for (const child of Object.values(value)) walk(child)
    if (node !== null) path.pop()
  }
  walk(query)
  return uses
}

/** The name in `CUSTOM_PARAMETER('name')`, null for other calls. */
export function customName(call: Call): string | null {
  const [argument] = call.arguments
  const isOne = call.name.text.toUpperCase() === 'CUSTOM_PARAMETER' && argument?.kind === 'literal'
  return isOne && argument.type === 'string' ? argument.value : null
}
