import { z } from 'zod'
import { DataTypeRead, DataTypeSent } from './data-types.ts'
import { AmcWorkflowId } from './ids.ts'
import { bareOrUnder, maybe, NextToken } from './tolerant.ts'

/** The declaration of one `CUSTOM_PARAMETER('name')`. */
export const InputParameterSent = z.strictObject({
  name: z.string().min(1),
  displayName: z.string().optional(),
  description: z.string().optional(),
  columnType: z.enum(['DIMENSION', 'METRIC']).optional(),
  dataType: DataTypeSent,
  defaultValue: z.json().optional(),
})

/** What AMC does with values below their threshold, and the columns that tell about it (guide create-workflow). */
const privacyFields = {
  privacyFilteringBehavior: z.enum(['REMOVE_ROWS', 'REMOVE_VALUES']).optional(),
  filteredMetricsDiscriminatorColumn: z.string().min(1).optional(),
  distinctUserCountColumn: z.string().min(1).optional(),
  filteredReasonColumn: z.string().min(1).optional(),
}

const definitionFields = {
  sqlQuery: z.string().min(1),
  inputParameters: z.array(InputParameterSent).max(100).optional(),
  ...privacyFields,
}

/** A workflow to store; a field that AMC does not know is refused here instead of being dropped there in silence. */
export const WorkflowSent = z.strictObject({ workflowId: AmcWorkflowId, ...definitionFields })
export type WorkflowSent = z.input<typeof WorkflowSent>

/** A definition inside an execution request; without an id AMC makes up `transient_<uuid>`. */
export const InlineWorkflowSent = z.strictObject({ workflowId: AmcWorkflowId.optional(), ...definitionFields })
export type InlineWorkflowSent = z.input<typeof InlineWorkflowSent>

/** A stored workflow as read. Ready-made ones of old instances have no `sqlQuery`. */
export const AmcWorkflow = z.object({
  workflowId: AmcWorkflowId,
  sqlQuery: maybe(z.string()),
  inputParameters: z
    .array(
      z.object({
        name: z.string(),
        displayName: maybe(z.string()),
        description: maybe(z.string()),
        columnType: maybe(z.string()),
        dataType: maybe(DataTypeRead),
        defaultValue: maybe(z.json()),
      }),
    )
    .nullish()
    .transform((parameters) => parameters ?? []),
  privacyFilteringBehavior: maybe(z.string()),
  filteredMetricsDiscriminatorColumn: maybe(z.string()),
  distinctUserCountColumn: maybe(z.string()),
  filteredReasonColumn: maybe(z.string()),
})
export type AmcWorkflow = z.infer<typeof AmcWorkflow>

/** `GET …/workflows`. */
export const AmcWorkflowPage = z
  .object({ workflows: z.array(AmcWorkflow).nullish(), nextToken: NextToken })
  .transform((page) => ({ items: page.workflows ?? [], nextToken: page.nextToken }))

/** `GET …/workflows/{workflowId}`: bare in recorded answers, wrapped in the published description. */
export const AmcWorkflowAnswer = bareOrUnder('workflow', AmcWorkflow)
