import { type RunDefaults, addDays } from '@recomamp/contracts'
import { Check, TriangleAlert } from 'lucide-react'
import { memo } from 'react'
import { workbench } from '#messages/workbench.ts'
import { windowInWords } from '#platform/words.ts'
import { Field } from '#ui/field.tsx'
import { Select } from '#ui/select.tsx'
import { timeZones } from '#ui/time-zones.ts'
import { WindowStrip } from '#ui/window-strip.tsx'
import { type WindowChoice, type WindowFault, filled, readWindow, stateOfWindow } from './window-choice.ts'

const t = workbench.window

interface WindowBlockProps {
  choice: WindowChoice
  now: Date
  /** As the instance is set. */
  defaults: RunDefaults
  onChange: (choice: WindowChoice) => void
}

/** The time window: days drawn with how final they are, a preset, or two exact times and their zone. */
export const WindowBlock = memo(function WindowBlock({ choice, now, defaults, onChange }: WindowBlockProps) {
  const { window, faults } = readWindow(choice, now, defaults)
  const state = window === null ? null : stateOfWindow(window, now, defaults)
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
        settledAfterDays={defaults.settledAfterDays}
        words={window === null ? '' : `${windowInWords(window)}, ${stateWords}`}
        onChoose={(first, last) => onChange({ ...choice, preset: 'exact', from: first, to: addDays(last, 1) })}
      />
      <Select
        label={t.preset}
        labelAt="inside"
        value={choice.preset}
        onChange={(preset) => onChange(filled({ ...choice, preset }, now, defaults))}
        choices={[
          { value: 'usual', label: t.presets.usual(defaults.windowDays) },
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
        onChange={(timeZone) => onChange(filled({ ...choice, timeZone }, now, defaults))}
        choices={timeZones(choice.timeZone).map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
      />
      <p className="text-11 text-text-3">
        {t.exclusive}
        {state !== null && state.state !== 'settled' && `. ${t.settlingHelp(defaults.settledAfterDays)}`}
      </p>
    </section>
  )
})

function words(fault: WindowFault | null): string | null {
  return fault === null ? null : t.errors[fault]
}
