import { addDays } from '@recomamp/contracts'
import { Check, TriangleAlert } from 'lucide-react'
import { memo } from 'react'
import { workbench } from '#messages/workbench.ts'
import { windowInWords } from '#platform/words.ts'
import { Field } from '#ui/field.tsx'
import { Select } from '#ui/select.tsx'
import { WindowStrip } from '#ui/window-strip.tsx'
import { type WindowChoice, type WindowFault, filled, readWindow, stateOfWindow } from './window-choice.ts'

const t = workbench.window

interface WindowBlockProps {
  choice: WindowChoice
  now: Date
  onChange: (choice: WindowChoice) => void
}

/** The time window: days drawn with how final they are, a preset, or two exact times and their zone. */
export const WindowBlock = memo(function WindowBlock({ choice, now, onChange }: WindowBlockProps) {
  const { window, faults } = readWindow(choice, now)
  const state = window === null ? null : stateOfWindow(window, now)
  const stateWords =
    state === null ? '' : state.state === 'settled' ? t.state.settled : t.state[state.state](state.days)
  const chosen =
    window === null
      ? null
      : {
          first: window.start.slice(0, 10),
          last: window.end.endsWith('T00:00:00') ? addDays(window.end.slice(0, 10), -1) : window.end.slice(0, 10),
        }
  return (
    <section aria-label={t.title} className="border-line-subtle flex flex-col gap-2 border-b px-3.5 pt-2.5 pb-3">
      <div className="flex items-center justify-between gap-2">
        <h2 className="text-12">{t.title}</h2>
        <span
          role="status"
          className={`text-12 font-medium flex items-center gap-1 ${state?.state === 'settled' ? 'text-text' : 'text-warn'}`}
        >
          {state?.state === 'settled' && <Check size={12} strokeWidth={2} aria-hidden className="text-ok" />}
          {state !== null && state.state !== 'settled' && <TriangleAlert size={12} strokeWidth={2} aria-hidden />}
          {stateWords}
        </span>
      </div>
      <WindowStrip
        chosen={chosen}
        timeZone={choice.timeZone}
        now={now}
        words={window === null ? '' : `${windowInWords(window)}, ${stateWords}`}
        onChoose={(first, last) => onChange({ ...choice, preset: 'exact', from: first, to: addDays(last, 1) })}
      />
      <Select
        label={t.preset}
        labelAt="inside"
        value={choice.preset}
        onChange={(preset) => onChange(filled({ ...choice, preset }, now))}
        choices={[
          { value: 'settled7', label: t.presets.settled7 },
          { value: 'settled30', label: t.presets.settled30 },
          { value: 'month', label: t.presets.month },
          { value: 'exact', label: t.presets.exact },
        ]}
      />
      <div className="grid grid-cols-2 gap-1.5">
        <Field
          label={t.from}
          labelAt="inside"
          mono
          value={choice.from}
          error={words(faults.from)}
          onChange={(from) => onChange({ ...choice, preset: 'exact', from })}
        />
        <Field
          label={t.to}
          labelAt="inside"
          mono
          value={choice.to}
          error={words(faults.to)}
          onChange={(to) => onChange({ ...choice, preset: 'exact', to })}
        />
      </div>
      <Select
        label={t.zone}
        labelAt="inside"
        value={choice.timeZone}
        onChange={(timeZone) => onChange(filled({ ...choice, timeZone }, now))}
        choices={zones(choice.timeZone).map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
      />
      <p className="text-11 text-text-3">
        {t.exclusive}
        {state !== null && state.state !== 'settled' && `. ${t.settlingHelp}`}
      </p>
    </section>
  )
})

function words(fault: WindowFault | null): string | null {
  return fault === null ? null : t.errors[fault]
}

const usualZones = [
  'UTC',
  'America/Los_Angeles',
  'America/Denver',
  'America/Chicago',
  'America/New_York',
  'America/Mexico_City',
  'America/Sao_Paulo',
  'Europe/London',
  'Europe/Paris',
  'Europe/Berlin',
  'Europe/Madrid',
  'Europe/Rome',
  'Europe/Istanbul',
  'Asia/Dubai',
  'Asia/Kolkata',
  'Asia/Singapore',
  'Asia/Tokyo',
  'Australia/Sydney',
]

/** The zones of Amazon's marketplaces, the browser's own, and the chosen one. */
function zones(chosen: string): string[] {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone
  return [...new Set([...usualZones, own, chosen])]
}
