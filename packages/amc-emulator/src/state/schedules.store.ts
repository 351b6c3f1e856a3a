import type { DatabaseSync } from 'node:sqlite'

/** A schedule with the fields of recorded answers. */
export interface Schedule {
  aggregationHourUtc: number
  aggregationPeriod: 'Daily' | 'Weekly'
  /** Weekly only. */
  aggregationStartDay?: (typeof weekdays)[number]
  disableAggregationControls: boolean
  requireSyntheticData: boolean
  scheduleEnabled: boolean
  scheduleId: string
  workflowId: string
}

export const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const

export interface ScheduleRow {
  instanceId: string
  schedule: Schedule
  /** No run is due before this instant (ms): the last one, or when the schedule was written. */
  firedAt: number
}

/** Stores a schedule; false when the id is taken. */
export function insertSchedule(db: DatabaseSync, instanceId: string, schedule: Schedule, now: Date): boolean {
  return (
    db
      .prepare(
        'insert into schedules (instance_id, schedule_id, value, fired_at) values (?, ?, ?, ?) on conflict do nothing',
      )
      .run(instanceId, schedule.scheduleId, JSON.stringify(schedule), now.getTime()).changes === 1
  )
}

/** Replaces a schedule, which then counts from now; false when there is none of that id. */
export function replaceSchedule(db: DatabaseSync, instanceId: string, schedule: Schedule, now: Date): boolean {
  return (
    db
      .prepare('update schedules set value = ?, fired_at = ? where instance_id = ? and schedule_id = ?')
      .run(JSON.stringify(schedule), now.getTime(), instanceId, schedule.scheduleId).changes === 1
  )
}

export function deleteSchedule(db: DatabaseSync, instanceId: string, scheduleId: string): boolean {
  return (
    db.prepare('delete from schedules where instance_id = ? and schedule_id = ?').run(instanceId, scheduleId)
      .changes === 1
  )
}

/** Notes that the run of an instant was begun. */
export function markFired(db: DatabaseSync, instanceId: string, scheduleId: string, firedAt: number): void {
  db.prepare('update schedules set fired_at = ? where instance_id = ? and schedule_id = ?').run(
    firedAt,
    instanceId,
    scheduleId,
  )
}

/** Schedules by id, of one instance or of all. */
export function schedulesOf(db: DatabaseSync, instanceId?: string): ScheduleRow[] {
  const rows =
    instanceId === undefined
      ? db.prepare('select * from schedules order by instance_id, schedule_id').all()
      : db.prepare('select * from schedules where instance_id = ? order by schedule_id').all(instanceId)
  return rows.map((row) => ({
    instanceId: String(row['instance_id']),
    schedule: JSON.parse(String(row['value'])) as Schedule,
    firedAt: Number(row['fired_at']),
  }))
}
