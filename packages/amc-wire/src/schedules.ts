import { z } from 'zod'
import { AmcWorkflowId } from './ids.ts'
import { bareOrUnder, flag, maybe, NextToken, numeric } from './tolerant.ts'

/** AMC's own schedule of a stored workflow: daily or weekly, without parameters or a window of one's choice. */
export const ScheduleSent = z.strictObject({
  scheduleId: z.string().min(1),
  workflowId: AmcWorkflowId,
  aggregationPeriod: z.enum(['Daily', 'Weekly']),
  /** Hours after midnight UTC. */
  aggregationHourUtc: z.number().int().min(0).max(23).optional(),
  /** Weekly only; the day of creation where absent. */
  aggregationStartDay: z
    .enum(['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'])
    .optional(),
  scheduleEnabled: z.boolean().optional(),
  requireSyntheticData: z.boolean().optional(),
  disableAggregationControls: z.boolean().optional(),
})
export type ScheduleSent = z.input<typeof ScheduleSent>

/** A schedule as read. */
export const AmcSchedule = z.object({
  scheduleId: z.string().min(1),
  workflowId: maybe(z.string()),
  aggregationPeriod: maybe(z.string()),
  aggregationHourUtc: maybe(numeric),
  aggregationStartDay: maybe(z.string()),
  scheduleEnabled: maybe(flag),
  requireSyntheticData: maybe(flag),
  disableAggregationControls: maybe(flag),
})
export type AmcSchedule = z.infer<typeof AmcSchedule>

/** `GET /amc/reporting/{instanceId}/schedules`. */
export const AmcSchedulePage = z
  .object({ schedules: z.array(AmcSchedule).nullish(), nextToken: NextToken })
  .transform((page) => ({ items: page.schedules ?? [], nextToken: page.nextToken }))

/** `GET …/schedules/{scheduleId}`: bare in recorded answers, wrapped in the published description. */
export const AmcScheduleAnswer = bareOrUnder('schedule', AmcSchedule)
