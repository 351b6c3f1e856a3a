import { simpleDataTypes } from '@recomamp/amc-wire'
import { z } from 'zod'
import { Refusal } from './refusal.ts'

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])

/** A value of a parameter: text, number, yes or no, or an array of them. */
export const ParameterValue = z.union(
  [scalar, z.array(scalar)],
  'must be a text, a number, a boolean or an array of them',
)

const InputParameter = z.object({
  name: z.string().min(1),
  displayName: z.string().optional(),
  description: z.string().optional(),
  columnType: z.enum(['DIMENSION', 'METRIC']).optional(),
  dataType: z.union([
    z.enum(simpleDataTypes),
    z.object({
      type: z.literal('ARRAY'),
      elementDataType: z.enum(simpleDataTypes),
      elementNullable: z.boolean().default(false),
    }),
  ]),
  defaultValue: ParameterValue.optional(),
})

/** An id that the caller chooses, of a workflow or a schedule. */
export const WorkflowId = z
  .string()
  .regex(/^[A-Za-z0-9._-]+$/, 'may contain letters, digits, periods, dashes and underscores only')

const character = z.string().length(1).optional()

/** What the service reads of a workflow; keys that it does not know are dropped in silence, as recorded. */
const Definition = z.object({
  workflowId: WorkflowId.optional(),
  /** Only Amazon's own ready-made workflows of old instances lack it. */
  sqlQuery: z.string().min(1).optional(),
  /** The older form, in which those are written. */
  query: z.object({ operations: z.array(z.looseObject({})).max(100) }).optional(),
  inputParameters: z.array(InputParameter).max(100).optional(),
  inputSchema: z.string().optional(),
  outputColumns: z
    .array(
      z.object({
        name: z.string(),
        columnType: z.enum(['DIMENSION', 'METRIC']).optional(),
        dataType: z.json().optional(),
        dataTypePrecision: z.number().int().optional(),
        dataTypeScale: z.number().int().optional(),
        description: z.string().optional(),
      }),
    )
    .max(100)
    .optional(),
  outputFormat: z
    .object({ separatorCharacter: character, quoteCharacter: character, escapeCharacter: character })
    .optional(),
  privacyFilteringBehavior: z.enum(['REMOVE_ROWS', 'REMOVE_VALUES']).optional(),
  filteredMetricsDiscriminatorColumn: z.string().min(1).optional(),
  distinctUserCountColumn: z.string().min(1).optional(),
  filteredReasonColumn: z.string().min(1).optional(),
})
export type Definition = z.infer<typeof Definition>

/** A workflow out of a request body; 400 that names the field where it has another form. */
export function readDefinition(body: unknown): Definition {
  const { query, ...definition } = readWith(Definition, body)
  if (definition.sqlQuery !== undefined) return definition
  throw new Refusal(
    400,
    query === undefined ? 'sqlQuery: must be given' : 'query: is no longer accepted, send sqlQuery',
  )
}

/** Parses a part of a request; 400 that names the field and what is wrong with it. */
export function readWith<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Refusal(400, `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'is invalid'}`)
}

/** The JSON object of a body; 422 for a body that is none, with the words of the service's parser. */
export function jsonBody(body: unknown): object {
  const text = typeof body === 'string' ? body : ''
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new Refusal(
      422,
      `Unrecognized token '${/^\s*(\S{0,20})/.exec(text)?.[1] ?? ''}': was expecting a JSON object`,
    )
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new Refusal(400, 'body: must be a JSON object')
  return json
}

/** As `jsonBody`, with fields of value null taken as left out, as the service's parser does. */
export function requestBody(body: unknown): object {
  return withoutNulls(jsonBody(body))
}

function withoutNulls(value: object): object {
  const entries = Object.entries(value).filter(([, part]) => part !== null)
  return Object.fromEntries(
    entries.map(([key, part]) => {
      const isObject = typeof part === 'object' && !Array.isArray(part)
      // Values of parameters are the caller's own.
      return [key, isObject && key !== 'parameterValues' ? withoutNulls(part as object) : part]
    }),
  )
}
