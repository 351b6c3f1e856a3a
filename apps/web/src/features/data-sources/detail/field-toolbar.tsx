import type { DataSourceDetail } from '@recomamp/contracts'
import { Check, Copy, SlidersHorizontal } from 'lucide-react'
import { memo, type ReactNode, useEffect, useState } from 'react'
import { dataSource as words } from '#messages/data-source.ts'
import { figure } from '#platform/words.ts'
import { Button } from '#ui/button.tsx'
import { copyText } from '#ui/copy-button.tsx'
import { Field, searchIcon } from '#ui/field.tsx'
import { PopoverButton } from '#ui/popover-button.tsx'
import { Segmented } from '#ui/segmented.tsx'
import { type Choice, Select } from '#ui/select.tsx'
import { Switch } from '#ui/switch.tsx'
import { selectList } from './field-rows.ts'
import { dataTypes, type FieldSearch, fieldGroupings, thresholdOrder, units } from './field-search.ts'
import type { FieldExplorerState } from './use-field-explorer.ts'

const t = words.fields

interface FieldToolbarProps {
  source: DataSourceDetail
  explorer: FieldExplorerState
  text: string
  onText: (text: string) => void
  /** Before the search where there is no table of contents beside the page. */
  before?: ReactNode
}

/** Search and filters over the fields of a source; on narrow screens the filters are behind a button. */
export function FieldToolbar({ source, explorer, text, onText, before }: FieldToolbarProps) {
  const { width, search, change } = explorer
  const { role, class: threshold, type, unit, group } = search
  const filters = <FieldFilters {...{ source, change, role, threshold, type, unit, group }} />
  const set = [role, threshold, type, unit].filter((one) => one !== undefined)
  return (
    <div className="flex flex-wrap items-center gap-2">
      {before}
      <div className="min-w-[160px] flex-1 desk:max-w-[240px]">
        <Field
          label={t.findLabel}
          labelAt="inside"
          aria-label={t.find}
          placeholder={t.findPlaceholder}
          value={text}
          onChange={onText}
          maxLength={200}
          data-page-search=""
          icon={searchIcon}
        />
      </div>
      {width === 'desk' ? (
        filters
      ) : (
        <PopoverButton
          label={t.filter}
          button={
            <>
              <SlidersHorizontal size={14} strokeWidth={1.7} aria-hidden />
              {t.filterCount(set.length)}
            </>
          }
          placement="bottom end"
          panel="flex w-[300px] flex-col items-stretch gap-3 p-3"
        >
          {filters}
        </PopoverButton>
      )}
    </div>
  )
}

interface FiltersProps
  extends Pick<FieldExplorerState, 'change'>, Pick<FieldSearch, 'role' | 'type' | 'unit' | 'group'> {
  source: DataSourceDetail
  threshold: FieldSearch['class']
}

/** Drawn apart from the search and what it finds: a key draws none of these anew. */
const FieldFilters = memo(function FieldFilters(props: FiltersProps) {
  const { source, change } = props
  const present = <K extends 'aggregationThreshold' | 'dataType' | 'unit'>(key: K) =>
    new Set(source.fields.map((field) => field[key]))
  const classes = present('aggregationThreshold')
  const types = present('dataType')
  const classesKnown = thresholdOrder.filter((one) => classes.has(one))
  const usedUnits = present('unit')
  const { fields, dimensions, metrics } = source.counts
  return (
    <>
      <Segmented
        label={t.role}
        value={props.role ?? 'all'}
        onChange={(role) => change({ role: role === 'all' ? undefined : role })}
        choices={[
          { value: 'all', label: <Counted word={t.roles.all} count={fields} /> },
          { value: 'dimension', label: <Counted word={t.roles.dimension} count={dimensions} /> },
          { value: 'metric', label: <Counted word={t.roles.metric} count={metrics} /> },
        ]}
      />
      <Filter
        label={t.class}
        any={t.anyClass}
        values={classesKnown}
        wordOf={(one) => one.replace('_', ' ')}
        value={props.threshold}
        onChange={(value) => change({ class: value })}
      />
      <Filter
        label={t.type}
        any={t.any}
        values={dataTypes.filter((type) => types.has(type))}
        value={props.type}
        onChange={(value) => change({ type: value })}
      />
      {units.some((unit) => usedUnits.has(unit)) && (
        <Filter
          label={t.unit}
          any={t.any}
          values={units.filter((unit) => usedUnits.has(unit))}
          value={props.unit}
          onChange={(value) => change({ unit: value })}
        />
      )}
      <Select
        label={t.group}
        labelAt="inside"
        choices={fieldGroupings.map((value) => ({ value, label: t.groups[value] }))}
        value={props.group ?? 'subject'}
        onChange={(value) => change({ group: value === 'subject' ? undefined : value })}
      />
    </>
  )
})

