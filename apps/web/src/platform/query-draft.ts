import { WorkflowContent } from '@recomamp/contracts'
import { z } from 'zod'
import { readStored, writeStored } from './stored.ts'

const key = 'queryBuilderDraft'

const { name, sqlQuery, parameters } = WorkflowContent.shape
const QueryDraft = z.object({ name, sql_query: sqlQuery, parameters })
export type QueryDraft = z.infer<typeof QueryDraft>

/** Leaves a query for the workbench, which makes a new one of it when `/workbench/new` is opened next in this tab. */
export function handOverQuery(draft: QueryDraft): void {
  writeStored('session', key, JSON.stringify(draft))
}

/** The query that was left, once: it is removed at once, so that a reload does not bring it back. Null for none, or a broken one. */
export function takeQueryDraft(): QueryDraft | null {
  const text = readStored('session', key)
  if (text === null) return null
  writeStored('session', key, null)
  try {
    return QueryDraft.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
