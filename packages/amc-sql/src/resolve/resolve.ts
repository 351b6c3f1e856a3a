import type { Schema } from '../schema.ts'
import type { Query } from '../tree.ts'
import type { CustomParameter } from './custom-parameter.ts'
import { computeFacts } from './expressions.ts'
import { resolveQuery } from './queries.ts'
import type { Resolution } from './resolution.ts'
import { Resolver } from './resolver.ts'

/** Finds out what every name means. Never throws, also on broken trees; what follows from a reported fault is not reported. */
export function resolve(
  text: string,
  query: Query | null,
  schema: Schema,
  options: { customParameters?: readonly CustomParameter[]; broken?: boolean } = {},
): Resolution {
  const resolver = new Resolver(
    { query: resolveQuery, expression: computeFacts },
    text,
    schema,
    options.customParameters ?? [],
    options.broken ?? false,
  )
  if (query !== null) resolver.query = resolveQuery(resolver, query, null, null)
  return resolver
}
