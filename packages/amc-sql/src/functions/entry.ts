import type { AmcType } from '../resolve/types.ts'

/** What an argument must be: `text` takes every single value (Calcite casts it), `any` also arrays and rows. */
export type Accepts = 'any' | 'text' | 'number' | 'time' | 'boolean' | 'array' | 'binary' | 'row'

/** A function that AMC has, and what the local engine runs in its place. */
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
  lower: (call: LoweredCall) => string | NotLowered
  /** Meaningless without ORDER BY in its window. */
  orderRequired?: true
}

/** A call whose arguments are already DuckDB SQL of the accepted kind. */
export interface LoweredCall {
  args: readonly string[]
  types: readonly AmcType[]
  /** The text of arguments that are string literals, else null. */
  literals: readonly (string | null)[]
  keywords: readonly string[]
  /** `DISTINCT ` or ''. */
  distinct: string
  /** COUNT(*). */
  star: boolean
  /** FILTER and OVER with a blank before them, or ''; they belong right behind the aggregate. */
  tail: string
}

export interface NotLowered {
  /** The end of the sentence "FORMAT is not run on local data: …". */
  notLowered: string
}

/** An argument by position; entries state how many there are, so a missing one cannot reach the database. */
export function arg(call: LoweredCall, index: number): string {
  return call.args[index] ?? 'NULL'
}

type Shape = Pick<FunctionEntry, 'signature' | 'description' | 'result' | 'lower'> & {
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

/** Calls a DuckDB function with the arguments as they are. */
export function calls(duckName: string): (call: LoweredCall) => string {
  return (call) => `${duckName}(${call.args.join(', ')})`
}
