import { ChartDescription, QueryTemplateFile, QueryTest } from '@recomamp/amc-catalogue/model'
import { z } from 'zod'
import { type AnswerOf, endpoint } from './endpoint.ts'
import { ResultColumn } from './executions.ts'
import { InstanceId, TemplateId, UserId, WorkflowId } from './ids.ts'
import { Instant, PageQuery, page } from './paging.ts'
import { ParameterDeclaration } from './parameters.ts'
import { Cell } from './results.ts'
import { Workflow } from './workflows.ts'

const { window, columns } = QueryTemplateFile.shape
const Difficulty = z.number().int().min(1).max(4)

/** Who may see a template: everybody, the people of the workspace, or its owner alone. */
export const TemplateAudience = z.enum(['everybody', 'workspace', 'owner'])
export type TemplateAudience = z.infer<typeof TemplateAudience>

export const QueryTemplateSummary = z.object({
  id: TemplateId,
  /** The question that the analysis answers: the title on screen. */
  question: z.string(),
  name: z.string(),
  category: z.string(),
  tags: z.array(z.string()),
  /** 1 one table and a group-by … 4 several models, phases or arrays. */
  difficulty: Difficulty,
  tables: z.array(z.string()),
  usageCount: z.number().int().nonnegative(),
  /** Null where a table suits the result. */
  chart: ChartDescription.nullable(),
  /** The result is people to show ads to, and nothing to read. */
  isAudience: z.boolean(),
  /** The parameters that have no value until somebody gives one. */
  needsValues: z.array(z.string()),
  /** Of its tables those that the asked instance lacks; null where none was asked for, or where its tables have not been read. */
  missingTables: z.array(z.string()).nullable(),
  visibleTo: TemplateAudience,
  /** Whose fork it is; null for those that ship. */
  owner: z.object({ id: UserId, name: z.string().nullable() }).nullable(),
})
export type QueryTemplateSummary = z.infer<typeof QueryTemplateSummary>

const TemplateLink = z.object({ id: TemplateId, question: z.string(), name: z.string() })

export const QueryTemplate = QueryTemplateSummary.extend({
  sqlTemplate: z.string(),
  parameters: z.array(ParameterDeclaration),
  /** How to read the result. */
  reading: z.string(),
  /** Where it misleads. */
  pitfalls: z.array(z.string()),
  window: window.unwrap(),
  columns: columns.unwrap(),
  tests: z.array(QueryTest),
  related: z.array(TemplateLink),
  forkedFrom: TemplateLink.nullable(),
  forks: z.array(TemplateLink),
  updatedAt: Instant,
})
export type QueryTemplate = z.infer<typeof QueryTemplate>

const oneTemplate = z.strictObject({ templateId: TemplateId })
const counted = z.array(z.object({ name: z.string(), count: z.number().int().positive() }))

export const listQueryTemplates = endpoint({
  method: 'GET',
  path: '/api/query-templates',
  summary: 'The analyses that ship with the product, and those of the workspace',
  tag: 'query-templates',
  role: 'viewer',
  query: PageQuery.extend({
    category: z.string().max(100).optional(),
    tag: z.string().max(100).optional(),
    difficulty: z.coerce.number().int().min(1).max(4).optional(),
    /** Forks only: `workspace` all that one may see, `mine` one's own. */
    of: z.enum(['shipped', 'workspace', 'mine']).optional(),
    /** Words in any order, understood with their synonyms; the best match first. */
    q: z.string().max(200).optional(),
    /** Tells which tables the instance lacks. */
    instance: InstanceId.optional(),
    /** Only those whose tables the instance has, as far as that is known. */
    runs: z.enum(['here']).optional(),
  }),
  ok: {
    status: 200,
    body: page(QueryTemplateSummary).extend({
      /** How many there are of each with the other conditions, in the order of the library. */
      categories: counted,
      tags: counted,
      /** Where no word fits: the categories whose names or tags come nearest. */
      nearest: z.array(z.string()),
    }),
  },
  problems: ['instance-not-found'],
})

