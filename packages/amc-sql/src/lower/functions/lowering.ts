import type { AmcType } from '../../resolve/types.ts'

/** What the local engine runs in place of a function. */
export type FunctionLowering = (call: LoweredCall) => string | NotLowered

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

/** Calls a DuckDB function with the arguments as they are. */
export function calls(duckName: string): FunctionLowering {
  return (call) => `${duckName}(${call.args.join(', ')})`
}
