import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { InstanceId, TemplateId, WorkflowId } from './ids.ts'
import { PageQuery, page } from './paging.ts'
import { ParameterDeclaration } from './parameters.ts'
import { Workflow } from './workflows.ts'

export const QueryTemplateSummary = z.object({
  id: TemplateId,
  /** The question that the analysis answers: the title on screen. */
  question: z.string(),
  name: z.string(),
  category: z.string(),
  tags: z.array(z.string()),
  /** 1 one table and a group-by … 4 several models, phases or arrays. */
  difficulty: z.number().int().min(1).max(4),
  tables: z.array(z.string()),
  usageCount: z.number().int().nonnegative(),
})
export type QueryTemplateSummary = z.infer<typeof QueryTemplateSummary>

export const QueryTemplate = QueryTemplateSummary.extend({
  sqlTemplate: z.string(),
  parameters: z.array(ParameterDeclaration),
  /** How to read the result, and where it misleads. */
  reading: z.string(),
})
export type QueryTemplate = z.infer<typeof QueryTemplate>

export const listQueryTemplates = endpoint({
  method: 'GET',
  path: '/api/query-templates',
  summary: 'The analyses that ship with the product',
  tag: 'query-templates',
  query: PageQuery.extend({ category: z.string().max(100).optional(), q: z.string().max(200).optional() }),
  ok: { status: 200, body: page(QueryTemplateSummary) },
  problems: [],
})

export const getQueryTemplate = endpoint({
  method: 'GET',
  path: '/api/query-templates/:templateId',
  summary: 'One analysis with its query',
  tag: 'query-templates',
  params: z.strictObject({ templateId: TemplateId }),
  ok: { status: 200, body: QueryTemplate },
  problems: ['template-not-found'],
})

/** `id` may be chosen by the caller, as in createWorkflow. */
export const createWorkflowFromTemplate = endpoint({
  method: 'POST',
  path: '/api/query-templates/:templateId/create-workflow',
  summary: 'Copy an analysis into a query',
  tag: 'query-templates',
  params: z.strictObject({ templateId: TemplateId }),
  body: z.strictObject({ id: WorkflowId.optional(), instanceId: InstanceId.nullable() }),
  ok: { status: 201, body: Workflow },
  problems: ['template-not-found', 'instance-not-found', 'workflow-not-found'],
})
