import { parse, type ParseResult } from './parse.ts'
import type { CustomParameter } from './resolve/custom-parameter.ts'
import type { Resolution } from './resolve/resolution.ts'
import { resolve } from './resolve/resolve.ts'
import type { ScanOptions } from './scan.ts'
import type { Schema } from './schema.ts'

/** A text with the meaning of its names, before any rule looks at it. */
export function read(
  text: string,
  schema: Schema,
  options: ScanOptions & { customParameters?: readonly CustomParameter[] } = {},
): ParseResult & { resolution: Resolution } {
  const { customParameters = [], ...scanning } = options
  const parsed = parse(text, scanning)
  const broken = parsed.diagnostics.some(({ severity }) => severity === 'error')
  return { ...parsed, resolution: resolve(text, parsed.query, schema, { customParameters, broken }) }
}
