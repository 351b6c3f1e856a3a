import type { Table } from '../schema.ts'
import type { Expression, Range } from '../tree.ts'
import { childrenOf } from '../resolve/children.ts'
import { choices, Followed, type Place } from './followed.ts'

/** Values among which a literal or a parameter was put: by CASE, COALESCE and the like, or by a branch of a union. */
export class LiteralMixes extends Followed<Range> {
  protected ofColumn(_table: Table, _index: number): null {
    return null
  }

  protected ofExpression(node: Expression): Range | null {
    if (node.kind === 'case') return this.among(choices(node))
    const parts =
      node.kind === 'call' && /^(IF|NVL2)$/i.test(node.name.text) ? node.arguments.slice(1) : childrenOf(node)
    if (node.kind === 'call' && alternatives.test(node.name.text)) return this.among(parts)
    for (const part of parts) {
      const mixed = this.expression(part)
      if (mixed !== null) return mixed
    }
    return null
  }

  protected either(places: readonly Place<Range>[]): Range | null {
    const mixed = places.find(({ fact }) => fact !== null)?.fact
    const present = places.filter(({ absent }) => !absent)
    const fixed = present.filter(({ constant }) => constant)
    return mixed ?? (fixed.length < present.length ? fixed[0]?.range : undefined) ?? null
  }
}

const alternatives = /^(IF|NVL2|COALESCE|IFNULL|NVL|NULLIF|GREATEST|LEAST)$/i
