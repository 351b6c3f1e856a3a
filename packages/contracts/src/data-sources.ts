import { z } from 'zod'
import { endpoint } from './endpoint.ts'

/** The tables and columns that the editor knows: the form of amc-sql's `Schema`, which no second schema describes. */
export const getSchema = endpoint({
  method: 'GET',
  path: '/api/data-sources/schema',
  summary: 'Tables and columns for the editor',
  tag: 'data-sources',
  ok: { status: 200, body: z.object({ tables: z.array(z.looseObject({ name: z.string() })) }) },
  problems: [],
})
