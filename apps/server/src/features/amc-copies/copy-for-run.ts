import { loadSchema } from '@recomamp/amc-catalogue/schema'
import { compileRun, type ParameterValues, type SourceMap } from '@recomamp/amc-sql'
import type { AmcWorkflowId, InlineWorkflowSent } from '@recomamp/amc-wire'
import type {
  InlineReason,
  InstanceId,
  PrivacyFilteringBehavior,
  TimeWindow,
  WorkflowContent,
  WorkflowId,
} from '@recomamp/contracts'
import type { Db, Tx } from '#platform/db/tables.ts'
import { compileDefinition, declarationOf } from './compile-definition.ts'

/** A run that names the copy that AMC keeps in place of sending the query. */
export interface RunByCopy {
  amcWorkflowId: AmcWorkflowId
  definition: InlineWorkflowSent
  hash: string
  sourceMap: SourceMap
  parameterValues: ParameterValues
}

/** The copy by which a text can run in an instance with these values, or why there is none: AMC has none, has another text, or a value is
 *  longer than AMC is known to take. */
export async function copyForRun(
  db: Db,
  run: {
    workflowId: WorkflowId
    instanceId: InstanceId
    text: Pick<WorkflowContent, 'sqlQuery' | 'parameters'>
    values: ParameterValues
    window: TimeWindow
    privacyFilteringBehavior: PrivacyFilteringBehavior
    now: Date
  },
): Promise<RunByCopy | InlineReason> {
  const row = await db
    .selectFrom('amc_copies')
    .where('workflow_id', '=', run.workflowId)
    .where('instance_id', '=', run.instanceId)
    .where('wanted', '=', 'stored')
    .select(['amc_workflow_id', 'stored_hash', 'state'])
    .executeTakeFirst()
  if (row === undefined) return 'no-copy'
  if (row.state !== 'settled') return 'copy-not-ready'
  const copy = compileDefinition(run.text, run.privacyFilteringBehavior)
  if (!copy.ok || copy.hash !== row.stored_hash) return 'copy-behind'
  const filled = compileRun({
    template: copy.definition.sqlQuery,
    declarations: run.text.parameters.map(declarationOf),
    values: run.values,
    schema: loadSchema(),
    window: run.window,
    privacyFilteringBehavior: run.privacyFilteringBehavior,
    now: run.now,
  })
  if (!filled.ok || filled.warnings.some(({ code }) => code === 'long-value')) return 'long-value'
  const { definition, hash, sourceMap } = copy
  return { amcWorkflowId: row.amc_workflow_id, definition, hash, sourceMap, parameterValues: filled.parameterValues }
}

/** Whether AMC has exactly this copy now. It stays so until the transaction ends and, for a run that is being sent then, until AMC
 *  has begun it: nobody changes a copy that such a run needs. */
export async function demandCopy(
  tx: Tx,
  copy: { instanceId: InstanceId; amcWorkflowId: AmcWorkflowId; hash: string },
  now: Date,
): Promise<boolean> {
  const row = await tx
    .selectFrom('amc_copies')
    .where('instance_id', '=', copy.instanceId)
    .where('amc_workflow_id', '=', copy.amcWorkflowId)
    .where('wanted', '=', 'stored')
    .where('state', '=', 'settled')
    .where('stored_hash', '=', copy.hash)
    .where((eb) => eb.or([eb('lease_until', 'is', null), eb('lease_until', '<=', now)]))
    .forUpdate()
    .select('id')
    .executeTakeFirst()
  return row !== undefined
}
