import { types, unify, type AmcType } from '../resolve/types.ts'
import { scalar, type FunctionEntry } from './entry.ts'

const first = (given: readonly AmcType[]): AmcType => given[0] ?? types.unknown

function elementOf(type: AmcType): AmcType {
  return type.kind === 'ARRAY' ? type.element : types.unknown
}

function both(given: readonly AmcType[]): AmcType {
  return unify(first(given), given[1] ?? types.unknown) ?? types.unknown
}

function two(name: string, description: string): FunctionEntry {
  return scalar(name, { signature: `${name}(array, array)`, description, accepts: ['array', 'array'], result: both })
}

export const arrayFunctions: readonly FunctionEntry[] = [
  two('ARRAY_CAT', 'Both arrays as one.'),
  two('ARRAY_COMPLEMENT', 'The values of the first array that the second lacks.'),
  two('ARRAY_INTERSECT', 'The values that both arrays have.'),
  two('ARRAY_UNION', 'The different values of both arrays.'),
  scalar('ARRAY_CONTAINS', {
    signature: 'ARRAY_CONTAINS(array, value)',
    description: 'Whether the array has the value.',
    accepts: ['array', 'any'],
    result: () => types.boolean,
  }),
  scalar('ARRAY_DISTINCT', {
    signature: 'ARRAY_DISTINCT(array)',
    description: 'Each value once, in the order of its first place.',
    accepts: ['array'],
    result: first,
  }),
  scalar('ARRAY_REMOVE', {
    signature: 'ARRAY_REMOVE(array, value)',
    description: 'The array without the value.',
    accepts: ['array', 'any'],
    result: first,
  }),
  scalar('ARRAY_SORT', {
    signature: 'ARRAY_SORT(array)',
    description: 'The array in ascending order; named rows by their first field.',
    accepts: ['array'],
    result: first,
  }),
  scalar('ARRAY_TO_STRING', {
    signature: 'ARRAY_TO_STRING(array, separator)',
    description: 'The values as one text.',
    accepts: ['array', 'text'],
    result: () => types.string,
  }),
  scalar('CARDINALITY', {
    signature: 'CARDINALITY(array)',
    description: 'How many values the array has.',
    accepts: ['array'],
    result: () => types.integer,
  }),
  scalar('EXPLODE', {
    signature: 'EXPLODE(array)',
    description: 'One row per value of the array.',
    accepts: ['array'],
    result: (given) => elementOf(first(given)),
  }),
  scalar('FLATTEN', {
    signature: 'FLATTEN(array)',
    description: 'An array of arrays as one array.',
    accepts: ['array'],
    result: (given) => elementOf(first(given)),
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
  }),
]
