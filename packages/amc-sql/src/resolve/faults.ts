import type { Range } from '../tree.ts'

/** What the resolver found wrong. It only states facts; the rules turn them into words with a code and a severity. */
export type Fault =
  | { kind: 'unknown-table'; range: Range; name: string; nearest: string | null }
  | { kind: 'unknown-column'; range: Range; name: string; table: string | null; nearest: string | null }
  | { kind: 'unknown-qualifier'; range: Range; name: string; nearest: string | null }
  | { kind: 'legacy-column'; range: Range; name: string; table: string }
  | { kind: 'ambiguous-column'; range: Range; name: string; candidates: string[] }
  | { kind: 'sibling-alias'; range: Range; name: string; clause: 'WHERE' | 'SELECT' | 'ON' }
  | { kind: 'unknown-function'; range: Range; name: string; types: string[]; nearest: string | null }
  | { kind: 'foreign-function'; range: Range; name: string; types: string[]; hint: string }
  | { kind: 'undocumented-function'; range: Range; name: string }
  | { kind: 'unknown-unit'; range: Range; name: string; unit: string; known: boolean }
  | { kind: 'argument-count'; range: Range; name: string; expected: string; given: number }
  | { kind: 'argument-type'; range: Range; name: string; given: string; supported: string }
  | { kind: 'not-grouped'; range: Range; text: string }
  | { kind: 'aggregate-misplaced'; range: Range; where: 'WHERE' | 'ON' | 'GROUP BY' | 'VALUES'; window: boolean }
  | { kind: 'aggregate-nested'; range: Range }
  | { kind: 'window-in-having'; range: Range }
  | { kind: 'over-missing'; range: Range; name: string }
  | { kind: 'window-order-missing'; range: Range; name: string }
  | { kind: 'unknown-window'; range: Range; name: string }
  | { kind: 'column-list-width'; range: Range; values: boolean; expected: number; given: number }
  | { kind: 'values-rows'; range: Range; expected: number; given: number }
  | { kind: 'values-types'; range: Range; asText: boolean }
  | { kind: 'union-width'; range: Range; left: number; right: number }
  | { kind: 'union-type'; range: Range; column: number; left: string; right: string; asText: boolean }
  | { kind: 'time-extension'; range: Range; reason: 'count' | 'string' | 'duration' | 'cte'; text: string }
  | { kind: 'duplicate-relation'; range: Range; name: string }
  | { kind: 'join-without-condition'; range: Range }
  | { kind: 'ordinal'; range: Range; given: string; most: number }
  | { kind: 'condition-type'; range: Range; clause: string; given: string }
  | { kind: 'operand-type'; range: Range; operator: string; given: string[]; supported: string }
  | { kind: 'unknown-type'; range: Range; name: string }
  | { kind: 'cast-type'; range: Range; fromType: string; toType: string }
  | { kind: 'case-types'; range: Range; given: string[]; asText: boolean }
  | { kind: 'text-in-sum'; range: Range; operator: string }
  | { kind: 'subquery-width'; range: Range; expected: number; given: number }
  | { kind: 'correlated-name'; range: Range; name: string }

export type FaultOf<Kind extends Fault['kind']> = Extract<Fault, { kind: Kind }>
