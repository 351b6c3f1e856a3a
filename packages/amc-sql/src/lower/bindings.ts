import type { Binding } from '../resolve/resolution.ts'
import type { Lowering } from './lowering.ts'

/** What a name reads. */
export function lowerBinding(l: Lowering, binding: Binding): string {
  switch (binding.kind) {
    case 'column':
      return binding.index < 0 ? 'NULL' : l.column(binding.source, binding.index)
    case 'alias':
      return l.expression(binding.expression)
    case 'merged': {
      const [left, right] = [lowerBinding(l, binding.left), lowerBinding(l, binding.right)]
      if (binding.type === 'full') return `coalesce(${left}, ${right})`
      return binding.type === 'right' ? right : left
    }
  }
}
