import { arg, calls, type FunctionLowering } from './lowering.ts'

/** Each value once, at its first place; DuckDB's list_distinct loses the order. */
function inOrder(list: string): string {
  return `list_filter(${list}, lambda x, i: list_position(${list}, x) = i)`
}

export const arrayLowerings: Readonly<Record<string, FunctionLowering>> = {
  ARRAY_CAT: calls('list_concat'),
  ARRAY_COMPLEMENT: (call) => `list_filter(${arg(call, 0)}, lambda x: NOT list_contains(${arg(call, 1)}, x))`,
  ARRAY_INTERSECT: calls('list_intersect'),
  ARRAY_UNION: (call) => inOrder(`list_concat(${arg(call, 0)}, ${arg(call, 1)})`),
  ARRAY_CONTAINS: calls('list_contains'),
  ARRAY_DISTINCT: (call) => inOrder(arg(call, 0)),
  ARRAY_REMOVE: (call) => `list_filter(${arg(call, 0)}, lambda x: x <> ${arg(call, 1)})`,
  ARRAY_SORT: (call) => `list_sort(${arg(call, 0)}, 'ASC', 'NULLS LAST')`,
  ARRAY_TO_STRING: calls('array_to_string'),
  CARDINALITY: (call) => (call.types[0]?.kind === 'MAP' ? `cardinality(${arg(call, 0)})` : `len(${arg(call, 0)})`),
  EXPLODE: calls('unnest'),
  FLATTEN: calls('flatten'),
  NAMED_ROW(call) {
    const fields: string[] = []
    for (let at = 0; at + 1 < call.args.length; at += 2) {
      const label = call.literals[at]
      if (label == null) return { notLowered: 'its labels must be text in single quotes' }
      fields.push(`"${label.replaceAll('"', '""')}" := ${arg(call, at + 1)}`)
    }
    return `struct_pack(${fields.join(', ')})`
  },
}