export const getQueryTemplate = endpoint({
  method: 'GET',
  path: '/api/query-templates/:templateId',
  summary: 'One analysis with its query',
  tag: 'query-templates',
  role: 'viewer',
  params: oneTemplate,
  query: z.strictObject({ instance: InstanceId.optional() }),
  ok: { status: 200, body: QueryTemplate },
  problems: ['template-not-found', 'instance-not-found'],
})

/** The first rows of the result on synthetic data, and how many there are. An audience has no rows to show, only a size. */
export const getTemplateExample = endpoint({
  method: 'GET',
  path: '/api/query-templates/:templateId/example',
  summary: 'The result of an analysis on synthetic data, with its default values and under the privacy thresholds',
  tag: 'query-templates',
  role: 'viewer',
  params: oneTemplate,
  ok: {
    status: 200,
    body: z.object({
      columns: z.array(ResultColumn),
      rows: z.array(z.array(Cell)),
      rowCount: z.number().int().nonnegative(),
      window: z.object({ start: z.string(), end: z.string() }),
    }),
  },
  problems: ['template-not-found', 'example-not-possible'],
})
export type TemplateExample = AnswerOf<typeof getTemplateExample>

/** `id` may be chosen by the caller, as in createWorkflow. */
export const createWorkflowFromTemplate = endpoint({
  method: 'POST',
  path: '/api/query-templates/:templateId/create-workflow',
  summary: 'Copy an analysis into a query',
  tag: 'query-templates',
  role: 'analyst',
  params: oneTemplate,
  body: z.strictObject({ id: WorkflowId.optional(), instanceId: InstanceId.nullable() }),
  ok: { status: 201, body: Workflow },
  problems: ['template-not-found', 'instance-not-found', 'workflow-not-found'],
})

const text = (most: number) => z.string().trim().min(1).max(most)

/** What the owner of a template says of it. */
export const TemplateWords = z.strictObject({
  question: text(300),
  name: text(200),
  category: text(100),
  tags: z
    .array(
      z
        .string()
        .regex(/^[a-z0-9-]+$/, 'must be lower-case letters, digits and hyphens')
        .max(50),
    )
    .max(20),
  difficulty: Difficulty,
  reading: z.string().trim().max(5000),
  pitfalls: z.array(text(1000)).max(20),
  visibleTo: z.enum(['workspace', 'owner']),
})
export type TemplateWords = z.infer<typeof TemplateWords>

/** The id is the caller's, so that a lost answer is simply sent again. */
export const forkTemplate = endpoint({
  method: 'POST',
  path: '/api/query-templates',
  summary: 'Make a template of the saved version of a query',
  tag: 'query-templates',
  role: 'analyst',
  body: TemplateWords.extend({
    id: TemplateId.refine((id) => id.startsWith('own-'), 'must begin with own-'),
    workflowId: WorkflowId,
    version: z.number().int().positive(),
    /** The suited chart; of a template that the query was made of, its chart where it still fits. */
    chart: ChartDescription.nullable().optional(),
  }),
  ok: { status: 201, body: QueryTemplate },
  problems: ['workflow-not-found', 'version-not-found', 'template-not-found'],
})

export const changeTemplate = endpoint({
  method: 'PUT',
  path: '/api/query-templates/:templateId',
  summary: 'Change what a template of one’s own says, and who may see it',
  tag: 'query-templates',
  role: 'analyst',
  params: oneTemplate,
  body: TemplateWords,
  ok: { status: 200, body: QueryTemplate },
  problems: ['template-not-found'],
})

export const deleteTemplate = endpoint({
  method: 'DELETE',
  path: '/api/query-templates/:templateId',
  summary: 'Delete a template of one’s own; queries made of it stay',
  tag: 'query-templates',
  role: 'analyst',
  params: oneTemplate,
  ok: { status: 204, body: z.undefined() },
  problems: ['template-not-found'],
})
