import { analyze } from '../analyze.ts'
import type { ParameterDeclaration, ParameterType } from '../parameters.ts'
import type { Resolution } from '../resolve/resolution.ts'
import type { AmcType } from '../resolve/types.ts'
import type { Schema } from '../schema.ts'
import { type Placement, placementsOf } from './placements.ts'

/**
 * A declaration for each `{{name}}` of a text, in the order of first use, for a person to confirm. Lists come from where the
 * placeholder stands; the type from what it is compared with, never from its name (F-07). Columns of source tables tell their type
 * only with a schema; where nothing tells, it is STRING.
 */
export function inferDeclarations(text: string, schema: Schema = { tables: [] }): ParameterDeclaration[] {
  const { query, parameterUses, resolution } = analyze(text, schema)
  const placements = query === null ? [] : placementsOf(query)
  placements.sort((a, b) => a.use.from - b.use.from)
  const declarations = new Map<string, ParameterDeclaration>()
  const certain = new Set<string>()
  for (const { name } of parameterUses)
    declarations.set(name, { name, type: 'STRING', list: false, whenEmpty: 'error' })
  for (const placement of placements) {
    const declaration = declarations.get(placement.use.name)
    if (declaration === undefined) continue
    if (placement.place.kind === 'list' || placement.place.kind === 'rows') declaration.list = true
    const type = typeOf(placement, resolution)
    if (type === null || certain.has(declaration.name)) continue
    declaration.type = type
    certain.add(declaration.name)
  }
  return [...declarations.values()]
}

function typeOf({ evidence }: Placement, resolution: Resolution): ParameterType | null {
  if (evidence === null) return null
  if (evidence.kind === 'type') return evidence.type
  const facts = resolution.expressions.get(evidence.with)
  return facts === undefined ? null : parameterType(facts.type)
}

function parameterType(type: AmcType): ParameterType | null {
  switch (type.kind) {
    case 'STRING':
    case 'INTEGER':
    case 'LONG':
    case 'DECIMAL':
    case 'DOUBLE':
    case 'BOOLEAN':
    case 'DATE':
    case 'TIMESTAMP':
      return type.kind
    case 'BYTE':
    case 'SHORT':
      return 'INTEGER'
    case 'FLOAT':
      return 'DOUBLE'
    default:
      return null
  }
}
