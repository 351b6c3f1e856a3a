import type { ParameterDeclaration, ParameterType } from '../parameters.ts'
import { read } from '../read.ts'
import type { Resolution } from '../resolve/resolution.ts'
import type { AmcType } from '../resolve/types.ts'
import type { Schema } from '../schema.ts'
import type { Expression, Values } from '../tree.ts'
import { isParameterName } from './custom-declaration.ts'
import type { Placement } from './place.ts'
import { customPlacementsOf, placementsOf } from './placements.ts'

/** A declaration that a person has still to confirm, and what it was told from. */
export interface InferredParameter {
  declaration: ParameterDeclaration
  /** The text of the query that tells the type, such as the column that it is compared with; null where nothing does. */
  toldBy: string | null
}

/**
 * A declaration for each `{{name}}` and each `CUSTOM_PARAMETER('name')` of a text, in the order of first use, for a person to
 * confirm. Lists come from where the parameter stands; the type from what it is compared with, never from its name (F-07). Columns
 * of source tables tell their type only with a schema; where nothing tells, it is STRING.
 */
export function inferParameters(text: string, schema: Schema = { tables: [] }): InferredParameter[] {
  const { query, parameterUses, resolution } = read(text, schema)
  const custom = (query === null ? [] : customPlacementsOf(query)).filter(({ use }) => isParameterName(use.name))
  const inferred = new Map<string, InferredParameter>()
  for (const { name } of [...parameterUses, ...custom.map(({ use }) => use)].toSorted((a, b) => a.from - b.from))
    if (!inferred.has(name))
      inferred.set(name, { declaration: { name, type: 'STRING', list: false, whenEmpty: 'error' }, toldBy: null })
  const placements = query === null ? [] : placementsOf(query)
  const compared = comparedRows(resolution)
  for (const placement of [...placements, ...custom].toSorted((a, b) => a.use.from - b.use.from)) {
    const known = inferred.get(placement.use.name)
    if (known === undefined) continue
    const { kind } = placement.place
    if (kind === 'array' || (!custom.includes(placement) && (kind === 'list' || kind === 'rows')))
      known.declaration.list = true
    const found = known.toldBy === null ? typeOf(placement, resolution, compared) : null
    if (found === null) continue
    known.declaration.type = found.type
    known.toldBy = text.slice(found.by.from, found.by.to)
  }
  return [...inferred.values()]
}

export function inferDeclarations(text: string, schema?: Schema): ParameterDeclaration[] {
  return inferParameters(text, schema).map(({ declaration }) => declaration)
}

function typeOf(
  placement: Placement,
  resolution: Resolution,
  compared: ReadonlyMap<Values, Expression>,
): { type: ParameterType; by: { from: number; to: number } } | null {
  const { evidence, place } = placement
  const other =
    place.kind === 'rows' && place.columns === 1
      ? compared.get(place.of)
      : evidence?.kind === 'compared'
        ? evidence.with
        : undefined
  if (other === undefined)
    return evidence?.kind === 'type' ? { type: evidence.type, by: placement.cast ?? placement.use } : null
  const facts = resolution.expressions.get(other)
  const type = facts === undefined ? null : parameterType(facts.type)
  return type === null ? null : { type, by: other }
}

/** What the rows of a VALUES with one column are compared with, in place or by the name of their column. */
function comparedRows(resolution: Resolution): Map<Values, Expression> {
  const compared = new Map<Values, Expression>()
  const note = (values: Values | null, other: Expression) => {
    if (values !== null && !compared.has(values)) compared.set(values, other)
  }
  for (const expression of resolution.expressions.keys()) {
    if (expression.kind === 'binary') {
      note(rowsBehind(expression.left, resolution), expression.right)
      note(rowsBehind(expression.right, resolution), expression.left)
    } else if (expression.kind === 'in-subquery') {
      const { body } = expression.query
      if (body.kind === 'values') note(body, expression.operand)
      const [item] = body.kind === 'select' ? body.items : []
      if (item !== undefined) note(rowsBehind(item.expression, resolution), expression.operand)
    }
  }
  return compared
}

function rowsBehind(expression: Expression, resolution: Resolution): Values | null {
  const binding = expression.kind === 'column' ? resolution.bindings.get(expression) : undefined
  if (binding?.kind !== 'column') return null
  const { from } = binding.source
  const query = from.kind === 'cte' ? from.cte.node.query : from.kind === 'query' ? from.query.node : null
  return query?.body.kind === 'values' ? query.body : null
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
