import { addDays, dateIn, dayState, defaultWindow } from '@recomamp/contracts'
import { Check } from 'lucide-react'
import { useState } from 'react'
import { signIn } from '#messages/sign-in.ts'
import { dayInWords, windowInWords } from '#platform/words.ts'
import { StatusMark } from '#ui/status-mark.tsx'
import { markOf } from '#ui/status-words.ts'

const t = signIn.picture

const lines: [string, string][][] = [
  [
    ['keyword', 'SELECT '],
    ['column', 'campaign,'],
  ],
  [
    ['function', '  COUNT'],
    ['operator', '('],
    ['keyword', 'DISTINCT '],
    ['column', 'user_id'],
    ['operator', ') '],
    ['keyword', 'AS '],
    ['column', 'reach,'],
  ],
  [
    ['function', '  SUM'],
    ['operator', '('],
    ['column', 'impressions'],
    ['operator', ') '],
    ['keyword', 'AS '],
    ['column', 'impressions'],
  ],
  [
    ['keyword', 'FROM '],
    ['table', 'dsp_impressions'],
  ],
  [
    ['keyword', 'WHERE '],
    ['column', 'campaign_id_string '],
    ['keyword', 'IN '],
    ['parameter', '{{dsp_campaign_ids}}'],
  ],
  [
    ['keyword', 'GROUP BY '],
    ['column', 'campaign'],
  ],
]

/** A picture of what the product does, with today's window; decoration, hidden from assistive technology. */
export function QueryPicture() {
  const [now] = useState(() => new Date())
  const window = defaultWindow(now)
  const today = dateIn('UTC', now)
  const days = Array.from({ length: 36 }, (_, index) => addDays(today, index - 35))
  return (
    <div aria-hidden className="bg-canvas border-line grid place-items-center overflow-hidden border-l px-8">
      <div className="relative w-full max-w-[648px]">
        <div className="bg-surface border-line shadow-2 overflow-hidden rounded-8 border">
          <div className="border-line-subtle text-12 flex h-[38px] items-center gap-2 border-b px-3.5">
            <span className="font-medium flex-1">{t.name}</span>
            <span className="text-text-3">{windowInWords(window)}</span>
            <StatusMark mark={markOf({ status: 'completed', amcStatus: null })} />
          </div>
          <div className="py-3">
            {lines.map((line, index) => (
              <code key={index} className="mono flex text-[0.8125rem] leading-[1.3125rem] whitespace-pre">
                <span className="text-text-3 w-11 pr-3.5 text-right">{index + 1}</span>
                {line.map(([kind, text], part) => (
                  <span key={part} className={`sql-${kind}`}>
                    {text}
                  </span>
                ))}
              </code>
            ))}
          </div>
          <div className="border-line-subtle border-t px-5 pt-4 pb-3">
            <div className="strip h-[120px]! items-end">
              {days.map((day, index) => {
                const chosen = day >= window.start.slice(0, 10) && day < window.end.slice(0, 10)
                const height = 58 + 16 * Math.sin(index / 4.2) + 9 * Math.sin(index * 1.7) + index * 0.35
                return (
                  <i
                    key={day}
                    className={chosen ? 'chosen' : dayState(day, 'UTC', now)}
                    style={{ height: `${index > 32 ? height * 0.55 : height}%` }}
                  />
                )
              })}
            </div>
            <div className="text-11 text-text-3 mt-1.5 flex justify-between">
              <span>{dayInWords(days[0] ?? today)}</span>
              <span>{t.today}</span>
            </div>
          </div>
        </div>
        <div className="bg-raised shadow-2 text-12 absolute -right-6 bottom-[-56px] w-[240px] rounded-6 px-3 py-2.5">
          <div className="font-medium flex items-center gap-1.5">
            <Check size={14} strokeWidth={1.7} className="text-accent-text" />
            {t.settled(windowInWords(window))}
          </div>
          <span className="text-text-2">{t.later}</span>
        </div>
      </div>
    </div>
  )
}
