import { createHash } from 'node:crypto'
import { loadSchema } from '@recomamp/amc-catalogue'
import { getSchema } from '@recomamp/contracts'
import type { App } from '#platform/http/app-types.ts'
import { serve } from '#platform/http/serve.ts'

export function dataSourceRoutes(app: App): void {
  let known: { tables: { name: string; [field: string]: unknown }[]; etag: string } | undefined
  serve(app, getSchema, ({ request, reply }) => {
    known ??= readSchema()
    reply.header('etag', known.etag).header('cache-control', 'private, no-cache')
    if (request.headers['if-none-match']?.includes(known.etag) === true) reply.code(304).send()
    return { tables: known.tables }
  })
}

function readSchema() {
  const tables = loadSchema().tables.map((table) => ({ ...table }))
  const hash = createHash('sha256').update(JSON.stringify(tables)).digest('base64url')
  // Weak, because compression changes the bytes.
  return { tables, etag: `W/"${hash.slice(0, 22)}"` }
}
