import type { Context } from '../context.ts'
import { markFired, schedulesOf, weekdays } from '../state/schedules.store.ts'
import type { Schedule, ScheduleRow } from '../state/schedules.store.ts'
import { findWorkflow } from '../state/workflows.store.ts'
import { locateInstance } from '../state/instances.store.ts'
import { acceptRun } from './accept-run.ts'
import type { Runner } from './runner.ts'
import { localText } from './wall-time.ts'

const hour = 3_600_000
const day = 24 * hour
const lookEveryMs = 250

/** Starts the runs of schedules when they are due, each once, also when a due hour passed while the emulator was down. */
export function startScheduler(ctx: Context, runner: Runner): { close(): void } {
  const timer = setInterval(() => {
    for (const row of schedulesOf(ctx.db)) fireWhenDue(ctx, runner, row)
  }, lookEveryMs)
  timer.unref()
  return { close: () => clearInterval(timer) }
}

function fireWhenDue(ctx: Context, runner: Runner, { instanceId, schedule, firedAt }: ScheduleRow): void {
  const due = lastDue(schedule, ctx.now().getTime())
  if (!schedule.scheduleEnabled || due <= firedAt) return
  const definition = findWorkflow(ctx.db, instanceId, schedule.workflowId)
  const place = locateInstance(ctx.db, instanceId, ctx.now())
  if (definition === null || place === null) return
  const weekly = schedule.aggregationPeriod === 'Weekly'
  const run = {
    definition,
    // The window is the period before the hour (guide schedule-workflow).
    window: {
      type: 'EXPLICIT' as const,
      start: localText(due - (weekly ? 7 * day : day)),
      end: localText(due),
      zone: 'UTC',
    },
    parameterValues: {},
    dryRun: false,
    skipPublish: false,
    requireSyntheticData: schedule.requireSyntheticData,
    disableAggregationControls: schedule.disableAggregationControls,
    ignoreDataGaps: false,
    timeoutSeconds: 21_600,
    bucketName: place.instance.bucketName,
    schedule: weekly ? ('weekly' as const) : ('daily' as const),
    emptyResult: false,
  }
  const { workflowId, scheduleId } = schedule
  acceptRun(ctx, runner, { instanceId, workflowId, run }, () => markFired(ctx.db, instanceId, scheduleId, due))
}

/** The latest instant (ms) at or before `now` at which a schedule is due. */
export function lastDue(schedule: Schedule, now: number): number {
  const today = Math.floor(now / day) * day + schedule.aggregationHourUtc * hour
  const latest = today <= now ? today : today - day
  if (schedule.aggregationPeriod === 'Daily' || schedule.aggregationStartDay === undefined) return latest
  const back = (new Date(latest).getUTCDay() - weekdays.indexOf(schedule.aggregationStartDay) + 7) % 7
  return latest - back * day
}
