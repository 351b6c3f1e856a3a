/** What the description of the API says of one route, and requests made from it. */
export interface Route {
  readonly method: string
  readonly path: string
  readonly role: 'viewer' | 'analyst' | 'owner' | null
  /** The scope that opens it to access tokens; null where none does. */
  readonly scope: 'read' | 'write' | 'manage' | null
  readonly parameters: readonly Parameter[]
  readonly bodies: readonly Schema[]
}

interface Parameter {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly schema: Schema
}

export interface Schema {
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly format?: string
  readonly pattern?: string
  readonly minimum?: number
  readonly exclusiveMinimum?: number
  readonly minItems?: number
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly oneOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
}

interface Operation {
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: Schema } } }
  readonly 'x-role'?: Route['role']
  readonly 'x-scope'?: Route['scope']
}

/** Every route of an OpenAPI document. */
export function routesOf(document: { paths: Record<string, Record<string, Operation>> }): Route[] {
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => {
      const body = operation.requestBody?.content['application/json'].schema
      return {
        method: method.toUpperCase(),
        path,
        role: operation['x-role'] ?? null,
        scope: operation['x-scope'] ?? null,
        parameters: operation.parameters ?? [],
        bodies: body === undefined ? [] : (body.oneOf ?? body.anyOf ?? [body]),
      }
    }),
  )
}

/** Gives the value of a field by its name; undefined leaves it to what the schema allows. */
export type Fill = (name: string, schema: Schema) => unknown

/** One request that fits the schemas of a route: what has to be there, and the fields named beside it. */
export function requestFor(
  route: Route,
  body: Schema | undefined,
  fill: Fill,
  with_: ReadonlySet<string> = new Set(),
): { url: string; init: RequestInit } {
  const search = new URLSearchParams()
  for (const { name, in: place, required, schema } of route.parameters)
    if (place === 'query' && (required === true || with_.has(name)))
      search.set(name, textOf(valueOf(name, schema, fill)))
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const parameter = route.parameters.find((one) => one.in === 'path' && one.name === name)
    return encodeURIComponent(textOf(valueOf(name, parameter?.schema ?? {}, fill)))
  })
  const query = search.size === 0 ? '' : `?${search.toString()}`
  if (body === undefined) return { url: `${path}${query}`, init: { method: route.method } }
  const content = JSON.stringify(valueOf('', body, fill, with_))
  return {
    url: `${path}${query}`,
    init: { method: route.method, headers: { 'content-type': 'application/json' }, body: content },
  }
}

/** The names of all fields of query and body that hold an id, optional ones too. */
export function idFieldsOf(route: Route, body: Schema | undefined): string[] {
  const isId = (schema: Schema | undefined): boolean =>
    schema?.format === 'uuid' || isIdIn(schema?.items) || (schema?.anyOf ?? []).some(isId)
  const isIdIn = (schema: Schema | undefined): boolean => schema !== undefined && isId(schema)
  const inQuery = route.parameters.filter(({ in: place, schema }) => place === 'query' && isId(schema))
  const inBody = Object.entries(body?.properties ?? {}).filter(([, schema]) => isId(schema))
  return [...inQuery.map(({ name }) => name), ...inBody.map(([name]) => name)]
}

function valueOf(name: string, schema: Schema, fill: Fill, with_: ReadonlySet<string> = new Set()): unknown {
  const [variant] = schema.oneOf ?? schema.anyOf ?? []
  if (variant !== undefined) return valueOf(name, variant, fill)
  const given = schema.type === 'array' || schema.type === 'object' ? undefined : fill(name, schema)
  if (given !== undefined) return given
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined) return schema.enum[0]
  switch (schema.type) {
    case 'object': {
      const wanted = new Set([...(schema.required ?? []), ...with_])
      const entries = Object.entries(schema.properties ?? {}).filter(([key]) => wanted.has(key))
      return Object.fromEntries(entries.map(([key, value]) => [key, valueOf(key, value, fill)]))
    }
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => valueOf(name, schema.items ?? {}, fill))
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, (schema.exclusiveMinimum ?? 0) + 1)
    case 'boolean':
      return false
    default:
      return 'x'
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
