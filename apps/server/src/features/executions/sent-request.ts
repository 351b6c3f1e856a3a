import type { SourceMap } from '@recomamp/amc-sql'
import { ExecutionSent } from '@recomamp/amc-wire'
import { z } from 'zod'

const Range = z.object({ from: z.number().int(), to: z.number().int() })

const StoredSourceMap = z.object({
  fills: z.array(z.object({ template: Range, sent: Range, parameters: z.array(z.string()), shown: Range.optional() })),
}) satisfies z.ZodType<SourceMap>

/** What an execution sends and where its text came from, as the row keeps it. */
export interface SentRequest {
  request: ExecutionSent
  template: string
  sourceMap: SourceMap
}

/** Reads the stored request of a row. */
export function readSentRequest(row: { request: unknown; template: string; source_map: unknown }): SentRequest {
  return {
    request: ExecutionSent.parse(row.request),
    template: row.template,
    sourceMap: StoredSourceMap.parse(row.source_map),
  }
}

/** The text that AMC gets; empty for a run by the id of a stored workflow. */
export function sqlSentOf(request: ExecutionSent): string {
  return request.workflow?.sqlQuery ?? ''
}
