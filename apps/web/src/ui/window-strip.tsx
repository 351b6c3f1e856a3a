import { addDays, dateIn, dayState } from '@recomamp/contracts'
import type { KeyboardEvent, PointerEvent } from 'react'
import { useId, useRef } from 'react'
import { workbench } from '#messages/workbench.ts'
import { dayInWords } from '#platform/words.ts'

const t = workbench.window
const shownDays = 36

interface WindowStripProps {
  /** First and last chosen day, both included; null while there is no window. */
  chosen: { first: string; last: string } | null
  timeZone: string
  now: Date
  /** From when a day counts as settled. */
  settledAfterDays: number
  /** The window in words with its state, as the value of the slider. */
  words: string
  onChoose: (first: string, last: string) => void
}

/** One bar a day with how final its data is; the chosen days are moved with the arrows or drawn with the pointer. */
export function WindowStrip({ chosen, timeZone, now, settledAfterDays, words, onChoose }: WindowStripProps) {
  const help = useId()
  const strip = useRef<HTMLDivElement>(null)
  const anchor = useRef<string | null>(null)
  const today = dateIn(timeZone, now)
  const days = Array.from({ length: shownDays }, (_, index) => addDays(today, index - shownDays + 1))
  const first = days[0] ?? today

  const onKeyDown = (event: KeyboardEvent) => {
    const direction = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key]
    if (direction === undefined || chosen === null) return
    event.preventDefault()
    const step = direction * (event.shiftKey ? 7 : 1)
    onChoose(addDays(chosen.first, step), addDays(chosen.last, step))
  }

  const dayAt = (event: PointerEvent): string => {
    const box = strip.current?.getBoundingClientRect()
    const share = box === undefined || box.width === 0 ? 0 : (event.clientX - box.left) / box.width
    return days[Math.max(0, Math.min(shownDays - 1, Math.floor(share * shownDays)))] ?? today
  }
  const choose = (from: string, to: string) => (from <= to ? onChoose(from, to) : onChoose(to, from))

  const valueNow = chosen === null ? 0 : Math.round((Date.parse(chosen.first) - Date.parse(first)) / 86_400_000)
  return (
    <div>
      <div
        ref={strip}
        role="slider"
        tabIndex={0}
        aria-label={t.strip}
        aria-describedby={help}
        aria-valuemin={Math.min(0, valueNow)}
        aria-valuemax={Math.max(shownDays - 1, valueNow)}
        aria-valuenow={valueNow}
        aria-valuetext={words}
        className="strip"
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          anchor.current = dayAt(event)
        }}
        onPointerMove={(event) => {
          if (anchor.current !== null && dayAt(event) !== anchor.current) choose(anchor.current, dayAt(event))
        }}
        onPointerUp={() => (anchor.current = null)}
        onPointerCancel={() => (anchor.current = null)}
      >
        {days.map((day) => {
          const isChosen = chosen !== null && day >= chosen.first && day <= chosen.last
          return (
            <i
              key={day}
              className={`${dayState(day, timeZone, now, settledAfterDays)} ${isChosen ? 'chosen' : ''} ${day === today ? 'today' : ''}`}
            />
          )
        })}
      </div>
      <span id={help} hidden>
        {t.stripHelp}
      </span>
      <div className="text-11 text-text-3 mt-1 flex justify-between gap-2" aria-hidden>
        <span>{dayInWords(first)}</span>
        <span className="flex gap-2.5">
          <span className="flex items-center gap-1">
            <i className="swatch settling" />
            {t.settlesLegend}
          </span>
          <span className="flex items-center gap-1">
            <i className="swatch incomplete" />
            {t.incompleteLegend}
          </span>
        </span>
        <span>{t.today}</span>
      </div>
    </div>
  )
}
