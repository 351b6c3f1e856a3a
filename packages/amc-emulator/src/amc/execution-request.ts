import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { isLocalTime, isTimeZone } from '../runs/wall-time.ts'
import { windowTypes } from '../runs/window.ts'
import type { WindowAsked } from '../runs/window.ts'
import type { Settings } from '../settings.ts'
import { ParameterValue, readDefinition, readWith } from './definition.ts'
import type { Definition } from './definition.ts'
import { Refusal } from './refusal.ts'

/** What an accepted execution will carry out, complete in itself: a later change of the stored workflow does not touch it. */
export interface AcceptedRun {
  definition: Definition
  window: WindowAsked
  parameterValues: Record<string, z.infer<typeof ParameterValue>>
  dryRun: boolean
  skipPublish: boolean
  requireSyntheticData: boolean
  disableAggregationControls: boolean
  ignoreDataGaps: boolean
  timeoutSeconds: number
  /** Where the result goes besides the links; empty for nowhere. */
  bucketName: string
  schedule: 'adhoc' | 'daily' | 'weekly'
  /** A window with `Z` under the setting `zoneSuffix: empty`: only the header comes back. */
  emptyResult: boolean
}

/** Amazon's own samples send `"True"` and `"86400"`, so the service converts them. */
export const yesOrNo = z
  .union([z.boolean(), z.string().regex(/^(true|false)$/i, 'must be true or false')])
  .transform((value) => String(value).toLowerCase() === 'true')
export const wholeNumber = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]).pipe(z.number().int())

const Body = z.object({
  workflowId: z.string().min(1).optional(),
  workflow: z.unknown().optional(),
  timeWindowType: z.enum(windowTypes).default('MOST_RECENT_DAY'),
  timeWindowStart: z.string().optional(),
  timeWindowEnd: z.string().optional(),
  timeWindowTimeZone: z.string().refine(isTimeZone, 'is not a time zone of the TZ database').default('UTC'),
  parameterValues: z.record(z.string(), ParameterValue).default({}),
  dryRun: yesOrNo.default(false),
  skipPublish: yesOrNo.default(false),
  requireSyntheticData: yesOrNo.default(false),
  disableAggregationControls: yesOrNo.default(false),
  ignoreDataGaps: yesOrNo.default(false),
  workflowExecutionTimeoutSeconds: wholeNumber.pipe(z.number().min(900).max(86_400)).default(21_600),
})

/** Reads the body of a new execution; `storedDefinition` finds the workflow that it may name. Everything but the SQL is checked. */
export function readExecution(
  json: object,
  settings: Settings,
  bucketName: string,
  storedDefinition: (workflowId: string) => Definition | null,
): { workflowId: string; run: AcceptedRun } {
  const body = readWith(Body, json)
  if (body.workflowId === undefined && body.workflow === undefined)
    throw new Refusal(400, 'Neither workflow ID or workflow were specified')
  if (body.workflowId !== undefined && body.workflow !== undefined)
    throw new Refusal(400, 'Both workflow ID and workflow were specified')
  const { window, hadZone } = readWindow(body, settings)
  const inline = body.workflowId === undefined ? readDefinition(body.workflow) : null
  const definition = inline ?? storedDefinition(body.workflowId ?? '')
  if (definition === null) throw new Refusal(400, `Workflow with ID ${body.workflowId} does not exist`)
  return {
    workflowId: body.workflowId ?? definition.workflowId ?? `transient_${randomUUID()}`,
    run: {
      definition,
      window,
      parameterValues: body.parameterValues,
      dryRun: body.dryRun,
      skipPublish: body.skipPublish,
      requireSyntheticData: body.requireSyntheticData,
      disableAggregationControls: body.disableAggregationControls,
      ignoreDataGaps: body.ignoreDataGaps,
      timeoutSeconds: body.workflowExecutionTimeoutSeconds,
      bucketName,
      schedule: 'adhoc',
      emptyResult: hadZone && settings.zoneSuffix === 'empty',
    },
  }
}

function readWindow(body: z.infer<typeof Body>, { zoneSuffix }: Settings): { window: WindowAsked; hadZone: boolean } {
  const { timeWindowType: type, timeWindowTimeZone: zone } = body
  const given = [body.timeWindowStart, body.timeWindowEnd].filter((time) => time !== undefined).length
  if (type !== 'EXPLICIT') {
    if (given > 0)
      throw new Refusal(400, 'timeWindowStart and timeWindowEnd are only valid with timeWindowType EXPLICIT')
    return { window: { type, start: null, end: null, zone }, hadZone: false }
  }
  if (given < 2)
    throw new Refusal(400, 'timeWindowStart and timeWindowEnd must both be given with timeWindowType EXPLICIT')
  const start = readLocalTime('timeWindowStart', body.timeWindowStart ?? '', zoneSuffix !== 'refuse')
  const end = readLocalTime('timeWindowEnd', body.timeWindowEnd ?? '', zoneSuffix !== 'refuse')
  if (start >= end) throw new Refusal(400, 'timeWindowEnd must be later than timeWindowStart')
  const hadZone = start !== body.timeWindowStart || end !== body.timeWindowEnd
  return { window: { type, start, end, zone }, hadZone }
}

/** A local time of a request; 400 that names the field for a date alone, a zone, or a day that does not exist. */
export function readLocalTime(field: string, text: string, zoneAllowed = false): string {
  const local = zoneAllowed ? text.replace(/Z$/, '') : text
  if (isLocalTime(local)) return local
  throw new Refusal(400, `${field}: ${text} is not a time of the form yyyy-MM-dd'T'HH:mm:ss`)
}
