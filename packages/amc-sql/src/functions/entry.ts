import { types, type AmcType } from '../resolve/types.ts'

/** What an argument must be: `text` takes every single value (Calcite casts it), `any` also arrays and rows. */
export type Accepts = 'any' | 'text' | 'number' | 'time' | 'boolean' | 'array' | 'binary' | 'row'

/** A function that AMC has. */
export interface FunctionEntry {
  /** Upper case. */
  name: string
  /** A `neighbour` is a window function that gives a value of another row. */
  kind: 'scalar' | 'aggregate' | 'ranking' | 'neighbour'
  /** As shown in the editor: `SECONDS_BETWEEN(from, to)`. */
  signature: string
  description: string
  least: number
  most: number
  /** By position; the last one goes for all further arguments. */
  accepts: readonly Accepts[]
  result: (types: readonly AmcType[]) => AmcType
  /** Meaningless without ORDER BY in its window. */
  orderRequired?: true
}

type Shape = Pick<FunctionEntry, 'signature' | 'description' | 'result'> & {
  accepts?: readonly Accepts[]
  least?: number
  most?: number
}

/** A scalar function; the counts of arguments come from `accepts` unless given. */
export function scalar(name: string, shape: Shape): FunctionEntry {
  return entry('scalar', name, shape)
}

/** An aggregate function. */
export function aggregate(name: string, shape: Shape): FunctionEntry {
  return entry('aggregate', name, shape)
}

function entry(kind: 'scalar' | 'aggregate', name: string, shape: Shape): FunctionEntry {
  const accepts = shape.accepts ?? []
  const least = shape.least ?? accepts.length
  return { ...shape, name, kind, accepts, least, most: shape.most ?? Math.max(least, accepts.length) }
}

/** The same function under a second name. */
export function alias(name: string, of: FunctionEntry): FunctionEntry {
  return { ...of, name, signature: of.signature.replace(of.name, name), description: `Another name of ${of.name}.` }
}

/** A function of a row's place in its window; it takes no arguments. */
export function ranking(name: string, description: string, result: AmcType = types.long): FunctionEntry {
  return {
    name,
    kind: 'ranking',
    signature: `${name}() OVER (PARTITION BY … ORDER BY …)`,
    description,
    least: 0,
    most: 0,
    accepts: [],
    result: () => result,
    orderRequired: true,
  }
}
