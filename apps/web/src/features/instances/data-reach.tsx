import type { Instance } from '@recomamp/contracts'
import { Link } from '@tanstack/react-router'
import { home } from '#messages/home.ts'
import { dayInWords } from '#platform/words.ts'
import { DayStrip, settledTo } from '#ui/day-strip.tsx'

const t = home.reach
const shownAtMost = 6

/** How final the data of each instance is, day by day. */
export function DataReach({ instances, total, now }: { instances: readonly Instance[]; total: number; now: Date }) {
  const shown = instances.slice(0, shownAtMost)
  const more = total - shown.length
  return (
    <>
      <ul>
        {shown.map(({ id, name, amcInstanceId, defaults }) => (
          <li key={id} className="border-line-subtle flex min-h-11 items-center gap-3 border-b py-1.5">
            <div className="w-[42%] min-w-0">
              <Link
                to="/instances/$instanceId"
                params={{ instanceId: id }}
                search={{}}
                title={name}
                className="cut font-medium text-text block"
              >
                {name}
              </Link>
              <span className="mono text-text-3 text-11 cut block">{amcInstanceId}</span>
            </div>
            <div className="min-w-0 flex-1">
              <DayStrip defaults={defaults} now={now} label={t.settledTo(name, dayInWords(settledTo(defaults, now)))} />
            </div>
          </li>
        ))}
      </ul>
      <p className="text-11 text-text-2 flex flex-wrap items-center gap-x-3 gap-y-1 pt-2">
        <span className="flex items-center gap-1.5">
          <i className="swatch settled" aria-hidden />
          {t.settled}
        </span>
        <span className="flex items-center gap-1.5">
          <i className="swatch settling" aria-hidden />
          {t.settles}
        </span>
        <span className="flex items-center gap-1.5">
          <i className="swatch incomplete" aria-hidden />
          {t.incomplete}
        </span>
        {more > 0 && (
          <Link to="/instances" search={{}} className="font-medium">
            {t.more(more)}
          </Link>
        )}
      </p>
    </>
  )
}
