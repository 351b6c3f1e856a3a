import type { FieldTest, FilterCondition } from '@recomamp/amc-catalogue/filter'
import { subjects } from '@recomamp/amc-catalogue/fields'
import { Field as CatalogueField } from '@recomamp/amc-catalogue/model'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { filter as t } from '#messages/filter.ts'
import { Button } from '#ui/button.tsx'
import { Field } from '#ui/field.tsx'
import { Select } from '#ui/select.tsx'

type Property = FilterCondition['property']
type Of<P extends Property> = Extract<FilterCondition, { property: P }>

/** What can be chosen where the values are those of the catalogue. */
export interface FilterValues {
  categories: readonly string[]
  tags: readonly string[]
}

interface ConditionRowProps {
  condition: FilterCondition
  values: FilterValues
  onChange: (next: FilterCondition) => void
  onRemove: () => void
}

const { shape } = CatalogueField
const properties = Object.keys(t.properties) as Property[]

/** A condition as it begins when its property is chosen. */
export function startOf(property: Property, values: FilterValues): FilterCondition {
  switch (property) {
    case 'name':
      return { property, is: 'containing', text: 'events' }
    case 'category':
      return { property, is: 'one-of', values: values.categories.slice(0, 1) }
    case 'tag':
      return { property, is: 'one-of', values: values.tags.slice(0, 1) }
    case 'kind':
      return { property, is: 'one-of', values: ['fact'] }
    case 'audience-variant':
    case 'available':
      return { property, value: true }
    case 'retired':
      return { property, value: false }
    case 'field-count':
      return { property, is: 'at-least', count: 20 }
    case 'field':
      return { property, is: 'there', with: { role: 'metric' } }
  }
}

/** One line: a property, a comparison and what it is compared with; it reads as a sentence. */
export function ConditionRow({ condition, values, onChange, onRemove }: ConditionRowProps) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Select
        label={t.property}
        labelAt="hidden"
        choices={properties.map((value) => ({ value, label: t.properties[value] }))}
        value={condition.property}
        onChange={(property) => onChange(startOf(property, values))}
      />
      <Comparison condition={condition} values={values} onChange={onChange} />
      <Button
        look="quiet"
        size="small"
        square
        aria-label={t.remove(t.properties[condition.property])}
        onPress={onRemove}
      >
        <X size={14} strokeWidth={1.7} aria-hidden />
      </Button>
    </div>
  )
}

type ComparisonProps = Omit<ConditionRowProps, 'onRemove'>

function Comparison({ condition, values, onChange }: ComparisonProps): ReactNode {
  switch (condition.property) {
    case 'name':
      return (
        <>
          <Operator
            names={['containing', 'not-containing']}
            value={condition.is}
            onChange={(is) => onChange({ ...condition, is })}
          />
          <Text label={t.text} value={condition.text} onChange={(text) => onChange({ ...condition, text })} />
        </>
      )
    case 'category':
    case 'tag': {
      const known = condition.property === 'category' ? values.categories : values.tags
      return <OneOf condition={condition} known={known} onChange={(next) => onChange({ ...condition, ...next })} />
    }
    case 'kind':
      return (
        <OneOf
          condition={condition}
          known={['fact', 'dimension']}
          onChange={(next) => onChange({ ...condition, is: next.is, values: next.values as Of<'kind'>['values'] })}
        />
      )
    case 'audience-variant':
    case 'retired':
    case 'available':
      return (
        <Select
          label={t.value}
          labelAt="hidden"
          choices={[
            { value: 'yes', label: t.yes },
            { value: 'no', label: t.no },
          ]}
          value={condition.value ? 'yes' : 'no'}
          onChange={(value) => onChange({ ...condition, value: value === 'yes' })}
        />
      )
    case 'field-count':
      return <Count condition={condition} onChange={onChange} />
    case 'field':
      return (
        <>
          <Operator
            names={['there', 'not-there']}
            value={condition.is}
            onChange={(is) => onChange({ ...condition, is })}
          />
          <FieldParts test={condition.with} onChange={(test) => onChange({ ...condition, with: test })} />
        </>
      )
  }
}

interface OperatorProps<T extends keyof typeof t.operators> {
  names: readonly T[]
  value: T
  onChange: (value: T) => void
}

function Operator<T extends keyof typeof t.operators>({ names, value, onChange }: OperatorProps<T>) {
  const choices = names.map((name) => ({ value: name, label: t.operators[name] }))
  return <Select label={t.operator} labelAt="hidden" choices={choices} value={value} onChange={onChange} />
}

