import { type RunDefaults, addDays, dateIn, dayState, defaultWindow } from '@recomamp/contracts'

interface DayStripProps {
  defaults: RunDefaults
  now: Date
  /** What the picture says, in words. */
  label: string
  days?: number
  /** Marks the days of the default window. */
  withWindow?: boolean
}

/** One bar a day with how final its data is, up to today: to be read, not to be used. */
export function DayStrip({ defaults, now, label, days = 36, withWindow = false }: DayStripProps) {
  const { timeZone, settledAfterDays } = defaults
  const today = dateIn(timeZone, now)
  const { start, end } = defaultWindow(now, defaults)
  return (
    <div role="img" aria-label={label} className="strip">
      {Array.from({ length: days }, (_, index) => addDays(today, index - days + 1)).map((day) => {
        const isChosen = withWindow && `${day}T00:00:00` >= start && `${day}T00:00:00` < end
        return (
          <i
            key={day}
            className={`${dayState(day, timeZone, now, settledAfterDays)} ${isChosen ? 'chosen' : ''} ${day === today ? 'today' : ''}`}
          />
        )
      })}
    </div>
  )
}

/** The last day whose data counts as settled. */
export function settledTo({ timeZone, settledAfterDays }: RunDefaults, now: Date): string {
  return addDays(dateIn(timeZone, now), -settledAfterDays - 1)
}
