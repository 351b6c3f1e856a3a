import { ChartDescription, type ResultColumn } from '@recomamp/contracts'
import { charts as t } from '#messages/charts.ts'
import { LinkButton } from '#ui/button.tsx'
import { Select } from '#ui/select.tsx'
import { isNumeric } from './column-roles.ts'
import { chartKinds, chartOf, fits } from './propose-chart.ts'

type Part = keyof typeof t.parts

interface Field {
  part: Part
  /** `some`: several columns in their order. */
  takes: 'one' | 'optional' | 'some'
  of: 'any' | 'numbers'
}

const along: Field[] = [
  { part: 'x', takes: 'one', of: 'any' },
  { part: 'values', takes: 'some', of: 'numbers' },
  { part: 'series', takes: 'optional', of: 'any' },
]
const value: Field = { part: 'value', takes: 'optional', of: 'numbers' }

const fieldsOf: Record<ChartDescription['kind'], Field[]> = {
  line: [...along, { part: 'behind', takes: 'optional', of: 'numbers' }],
  bar: along,
  'stacked-bar': along,
  funnel: [{ part: 'stages', takes: 'some', of: 'any' }, value],
  sankey: [{ part: 'steps', takes: 'some', of: 'any' }, value],
  overlap: [{ part: 'sets', takes: 'some', of: 'any' }, value],
  heatmap: [{ part: 'x', takes: 'one', of: 'any' }, { part: 'y', takes: 'one', of: 'any' }, value],
  scatter: [
    { part: 'x', takes: 'one', of: 'numbers' },
    { part: 'y', takes: 'one', of: 'numbers' },
    { part: 'size', takes: 'optional', of: 'numbers' },
    { part: 'label', takes: 'optional', of: 'any' },
    { part: 'series', takes: 'optional', of: 'any' },
  ],
  histogram: [{ part: 'x', takes: 'one', of: 'numbers' }, value],
}

interface ChartSettingsProps {
  chart: ChartDescription
  columns: readonly ResultColumn[]
  onChange: (chart: ChartDescription | null) => void
}

/** Which column plays which part. */
export function ChartSettings({ chart, columns, onChange }: ChartSettingsProps) {
  const given: Record<string, unknown> = { ...chart }
  const set = (change: Record<string, unknown>) => {
    const whole = Object.fromEntries(Object.entries({ ...given, ...change }).filter(([, one]) => one !== undefined))
    const { data } = ChartDescription.safeParse(whole)
    if (data !== undefined && fits(data, columns)) onChange(data)
  }
  const named = (field: Field) =>
    columns.filter((column) => field.of === 'any' || isNumeric(column)).map(({ name }) => name)
  return (
    <div className="flex flex-col gap-3 p-3">
      {fieldsOf[chart.kind].map((field) => {
        const current = given[field.part]
        if (field.takes === 'some') {
          const chosen = Array.isArray(current) ? current.filter((one) => typeof one === 'string') : []
          return (
            <fieldset key={field.part} className="min-w-0">
              <legend className="field-label">{t.parts[field.part]}</legend>
              <div className="flex max-h-[180px] flex-col gap-1 overflow-auto py-1">
                {named(field).map((name) => (
                  <label key={name} className="text-12 flex items-center gap-2">
                    <input
                      type="checkbox"
                      checked={chosen.includes(name)}
                      onChange={({ target }) => {
                        const next = target.checked ? [...chosen, name] : chosen.filter((one) => one !== name)
                        set({
                          [field.part]: next,
                          ...(field.part === 'values' && next.length > 1 && { series: undefined }),
                        })
                      }}
                    />
                    <span className="mono cut">{name}</span>
                  </label>
                ))}
              </div>
            </fieldset>
          )
        }
        const choices = named(field).map((name) => ({ value: name, label: name }))
        return (
          <Select
            key={field.part}
            label={t.parts[field.part]}
            value={typeof current === 'string' ? current : ''}
            choices={
              field.takes === 'optional'
                ? [{ value: '', label: field.part === 'value' ? t.rows : t.none }, ...choices]
                : choices
            }
            onChange={(name) =>
              set({
                [field.part]: name === '' ? undefined : name,
                ...(field.part === 'series' &&
                  name !== '' &&
                  'values' in chart && { values: chart.values.slice(0, 1) }),
              })
            }
          />
        )
      })}
      {'x' in chart && chart.kind !== 'scatter' && chart.kind !== 'histogram' && (
        <Select
          label={t.parts.aggregate}
          value={chart.aggregate ?? ''}
          choices={[
            { value: '', label: t.auto },
            ...(['sum', 'mean', 'median', 'min', 'max'] as const).map((one) => ({
              value: one,
              label: t.aggregates[one],
            })),
          ]}
          onChange={(name) => set({ aggregate: name === '' ? undefined : name })}
        />
      )}
      <LinkButton onPress={() => onChange(null)}>{t.suggested}</LinkButton>
    </div>
  )
}

/** The kinds that the columns of a result allow. */
export function ChartKindSelect({ chart, columns, onChange }: ChartSettingsProps) {
  const possible = chartKinds.filter((kind) => kind === chart.kind || chartOf(kind, columns) !== null)
  return (
    <Select
      label={t.kind}
      labelAt="hidden"
      value={chart.kind}
      choices={possible.map((kind) => ({ value: kind, label: t.kinds[kind] }))}
      onChange={(kind) => {
        const next = chartOf(kind, columns)
        if (next !== null && kind !== chart.kind) onChange(next)
      }}
    />
  )
}
