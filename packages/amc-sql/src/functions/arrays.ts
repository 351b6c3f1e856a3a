import { types, unify, type AmcType } from '../resolve/types.ts'
import { arg, calls, scalar, type FunctionEntry, type LoweredCall } from './entry.ts'

const first = (given: readonly AmcType[]): AmcType => given[0] ?? types.unknown

function elementOf(type: AmcType): AmcType {
  return type.kind === 'ARRAY' ? type.element : types.unknown
}

function both(given: readonly AmcType[]): AmcType {
  return unify(first(given), given[1] ?? types.unknown) ?? types.unknown
}

/** Each value once, at its first place; DuckDB's list_distinct loses the order. */
function inOrder(list: string): string {
  return `list_filter(${list}, lambda x, i: list_position(${list}, x) = i)`
}

function two(
  name: string,
  signature: string,
  description: string,
  lower: (call: LoweredCall) => string,
): FunctionEntry {
  return scalar(name, { signature, description, accepts: ['array', 'array'], result: both, lower })
}

export const arrayFunctions: readonly FunctionEntry[] = [
  two('ARRAY_CAT', 'ARRAY_CAT(array, array)', 'Both arrays as one.', calls('list_concat')),
  two(
    'ARRAY_COMPLEMENT',
    'ARRAY_COMPLEMENT(array, array)',
    'The values of the first array that the second lacks.',
    (call) => `list_filter(${arg(call, 0)}, lambda x: NOT list_contains(${arg(call, 1)}, x))`,
  ),
  two('ARRAY_INTERSECT', 'ARRAY_INTERSECT(array, array)', 'The values that both arrays have.', calls('list_intersect')),
  two('ARRAY_UNION', 'ARRAY_UNION(array, array)', 'The different values of both arrays.', (call) =>
    inOrder(`list_concat(${arg(call, 0)}, ${arg(call, 1)})`),
  ),
  scalar('ARRAY_CONTAINS', {
    signature: 'ARRAY_CONTAINS(array, value)',
    description: 'Whether the array has the value.',
    accepts: ['array', 'any'],
    result: () => types.boolean,
    lower: calls('list_contains'),
  }),
  scalar('ARRAY_DISTINCT', {
    signature: 'ARRAY_DISTINCT(array)',
    description: 'Each value once, in the order of its first place.',
    accepts: ['array'],
    result: first,
    lower: (call) => inOrder(arg(call, 0)),
  }),
  scalar('ARRAY_REMOVE', {
    signature: 'ARRAY_REMOVE(array, value)',
    description: 'The array without the value.',
    accepts: ['array', 'any'],
    result: first,
    lower: (call) => `list_filter(${arg(call, 0)}, lambda x: x <> ${arg(call, 1)})`,
  }),
  scalar('ARRAY_SORT', {
    signature: 'ARRAY_SORT(array)',
    description: 'The array in ascending order; named rows by their first field.',
    accepts: ['array'],
    result: first,
    lower: (call) => `list_sort(${arg(call, 0)}, 'ASC', 'NULLS LAST')`,
  }),
  scalar('ARRAY_TO_STRING', {
    signature: 'ARRAY_TO_STRING(array, separator)',
    description: 'The values as one text.',
    accepts: ['array', 'text'],
    result: () => types.string,
    lower: calls('array_to_string'),
  }),
  scalar('CARDINALITY', {
    signature: 'CARDINALITY(array)',
    description: 'How many values the array has.',
    accepts: ['array'],
    result: () => types.integer,
    lower: (call) => (call.types[0]?.kind === 'MAP' ? `cardinality(${arg(call, 0)})` : `len(${arg(call, 0)})`),
  }),
  scalar('EXPLODE', {
    signature: 'EXPLODE(array)',
    description: 'One row per value of the array.',
    accepts: ['array'],
    result: (given) => elementOf(first(given)),
    lower: calls('unnest'),
  }),
  scalar('FLATTEN', {
    signature: 'FLATTEN(array)',
    description: 'An array of arrays as one array.',
    accepts: ['array'],
    result: (given) => elementOf(first(given)),
    lower: calls('flatten'),
  }),
  scalar('NAMED_ROW', {
    signature: "NAMED_ROW('label', value, …)",
    description: 'A row with a label for each value.',
    accepts: ['any'],
    least: 2,
    most: 200,
    // The labels are literals, which only the resolver sees; it replaces these names.
    result: (given) => ({
      kind: 'ROW',
      fields: given.flatMap((type, at) => (at % 2 === 1 ? [{ name: `EXPR$${(at - 1) / 2}`, type }] : [])),
    }),
    lower(call) {
      const fields: string[] = []
      for (let at = 0; at + 1 < call.args.length; at += 2) {
        const label = call.literals[at]
        if (label == null) return { notLowered: 'its labels must be text in single quotes' }
        fields.push(`"${label.replaceAll('"', '""')}" := ${arg(call, at + 1)}`)
      }
      return `struct_pack(${fields.join(', ')})`
    },
  }),
]