interface FilterProps<T extends string> {
  label: string
  any: string
  values: readonly T[]
  wordOf?: (value: T) => string
  value: T | undefined
  onChange: (value: T | undefined) => void
}

function Filter<T extends string>({ label, any, values, wordOf, value, onChange }: FilterProps<T>) {
  const choices: Choice<T | 'any'>[] = [
    { value: 'any', label: any },
    ...values.map((one) => ({ value: one, label: wordOf?.(one) ?? one })),
  ]
  return (
    <Select
      label={label}
      labelAt="inside"
      choices={choices}
      value={value ?? 'any'}
      onChange={(next) => onChange(next === 'any' ? undefined : next)}
    />
  )
}

function Counted({ word, count }: { word: string; count: number }) {
  return (
    <>
      {word} <span className="text-text-3">{figure(count)}</span>
    </>
  )
}

/** How many fields are shown, what the table for audiences lacks of them, and their names as a SELECT list. */
export const ShownFields = memo(function ShownFields({
  source,
  explorer,
  lacking,
}: {
  source: DataSourceDetail
  explorer: FieldExplorerState
  lacking: ReadonlySet<string> | null
}) {
  const { search, change } = explorer
  const usable =
    lacking === null ? explorer.rows : explorer.rows.filter((row) => row.kind === 'group' || !lacking.has(row.key))
  const shown = explorer.rows.filter((row) => row.kind === 'field').length
  const list = selectList(usable)
  return (
    <div className="text-12 text-text-2 flex min-h-8 flex-wrap items-center gap-x-3">
      <span role="status">{t.shown(figure(shown), figure(source.counts.fields))}</span>
      {lacking !== null && <span className="text-warn">{t.lacking(lacking.size)}</span>}
      <div className="flex-1" />
      {source.audienceVariant !== null && (
        <Switch
          label={t.audience(source.audienceVariant)}
          value={search.variant === 'audience'}
          onChange={(on) => change({ variant: on ? 'audience' : undefined })}
        >
          {t.audienceShort}
        </Switch>
      )}
      {list.count > 0 && <CopyList {...list} />}
    </div>
  )
})

function CopyList({ text, count, left }: ReturnType<typeof selectList>) {
  const [said, setSaid] = useState<string | null>(null)
  useEffect(() => {
    if (said === null) return
    const timer = setTimeout(() => setSaid(null), 4000)
    return () => clearTimeout(timer)
  }, [said])
  return (
    <>
      <span role="status">{said}</span>
      <Button
        size="small"
        look="quiet"
        onPress={() =>
          void copyText(text).then((copied) => setSaid(copied ? t.copiedList(figure(count), left) : t.notCopied))
        }
      >
        {said === null ? (
          <Copy size={12} strokeWidth={2} aria-hidden />
        ) : (
          <Check size={12} strokeWidth={2} aria-hidden />
        )}
        {t.copyList(figure(count))}
      </Button>
    </>
  )
}
