import { type Instance, RunDefaults, updateInstance } from '@recomamp/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { instance } from '#messages/instance.ts'
import { Fenced } from '#ui/fenced.tsx'
import { Field } from '#ui/field.tsx'
import { ErrorPanel } from '#ui/problem-panel.tsx'
import { Select } from '#ui/select.tsx'
import { TagList } from '#ui/tag-list.tsx'
import { timeZones } from '#ui/time-zones.ts'
import { type InstanceChange, instanceQueries, rememberInstance } from './instances.queries.ts'

const t = instance.settings
type SettingName = keyof InstanceChange | keyof RunDefaults

/** What people note about an instance. Each field is kept by itself, when it is left, and says so. */
export function SettingsForm({ instance: { id, name, amcName, brands, notes, defaults } }: { instance: Instance }) {
  const client = useQueryClient()
  const [at, setAt] = useState<SettingName | null>(null)
  const { mutate, error, isPending, isSuccess } = useMutation({
    ...instanceQueries.update(id),
    onSuccess: (saved) => rememberInstance(client, saved),
  })
  const keep = (setting: SettingName, change: InstanceChange) => {
    setAt(setting)
    mutate(change)
  }
  const stateOf = (setting: SettingName) => (at !== setting ? '' : isPending ? t.saving : isSuccess ? t.saved : '')
  const ownName = name === amcName ? '' : name
  return (
    <section aria-labelledby="instance-settings" className="flex max-w-[560px] flex-col gap-4">
      <div>
        <h2 id="instance-settings" className="text-16">
          {t.title}
        </h2>
        <p className="text-text-2">{t.lead}</p>
      </div>
      {error !== null && <ErrorPanel error={error} />}
      <Fenced needs={updateInstance}>
        <Setting state={stateOf('name')}>
          <KeptText
            label={t.name}
            help={t.nameHelp(amcName)}
            value={ownName}
            placeholder={amcName}
            onKeep={(text) => keep('name', { name: text.trim() === '' ? null : text })}
          />
        </Setting>
        <Setting state={stateOf('brands')}>
          <div className="field">
            <span className="field-label" aria-hidden>
              {t.brands}
            </span>
            <TagList
              label={t.brands}
              addLabel={t.addBrand}
              values={brands}
              onChange={(next) => keep('brands', { brands: next })}
            />
          </div>
        </Setting>
        <Setting state={stateOf('notes')}>
          <KeptText
            label={t.notes}
            help={t.notesHelp}
            value={notes}
            lines
            onKeep={(text) => keep('notes', { notes: text })}
          />
        </Setting>
        <Setting state={stateOf('settledAfterDays')}>
          <KeptDays
            label={t.settledAfter}
            help={t.settledHelp}
            schema={RunDefaults.shape.settledAfterDays}
            fault={t.wholeNumber(2, 90)}
            value={defaults.settledAfterDays}
            onKeep={(settledAfterDays) => keep('settledAfterDays', { defaults: { ...defaults, settledAfterDays } })}
          />
        </Setting>
        <Setting state={stateOf('windowDays')}>
          <KeptDays
            label={t.windowDays}
            help={t.windowHelp}
            schema={RunDefaults.shape.windowDays}
            fault={t.wholeNumber(1, 365)}
            value={defaults.windowDays}
            onKeep={(windowDays) => keep('windowDays', { defaults: { ...defaults, windowDays } })}
          />
        </Setting>
        <Setting state={stateOf('timeZone')}>
          <Select
            label={t.zone}
            value={defaults.timeZone}
            onChange={(timeZone) => keep('timeZone', { defaults: { ...defaults, timeZone } })}
            choices={timeZones(defaults.timeZone).map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
          />
        </Setting>
      </Fenced>
    </section>
  )
}

function Setting({ state, children }: { state: string; children: ReactNode }) {
  return (
    <div className="relative">
      {children}
      <span role="status" className="text-11 text-ok absolute top-0 right-0">
        {state}
      </span>
    </div>
  )
}

interface KeptTextProps {
  label: string
  help: string
  value: string
  placeholder?: string
  /** Takes more than one line; Enter then makes a new one. */
  lines?: boolean
  onKeep: (text: string) => void
}

/** A text that is kept when its field is left, or with Enter. */
function KeptText({ label, help, value, placeholder = '', lines = false, onKeep }: KeptTextProps) {
  const [text, setText] = useState<string | null>(null)
  const keep = () => {
    if (text !== null && text !== value) onKeep(text)
    setText(null)
  }
  return (
    <Field
      label={label}
      help={help}
      placeholder={placeholder}
      lines={lines}
      value={text ?? value}
      onChange={setText}
      onBlur={keep}
      onKeyDown={(event) => event.key === 'Enter' && !lines && keep()}
    />
  )
}

interface KeptDaysProps {
  label: string
  help: string
  schema: typeof RunDefaults.shape.windowDays
  fault: string
  value: number
  onKeep: (days: number) => void
}

/** A number of days; one that is none stays as typed and says so. */
function KeptDays({ label, help, schema, fault, value, onKeep }: KeptDaysProps) {
  const [text, setText] = useState<string | null>(null)
  const read = schema.safeParse(Number(text?.trim() === '' ? NaN : (text ?? value)))
  const keep = () => {
    if (!read.success) return
    if (read.data !== value) onKeep(read.data)
    setText(null)
  }
  return (
    <Field
      label={label}
      help={help}
      error={read.success ? null : fault}
      inputMode="numeric"
      value={text ?? String(value)}
      onChange={setText}
      onBlur={keep}
      onKeyDown={(event) => event.key === 'Enter' && keep()}
    />
  )
}