/** A text that the condition needs: while it is empty the last one counts. */
function Text({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <div className="w-[160px]">
      <Field
        label={label}
        labelAt="hidden"
        defaultValue={value}
        maxLength={200}
        onChange={(text) => text.trim() !== '' && onChange(text.trim())}
      />
    </div>
  )
}

interface OneOfProps {
  condition: { is: 'one-of' | 'none-of'; values: readonly string[] }
  known: readonly string[]
  onChange: (next: { is: 'one-of' | 'none-of'; values: string[] }) => void
}

/** Values as chips, at least one, and the way to add another. */
function OneOf({ condition: { is, values }, known, onChange }: OneOfProps) {
  const left = known.filter((value) => !values.includes(value))
  return (
    <>
      <Operator
        names={['one-of', 'none-of']}
        value={is}
        onChange={(next) => onChange({ is: next, values: [...values] })}
      />
      {values.map((value) => (
        <span key={value} className="tag lined">
          {value}
          {values.length > 1 && (
            <button
              type="button"
              aria-label={t.removeValue(value)}
              onClick={() => onChange({ is, values: values.filter((each) => each !== value) })}
            >
              <X size={12} strokeWidth={2} aria-hidden />
            </button>
          )}
        </span>
      ))}
      {left.length > 0 && (
        <Select
          label={t.addValue}
          labelAt="hidden"
          choices={[
            { value: '', label: values.length === 0 ? t.value : t.addValue },
            ...left.map((value) => ({ value, label: value })),
          ]}
          value=""
          onChange={(value) => value !== '' && onChange({ is, values: [...values, value] })}
        />
      )}
    </>
  )
}

function Count({ condition, onChange }: { condition: Of<'field-count'>; onChange: (next: FilterCondition) => void }) {
  const { role, ...rest } = condition
  return (
    <>
      <Select
        label={t.ofRole}
        labelAt="hidden"
        choices={(['any', 'dimension', 'metric'] as const).map((value) => ({ value, label: t.roles[value] }))}
        value={role ?? 'any'}
        onChange={(next) => onChange(next === 'any' ? rest : { ...rest, role: next })}
      />
      <Operator
        names={['at-least', 'at-most']}
        value={condition.is}
        onChange={(is) => onChange({ ...condition, is })}
      />
      <div className="w-[80px]">
        <Field
          label={t.count}
          labelAt="hidden"
          inputMode="numeric"
          maxLength={5}
          defaultValue={String(condition.count)}
          onChange={(text) => /^\d+$/.test(text.trim()) && onChange({ ...condition, count: Number(text) })}
        />
      </div>
    </>
  )
}

/** What one and the same field must be like; "any" says nothing of that part, and one part always says something. */
function FieldParts({ test, onChange }: { test: FieldTest; onChange: (next: FieldTest) => void }) {
  const set = (part: keyof FieldTest, value: FieldTest[keyof FieldTest] | undefined) => {
    const { [part]: _old, ...others } = test
    const next = value === undefined ? others : { ...others, [part]: value }
    if (Object.keys(next).length > 0) onChange(next)
  }
  const list = (part: 'dataType' | 'threshold' | 'unit' | 'subject', known: readonly string[]) => (
    <Select
      label={t[part]}
      labelAt="inside"
      choices={partChoices(known, test[part])}
      value={test[part]?.join(', ') ?? ''}
      onChange={(value) => set(part, value === '' ? undefined : (value.split(', ') as FieldTest[typeof part]))}
    />
  )
  return (
    <>
      <Select
        label={t.role}
        labelAt="inside"
        choices={[
          { value: '', label: t.any },
          { value: 'dimension', label: t.roles.dimension },
          { value: 'metric', label: t.roles.metric },
        ]}
        value={test.role ?? ''}
        onChange={(role) => set('role', role === '' ? undefined : role)}
      />
      {list('dataType', shape.dataType.options)}
      {list('threshold', shape.aggregationThreshold.options)}
      {list('unit', shape.unit.unwrap().options)}
      {list('subject', subjects)}
      <div className="w-[180px]">
        <Field
          label={t.fieldName}
          labelAt="hidden"
          placeholder={t.operators.containingName}
          defaultValue={test.name?.text ?? ''}
          maxLength={200}
          onChange={(text) =>
            set('name', text.trim() === '' ? undefined : { is: test.name?.is ?? 'containing', text: text.trim() })
          }
        />
      </div>
    </>
  )
}

/** Several values of an address are one choice of their own, so that opening it changes nothing. */
function partChoices(known: readonly string[], chosen: readonly string[] | undefined) {
  const several = chosen !== undefined && chosen.length > 1 ? [chosen.join(', ')] : []
  return [{ value: '', label: t.any }, ...[...several, ...known].map((value) => ({ value, label: value }))]
}
