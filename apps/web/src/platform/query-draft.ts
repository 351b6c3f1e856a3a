import { WorkflowContent } from '@recomamp/contracts'
import { z } from 'zod'
import { handOver } from './hand-over.ts'

const { name, sqlQuery, parameters } = WorkflowContent.shape
const QueryDraft = z.object({ name, sql_query: sqlQuery, parameters })
export type QueryDraft = z.infer<typeof QueryDraft>

/** Leaves a query for the workbench, which makes a new one of it when `/workbench/new` is opened next in this tab. */
export const { leave: handOverQuery, take: takeQueryDraft } = handOver('queryBuilderDraft', QueryDraft)
