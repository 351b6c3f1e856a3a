import type { SourceMap } from '@recomamp/amc-sql'
import { ExecutionSent, InlineWorkflowSent } from '@recomamp/amc-wire'
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
  /** The copy at AMC that the run names in place of the query; null where the query itself is sent. */
  copy: { definition: InlineWorkflowSent; hash: string } | null
}

/** Reads the stored request of a row. */
export function readSentRequest(row: {
  request: unknown
  template: string
  source_map: unknown
  copy_definition: unknown
  copy_hash: string | null
}): SentRequest {
  const { copy_definition: definition, copy_hash: hash } = row
  return {
    request: ExecutionSent.parse(row.request),
    template: row.template,
    sourceMap: StoredSourceMap.parse(row.source_map),
    copy: hash === null ? null : { definition: InlineWorkflowSent.parse(definition), hash },
  }
}

/** The query as AMC has it, whether it was sent or kept there. */
export function definitionOf({ request, copy }: Pick<SentRequest, 'request' | 'copy'>): InlineWorkflowSent | null {
  return request.workflow ?? copy?.definition ?? null
}

/** The text that AMC runs. */
export function sqlSentOf(sent: Pick<SentRequest, 'request' | 'copy'>): string {
  return definitionOf(sent)?.sqlQuery ?? ''
}
