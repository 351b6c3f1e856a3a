import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Context } from '../context.ts'
import { deleteSchedule, insertSchedule, replaceSchedule, schedulesOf, weekdays } from '../state/schedules.store.ts'
import type { Schedule } from '../state/schedules.store.ts'
import { findWorkflow } from '../state/workflows.store.ts'
import { alphabetical, sendDone, sendJson } from './answer.ts'
import { instanceOf } from './caller.ts'
import { requestBody, readWith, WorkflowId } from './definition.ts'
import { wholeNumber, yesOrNo } from './execution-request.ts'
import { pageOf } from './paging.ts'
import { Refusal } from './refusal.ts'

const path = '/amc/reporting/:instanceId/schedules'
const mediaType = 'application/vnd.amcschedules.v1+json'

/** AMC's own daily and weekly scheduler. */
export function scheduleRoutes(app: FastifyInstance, ctx: Context): void {
  app.get(path, { config: { operation: 'listSchedules' } }, async (request, reply) => {
    const { items, nextToken } = pageOf(schedulesOf(ctx.db, instanceOf(ctx, request).id), request.url)
    return sendJson(reply, mediaType, {
      schedules: items.map(({ schedule }) => alphabetical(schedule)),
      ...(nextToken === null ? {} : { nextToken }),
    })
  })

  app.post(path, { config: { operation: 'createSchedule' } }, async (request, reply) => {
    const instance = instanceOf(ctx, request)
    const schedule = readSchedule(ctx, instance.id, request)
    if (!insertSchedule(ctx.db, instance.id, schedule, ctx.now()))
      throw new Refusal(400, `Schedule with ID ${schedule.scheduleId} already exists.`)
    return sendDone(reply)
  })

  app.get(`${path}/:scheduleId`, { config: { operation: 'getSchedule' } }, async (request, reply) => {
    const rows = schedulesOf(ctx.db, instanceOf(ctx, request).id)
    const found = rows.find((row) => row.schedule.scheduleId === idOf(request))
    if (found === undefined) throw unknownSchedule(request)
    const schedule = alphabetical(found.schedule)
    return sendJson(reply, mediaType, ctx.settings.wrapSingles ? { schedule } : schedule)
  })

  app.put(`${path}/:scheduleId`, { config: { operation: 'updateSchedule' } }, async (request, reply) => {
    const instance = instanceOf(ctx, request)
    const schedule = readSchedule(ctx, instance.id, request, idOf(request))
    if (!replaceSchedule(ctx.db, instance.id, schedule, ctx.now())) throw unknownSchedule(request)
    return sendDone(reply)
  })

  app.delete(`${path}/:scheduleId`, { config: { operation: 'deleteSchedule' } }, async (request, reply) => {
    if (!deleteSchedule(ctx.db, instanceOf(ctx, request).id, idOf(request))) throw unknownSchedule(request)
    return sendDone(reply)
  })
}

const Body = z.object({
  scheduleId: WorkflowId.optional(),
  workflowId: z.string().min(1),
  aggregationPeriod: z.enum(['Daily', 'Weekly']),
  aggregationHourUtc: wholeNumber.pipe(z.number().min(0).max(23)).default(0),
  aggregationStartDay: z.enum(weekdays).optional(),
  scheduleEnabled: yesOrNo.default(true),
  requireSyntheticData: yesOrNo.default(false),
  disableAggregationControls: yesOrNo.default(false),
})

function readSchedule(ctx: Context, instanceId: string, request: FastifyRequest, idOfPath?: string): Schedule {
  const { scheduleId = idOfPath, aggregationStartDay, ...body } = readWith(Body, requestBody(request.body))
  if (scheduleId === undefined) throw new Refusal(400, 'scheduleId: must be given')
  if (idOfPath !== undefined && scheduleId !== idOfPath)
    throw new Refusal(400, 'scheduleId: differs from the schedule ID of the path')
  if (findWorkflow(ctx.db, instanceId, body.workflowId) === null)
    throw new Refusal(400, `Workflow with ID ${body.workflowId} does not exist`)
  // The day of creation, when a weekly schedule names none (guide schedule-workflow).
  const startDay = aggregationStartDay ?? weekdays[ctx.now().getUTCDay()]
  const weekly = body.aggregationPeriod === 'Weekly' && startDay !== undefined
  return { ...body, scheduleId, ...(weekly ? { aggregationStartDay: startDay } : {}) }
}

function idOf(request: FastifyRequest): string {
  return (request.params as { scheduleId: string }).scheduleId
}

function unknownSchedule(request: FastifyRequest): Refusal {
  return new Refusal(404, `Schedule with ID ${idOf(request)} does not exist`)
}
